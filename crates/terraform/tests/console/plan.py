#!/usr/bin/env python3
"""Records what `terraform plan` says of expressions with unknown parts (`timestamp()` is unknown in a plan).

Reads unknown.txt, one expression per line, makes each an output of one module, and writes recorded_unknown.jsonl:
{"expr", "after", "unknown"} as in output_changes of `terraform show -json`, or {"expr", "error"}.
"""
import json, os, re, shutil, subprocess, tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main():
    exprs = [l for l in (HERE / "unknown.txt").read_text().splitlines() if l]
    env = {k: v for k, v in os.environ.items() if not k.startswith("TF_")}
    env.update(TF_CLI_CONFIG_FILE=os.devnull, CHECKPOINT_DISABLE="1")
    with tempfile.TemporaryDirectory() as t:
        work = Path(shutil.copytree(HERE / "files", Path(t) / "w"))
        tf = lambda *a: subprocess.run(["terraform", *a], cwd=work, env=env, capture_output=True, text=True)
        alive, errors = dict(enumerate(exprs)), {}
        while True:
            (work / "main.tf").write_text("".join(f'output "o{i}" {{\n  value = {e}\n}}\n' for i, e in alive.items()))
            tf("init", "-input=false")
            p = tf("plan", "-input=false", "-no-color", "-out=p")
            bad = {int(b) for b in re.findall(r'in output "o(\d+)"', p.stderr)}
            if p.returncode == 0: break
            if not bad: raise SystemExit(p.stderr)
            for b in bad: errors[b] = "error"; del alive[b]
        changes = json.loads(tf("show", "-json", "p").stdout)["output_changes"]
    with open(HERE / "recorded_unknown.jsonl", "w") as out:
        for i, e in enumerate(exprs):
            c = changes.get(f"o{i}")
            r = {"expr": e, "error": errors[i]} if c is None else {"expr": e, "after": c.get("after"), "unknown": c.get("after_unknown")}
            out.write(json.dumps(r, ensure_ascii=False) + "\n")
    print(len(exprs), "expressions,", len(errors), "of them errors")


if __name__ == "__main__":
    main()
