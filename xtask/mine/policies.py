"""Asks the provider which arguments hold JSON: those that it refuses where they hold none. `policies/lib/holders.rego` names
those of them that hold policies.

    policies.py PROVIDER_BINARY SCHEMA_JSON

SCHEMA_JSON is what `terraform providers schema -json` prints. One line for each argument: type, route. Needs the Python packages
grpcio and msgpack. No network: validation asks no cloud.
"""
import json
import sys
from pathlib import Path

import grpc

from provider import Provider


def config(block):
    """A body with text in every string, and one block of each kind, so that all validators run."""
    out = {}
    for name, a in (block.get("attributes") or {}).items():
        ty = a.get("type")
        writable = a.get("optional") or a.get("required")
        if writable and ty == "string":
            out[name] = "{ no policy"
        elif writable and isinstance(ty, list) and ty[1:] == ["string"] and ty[0] in ("list", "set"):
            out[name] = ["{ no policy"]
        else:
            out[name] = None
    for name, b in (block.get("block_types") or {}).items():
        inner = config(b["block"])
        out[name] = inner if b["nesting_mode"] in ("single", "group") else {} if b["nesting_mode"] == "map" else [inner]
    return out


def route(path):
    return ".".join(p for p in path if isinstance(p, str))


def main():
    binary, schema_file = sys.argv[1:]
    schemas = next(iter(json.loads(Path(schema_file).read_text())["provider_schemas"].values()))
    provider = Provider(binary)
    found = set()
    try:
        for kind, schema in sorted(schemas["resource_schemas"].items()):
            try:
                for path, text in provider.validate(kind, config(schema["block"])):
                    low = text.lower()
                    if "json policy" in low or "invalid json" in low or "valid json" in low or "iam policy" in low:
                        found.add((kind, route(path), text.replace("\n", " ")[:80]))
            except grpc.RpcError:
                print(f"{kind}: no answer", file=sys.stderr)
                provider.restart()
    finally:
        provider.stop()
    for kind, where, text in sorted(found):
        print(kind, where, text)


if __name__ == "__main__":
    main()
