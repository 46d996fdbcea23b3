#!/usr/bin/env python3
"""Asks a provider which values its validators refuse.

    validators.py PROVIDER_BINARY SCHEMA_JSON OUT [TYPE…]

SCHEMA_JSON is the output of `terraform providers schema -json`. OUT gets one line for each type: its name, a space, and
{"words": {ROUTE: [WORD…]}, "ranges": {ROUTE: [LEAST, MOST]}, "conflicts": [[NAME, NAME]…]}; lines are sorted. Needs the Python packages
grpcio and msgpack. No network: validators ask nobody.

A value that no validator can allow is tried in each argument, and what the provider says that it must be is read. A list of words
counts only if nothing else is said of the argument, each of some words is taken, and the same word in other letters is refused. Two
arguments are tried together wherever the provider says, of all arguments together, that one excludes the other.
"""
import json
import re
import sys
from pathlib import Path

import grpc

import guess
from body import Body, Cell, minimal, normalize
from provider import Provider
from repair import words

DEPTH = 4
NO_WORD = "No such word!"
SMALL, LARGE = -987654321, 987654321098
LARGEST = 5000


def arguments(schema, depth):
    for name, a in schema["attributes"].items():
        if name not in ("id", "tags_all") and (a.get("optional") or a.get("required")):
            yield [name], a
    for name, b in schema["block_types"].items():
        if depth > 1 and name != "timeouts":
            for below, a in arguments(b["block"], depth - 1):
                yield [name] + below, a


def size(schema):
    return len(schema["attributes"]) + sum(1 + size(b["block"]) for b in schema["block_types"].values())


def plain(ty):
    """The type of the values that a word or number stands for, in a collection or not."""
    if isinstance(ty, list) and ty[0] in ("list", "set") and isinstance(ty[1], str):
        return ty[1]
    return ty if isinstance(ty, str) else None


class Asked:
    def __init__(self, provider, kind, schema):
        self.provider, self.kind, self.schema = provider, kind, schema

    def errors(self, body):
        try:
            return self.provider.validate(self.kind, body.config(self.schema, "v1"))
        except grpc.RpcError:
            self.provider.restart()
            return []

    def about(self, path, value, ty):
        """What is said of this argument when it has this value."""
        body = minimal(self.schema)
        body.insert(self.schema, path, Cell(ty, True, guess.told(ty, value) if isinstance(value, str) else ([value] if isinstance(ty, list) else value)))
        route = ".".join(path)
        for at, text in self.errors(body):
            named = re.search(r"expected (?:\")?([\w.]+)", text)
            spelt = re.sub(r"\.\d+", "", named.group(1)) if named else None
            if at == path or (not at and spelt == route):
                yield text


    def words(self, path, ty):
        """The words that the argument takes, if they are all that it takes."""
        said = [*self.about(path, NO_WORD, ty)]
        found = sorted(set(words(said[0]))) if len(said) == 1 else []
        if len(found) < 2 or any(" to be one of" not in t and "must be one of" not in t for t in said):
            return None
        some = found[:3] + found[-2:]
        if any([*self.about(path, w, ty)] for w in some):
            return None
        other = next((w.swapcase() for w in found if w.swapcase() not in found), None)
        if other is None or not [*self.about(path, other, ty)]:
            return None
        return found if [*self.about(path, "", ty)] else [""] + found


def limits(texts):
    least = most = None
    for text in texts:
        m = re.search(r"in the range \((-?\d+) - (-?\d+)\)", text) or re.search(r"between (-?\d+) and (-?\d+)", text)
        if m:
            return [int(m.group(1)), int(m.group(2))]
        m = re.search(r"at least \(?(-?\d+)\)?", text)
        if m:
            least = int(m.group(1))
        m = re.search(r"at most \(?(-?\d+)\)?", text)
        if m:
            most = int(m.group(1))
    return [least, most] if least is not None or most is not None else None


def conflicts(asked, schema):
    """Pairs of arguments at the top that the provider takes one at a time; each is tried alone and together."""
    names = [n for n, a in schema["attributes"].items() if a.get("optional") and n not in ("id", "tags_all")]
    blocks = [n for n in schema["block_types"] if n != "timeouts"]

    def body(given):
        out = minimal(schema)
        for n in given:
            if n in schema["attributes"]:
                ty = schema["attributes"][n]["type"]
                out.attributes[n] = Cell(ty, True, "x" if ty == "string" else None)
            elif not any(b == n for b, _ in out.blocks):
                out.insert(schema, [n], None)
        return out

    def complaints(given):
        return [(at, text) for at, text in asked.errors(body(given)) if re.search(r"conflicts with|cannot be specified when", text, re.I)]

    found = set()
    for at, text in complaints(names + blocks):
        m = re.search(r'"([\w.]+)": conflicts with ([\w.]+)', text) or re.search(r'Attribute "([\w.]+)" cannot be specified when "([\w.]+)"', text)
        if m and all(x in names + blocks for x in m.groups()) and m.group(1) != m.group(2):
            found.add(tuple(sorted(m.groups())))
    return sorted([list(p) for p in found if complaints(list(p)) and not complaints([p[0]]) and not complaints([p[1]])])


def main():
    binary, schema_file, out_file, *only = sys.argv[1:]
    schemas = next(iter(json.loads(Path(schema_file).read_text())["provider_schemas"].values()))
    normalize(schemas["provider"]["block"])
    config = Body().config(schemas["provider"]["block"], "")
    config.update(region="us-east-1", access_key="none", secret_key="none", skip_credentials_validation=True,
                  skip_requesting_account_id=True, skip_metadata_api_check="true", skip_region_validation=True, max_retries=1)
    provider, out = Provider(binary, config), {}
    try:
        for kind in only or sorted(schemas["resource_schemas"]):
            schema = schemas["resource_schemas"][kind]["block"]
            normalize(schema)
            if size(schema) > LARGEST:
                continue
            asked = Asked(provider, kind, schema)
            one = {"words": {}, "ranges": {}, "conflicts": conflicts(asked, schema)}
            for path, a in arguments(schema, DEPTH):
                ty, route = plain(a["type"]), ".".join(path)
                if ty == "string":
                    found = asked.words(path, a["type"])
                    if found:
                        one["words"][route] = found
                elif ty == "number":
                    low, high = ([*asked.about(path, v, a["type"])] for v in (SMALL, LARGE))
                    found = limits(low + high) if len(low) < 2 and len(high) < 2 else None
                    if found:
                        one["ranges"][route] = found
                    elif len(low) == 1 and words(low[0]) and all(w.lstrip("-").isdigit() for w in words(low[0])):
                        one["words"][route] = sorted(set(words(low[0])), key=int)
            one = {k: v for k, v in one.items() if v}
            if one:
                out[kind] = one
    finally:
        provider.stop()
        lines = (f"{kind} {json.dumps(one, sort_keys=True, separators=(',', ':'))}\n" for kind, one in sorted(out.items()))
        Path(out_file).write_text("".join(lines))
    print(len(out), {k: sum(len(v.get(k, ())) for v in out.values()) for k in ("words", "ranges", "conflicts")})


if __name__ == "__main__":
    main()
