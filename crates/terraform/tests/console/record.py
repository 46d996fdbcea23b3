#!/usr/bin/env python3
"""Records what `terraform console` prints for expressions.

    record.py [-o recorded.jsonl] [expressions.txt]
    record.py -o recorded_categories.jsonl categories.jsonl

Reads one expression per line (default: expressions.txt beside this file), runs each in a console of its own
in a copy of files/, and writes one JSON object per line: {"expr", "out"} or {"expr", "summary", "error"}.
Lines of categories.jsonl are objects, which keep their other members; those about unknown values are for plan.py.
Errors that quote very long arguments are cut, with … at the end.
Needs `terraform` on PATH. Expressions that are recorded already are not run again.
"""
import argparse, concurrent.futures as cf, json, os, queue, re, shutil, subprocess, tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent


def run(expr, work):
    env = {k: v for k, v in os.environ.items() if not k.startswith("TF_")}
    env.update(TF_CLI_CONFIG_FILE=os.devnull, CHECKPOINT_DISABLE="1", HOME="/home/user")
    p = subprocess.run(["terraform", "console"], input=expr + "\n", cwd=work, env=env, capture_output=True, text=True, timeout=120)
    if p.returncode == 0 and "Error:" not in p.stderr:
        return {"expr": expr, "out": p.stdout.removesuffix("\n").replace(str(work), "/module")}
    lines = [re.sub(r"\x1b\[[0-9;]*m", "", l).strip("│╷╵ ") for l in p.stderr.splitlines()]
    lines = [l.rstrip() for l in lines]
    first = next((i for i, l in enumerate(lines) if l.startswith("Error: ")), 0)
    body, seen = [], False
    for l in lines[first + 1:]:
        if l.startswith("Error: "): break
        if "<console-input>" in l or "source code not available" in l or re.match(r"^\d+: ", l) or l.startswith(("├", "while calling")): continue
        body.append(l)
    return {"expr": expr, "summary": lines[first].removeprefix("Error: "), "error": cut(" ".join(l for l in body if l).replace(str(work), "."))}


def cut(text):
    return text if len(text) < 600 else text[:300] + "…"


def main():
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("expressions", nargs="?", default=HERE / "expressions.txt")
    a.add_argument("-o", default=HERE / "recorded.jsonl")
    o = a.parse_args()
    lines = [l for l in Path(o.expressions).read_text().splitlines() if l and not l.startswith("//")]
    told = {}
    if str(o.expressions).endswith(".jsonl"):
        told = {r.pop("expr"): r for r in map(json.loads, lines) if r["category"] != "unknown"}
        lines = list(told)
    exprs = list(dict.fromkeys(lines))
    out = Path(o.o)
    known = {}
    if out.exists():
        for l in out.read_text().splitlines():
            r = json.loads(l); known[r["expr"]] = r
    with tempfile.TemporaryDirectory() as t:
        todo = [e for e in exprs if e not in known]
        free, n = queue.Queue(), os.cpu_count() or 2
        for i in range(n):  # one directory each, since a console locks its state
            free.put(Path(shutil.copytree(HERE / "files", Path(t) / str(i))))

        def one(expr):
            work = free.get()
            try: return run(expr, work)
            finally: free.put(work)

        with cf.ThreadPoolExecutor(n) as ex:
            for r in ex.map(one, todo): known[r["expr"]] = r
    out.write_text("".join(json.dumps({**told.get(e, {}), **known[e]}, ensure_ascii=False) + "\n" for e in exprs))
    print(len(exprs), "expressions,", sum("error" in known[e] for e in exprs), "of them errors")


if __name__ == "__main__":
    main()
