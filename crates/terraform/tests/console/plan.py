#!/usr/bin/env python3
"""Records what `terraform plan` says of expressions with unknown parts (`timestamp()` is unknown in a plan).

    plan.py [unknown.txt recorded_unknown.jsonl]
    plan.py categories.jsonl recorded_categories_unknown.jsonl

Reads one expression per line (or, of categories.jsonl, those of the category "unknown"), makes each an output of one
module, and writes {"expr", "after", "unknown"} as in output_changes of `terraform show -json`, or {"expr", "error"}.
"""
import json, os, re, shutil, subprocess, sys, tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main():
    source, target = (Path(p) for p in (sys.argv[1:] or [HERE / "unknown.txt", HERE / "recorded_unknown.jsonl"]))
    exprs, told = [l for l in source.read_text().splitlines() if l], {}
    if source.suffix == ".jsonl":
        told = {r.pop("expr"): r for r in map(json.loads, exprs) if r["category"] == "unknown"}
        exprs = list(told)
    env = {k: v for k, v in os.environ.items() if not k.startswith("TF_")}
    env.update(TF_CLI_CONFIG_FILE=os.devnull, CHECKPOINT_DISABLE="1")
    with tempfile.TemporaryDirectory() as t:
        work = Path(shutil.copytree(HERE / "files", Path(t) / "w"))
        tf = lambda *a: subprocess.run(["terraform", *a], cwd=work, env=env, capture_output=True, text=True)
        alive, errors, marked = dict(enumerate(exprs)), {}, set()
        while True:
            (work / "main.tf").write_text("".join(f'output "o{i}" {{\n  value = {e}\n  sensitive = {str(i in marked).lower()}\n}}\n' for i, e in alive.items()))
            tf("init", "-input=false")
            p = tf("plan", "-input=false", "-no-color", "-out=p")
            bad = {int(b) for b in re.findall(r'in output "o(\d+)"', p.stderr)}
            if p.returncode == 0: break
            secret = {int(b) for b in re.findall(r'output "o(\d+)" {', p.stderr)} - bad - marked
            marked |= secret
            if secret and not bad: continue
            if not bad: raise SystemExit(p.stderr)
            for b in bad: errors[b] = "error"; del alive[b]
        changes = json.loads(tf("show", "-json", "p").stdout)["output_changes"]
    with open(target, "w") as out:
        for i, e in enumerate(exprs):
            c = changes.get(f"o{i}")
            r = {"expr": e, "error": errors[i]} if c is None else {"expr": e, "after": c.get("after"), "unknown": c.get("after_unknown")}
            out.write(json.dumps({**told.get(e, {}), **r}, ensure_ascii=False) + "\n")
    print(len(exprs), "expressions,", len(errors), "of them errors")


if __name__ == "__main__":
    main()
