#!/usr/bin/env python3
"""Asks a provider what it plans where the source leaves an argument out.

    mine.py PROVIDER_BINARY SCHEMA_JSON OUT_JSON [TYPE…]

SCHEMA_JSON is the output of `terraform providers schema -json`. OUT_JSON gets {"defaults": {TYPE: {ROUTE: {"value", "when"}}},
"computed": {TYPE: [ROUTE…]},
"overrides": {TYPE: {ROUTE: {"value" or "unknown", "when"}}}, "rewrites": {TYPE: {ROUTE: FORM}}, "unplanned": {TYPE: WHY}, "planned": {TYPE: HOW MANY}}; what it holds of
other types is kept; types that are named are looked into more closely. Needs the Python packages grpcio and msgpack. No network: the provider reaches no cloud.

For each type blocks are made up: with what it requires, with each optional argument and block, with each word that the provider allows,
and with many things unknown or set. What the provider refuses is changed as its message says, or given up. A value that is the same in
all of them is a default; one that hangs on other arguments is one under conditions, if those arguments tell the cases apart, else none.
"""
import copy
import json
import random
import sys
import time
from pathlib import Path

import grpc

import guess
from body import Body, Cell, minimal, normalize
from learn import Observations
from provider import Provider
from repair import repair, words
from rewrite import Rewrites

BLOCKS = 4      # how deep optional blocks are tried
ARGUMENTS = 3   # the same of arguments
MOST = 500      # variants of a type
HALVES = 14     # blocks with half of what is optional unknown, or set
TRIES = 40      # changes before a block is given up
GONE = 40       # suppressed arguments that are looked into
FAILURES = 3
PAIRS = 160     # blocks together with words, and suppressed arguments together with others
LARGEST = 5000  # arguments and blocks of a type that is tried: each is planned many times, and the provider reads all of the schema each time
FIXED = ("id", "tags_all")


def blocks(schema, depth):
    for name, b in schema["block_types"].items():
        if name == "timeouts":
            continue
        if not b.get("min_items"):
            yield [name]
        if depth > 1:
            for below in blocks(b["block"], depth - 1):
                yield [name] + below


def size(schema):
    return len(schema["attributes"]) + sum(1 + size(b["block"]) for b in schema["block_types"].values())


def arguments(schema, depth):
    for name, a in schema["attributes"].items():
        if name not in FIXED and (a.get("optional") or a.get("required")):
            yield [name], a
    for name, b in schema["block_types"].items():
        if depth > 1 and name != "timeouts":
            for below, a in arguments(b["block"], depth - 1):
                yield [name] + below, a


class Miner:
    def __init__(self, provider, kind, schema, pairs):
        self.pairs = pairs
        self.provider, self.kind, self.schema = provider, kind, schema
        self.observations, self.rewrites, self.salt, self.why = Observations(), Rewrites(), 0, ""
        # Calls that took too long or broke: a type that asks the cloud again and again is left.
        self.failures = 0

    def ask(self, body, salt):
        config = body.config(self.schema, salt)
        errors = self.provider.validate(self.kind, config)
        if errors:
            return None, errors
        planned, errors = self.provider.plan(self.kind, config)
        return planned, errors

    def settle(self, body, keep=None, tries=TRIES):
        """Plans the body, changed until the provider takes it; false if it is given up."""
        if self.failures > FAILURES:
            return False
        self.salt += 1
        salt = f"v{self.salt}"
        for _ in range(tries):
            try:
                planned, errors = self.ask(body, salt)
            except grpc.RpcError as e:
                self.failures += 1
                self.provider.restart()
                self.why = self.why or f"the provider failed: {e.code().name}"
                return False
            if not errors:
                self.observations.observe(self.schema, body, planned, salt)
                self.rewrites.observe(body, salt, planned)
                return True
            path, text = errors[0]
            if not repair(body, self.schema, path, text, keep):
                self.why = self.why or " ".join(text.split())
                return False
        self.why = self.why or "no end of complaints"
        return False

    def allowed(self, base, path, a):
        """Words that the provider names when it gets one that it does not allow."""
        body = base.copy()
        body.insert(self.schema, path, Cell(a["type"], True, guess.told(a["type"], "No such word!")))
        try:
            errors = self.provider.validate(self.kind, body.config(self.schema, "v0"))
        except grpc.RpcError:
            self.provider.restart()
            return []
        for at, text in errors:
            if at == path or at[-1:] == path[-1:] or f'"{path[-1]}"' in text or text.split(" ")[1:2] == [path[-1]]:
                found = words(text)
                if found:
                    return found
        return []

    def mine(self):
        base = None
        for body in (minimal(self.schema), minimal(self.schema), minimal(self.schema).unknown()):
            if self.settle(body) and base is None:
                base = body
        if base is None:
            return
        made = 0
        for path in blocks(self.schema, BLOCKS):
            made += 1
            if made > MOST:
                break
            body = base.copy()
            body.insert(self.schema, path, None)
            self.settle(body)
        choices = {}
        for path, a in arguments(self.schema, ARGUMENTS):
            if made > MOST:
                break
            for cell in self.cells(base, path, a, choices):
                made += 1
                body = base.copy()
                body.insert(self.schema, path, cell)
                self.settle(body, keep=path[-1] if cell.told is not None or cell.unknown else None)
        for n in range(HALVES):
            self.settle(self.half(base, choices, n))
        self.cross(base, choices)
        self.blocks(base, choices)

    def blocks(self, base, choices):
        """Each block together with each word of the levels above it: what stands in it may hang on them."""
        pairs = []
        for path in blocks(self.schema, BLOCKS):
            for other, found in choices.items():
                up = list(other[:-1])
                if up == path[:len(up)] and len(up) < len(path):
                    pairs += [(path, list(other), w) for w in found[:16]]
        random.Random(self.kind).shuffle(pairs)
        table = {tuple(p): a for p, a in arguments(self.schema, ARGUMENTS)}
        for path, other, word in pairs[:self.pairs]:
            ty = table[tuple(other)]["type"]
            body = base.copy()
            body.insert(self.schema, path, None)
            body.insert(self.schema, other, Cell(ty, True, guess.told(ty, word)))
            self.settle(body, keep=other[-1])

    def cross(self, base, choices):
        """What was planned as nothing although it was written, together with each other argument: on which it hangs."""
        gone = [r for r, all_ in self.observations.given.items() if any(g for _, g in all_)]
        table = {".".join(p): a for p, a in arguments(self.schema, ARGUMENTS)}
        pairs = []
        for route in gone[:GONE]:
            for other, b in table.items():
                up = other.rpartition(".")[0]
                if route not in table or other == route or (up and not (route.startswith(up + ".") or up == route.rpartition(".")[0])):
                    continue
                found = choices.get(tuple(other.split(".")))
                # Words first: it is them that most hangs on.
                if found:
                    pairs += [(0, route, other, Cell(b["type"], True, guess.told(b["type"], w))) for w in found[:16]]
                elif b["type"] == "bool":
                    pairs += [(1, route, other, Cell("bool", True, v)) for v in (True, False)]
                else:
                    pairs.append((2, route, other, Cell(b["type"], True)))
        random.Random(self.kind).shuffle(pairs)
        pairs.sort(key=lambda p: p[0])
        for _, route, other, cell in [p for p in pairs[:self.pairs] for _ in range(2)]:
            a, path = table[route], route.split(".")
            words = choices.get(tuple(path))
            mine = Cell(a["type"], True, guess.told(a["type"], words[0])) if words else Cell(a["type"], True, True) if a["type"] == "bool" else Cell(a["type"], True)
            body = base.copy()
            body.insert(self.schema, path, mine)
            body.insert(self.schema, other.split("."), copy.copy(cell))
            self.settle(body, keep=path[-1])

    def cells(self, base, path, a, choices):
        ty = a["type"]
        plain = ty if isinstance(ty, str) else ty[0]
        if plain == "bool":
            yield from (Cell(ty, True, v) for v in (True, False))
        elif plain == "number":
            yield Cell(ty, True)
            yield Cell(ty, True, 0)
        else:
            found = self.allowed(base, path, a) if plain == "string" or (plain in ("list", "set") and ty[1] == "string") else []
            if found:
                choices[tuple(path)] = found
                yield from (Cell(ty, True, guess.told(ty, w)) for w in found[:16])
            elif a.get("optional") or plain != "string":
                yield Cell(ty, True)
            if plain == "string" and not found:
                for text in guess.TELLING:
                    yield Cell(ty, True, text.replace("SALT", f"v{self.salt}"), free=True)
        if len(path) == 1:
            yield Cell(ty, True, unknown=True)

    def half(self, base, choices, n):
        """Half of what is optional at the top is unknown; in every other one, set."""
        coin = random.Random(f"{self.kind} {n}")
        body = base.copy()
        for name, a in self.schema["attributes"].items():
            if not a.get("optional") or name in body.attributes or name in FIXED or coin.random() < 0.5:
                continue
            if n % 2 == 0:
                cell = Cell(a["type"], True, unknown=True)
            elif (name,) in choices:
                cell = Cell(a["type"], True, guess.told(a["type"], coin.choice(choices[(name,)])))
            elif a["type"] == "bool":
                cell = Cell("bool", True, coin.random() < 0.5)
            else:
                cell = Cell(a["type"], True)
            body.attributes[name] = cell
        for name, b in self.schema["block_types"].items():
            if name != "timeouts" and not any(m == name for m, _ in body.blocks) and coin.random() < 0.3:
                body.insert(self.schema, [name], None)
        return body


def main():
    binary, schema_file, out_file, *only = sys.argv[1:]
    all_schemas = json.loads(Path(schema_file).read_text())["provider_schemas"]
    schemas = next(iter(all_schemas.values()))
    normalize(schemas["provider"]["block"])
    out = {k: {} for k in ("defaults", "computed", "overrides", "rewrites", "unplanned", "planned")}
    if Path(out_file).exists():
        out.update(json.loads(Path(out_file).read_text()))
    config = Body().config(schemas["provider"]["block"], "")
    config.update(region="us-east-1", access_key="none", secret_key="none", skip_credentials_validation=True,
                  skip_requesting_account_id=True, skip_metadata_api_check="true", skip_region_validation=True, max_retries=1)
    provider = Provider(binary, config)
    try:
        for kind in only or sorted(schemas["resource_schemas"]):
            if not only and (kind in out["planned"] or kind in out["unplanned"]):
                continue
            schema = schemas["resource_schemas"][kind]["block"]
            normalize(schema)
            if size(schema) > LARGEST:
                out["unplanned"][kind] = f"{size(schema)} arguments and blocks are too many to try"
                continue
            miner = Miner(provider, kind, schema, PAIRS if only else PAIRS // 8)
            begun = time.monotonic()
            miner.mine()
            if time.monotonic() - begun > 20:
                print(f"{kind}: {time.monotonic() - begun:.0f} s", flush=True)
            for section in out.values():
                section.pop(kind, None)
            n = len(miner.observations.settings)
            if not n:
                out["unplanned"][kind] = miner.why
                continue
            out["planned"][kind] = n
            for section, found in (("defaults", miner.observations.defaults()), ("computed", miner.observations.computed()), ("overrides", miner.observations.overrides()), ("rewrites", miner.rewrites.certain())):
                if found:
                    out[section][kind] = found
            # It fits no form that can be told from others.
            if kind == "aws_ecs_task_definition":
                out["rewrites"][kind] = {"container_definitions": "containers"}
            for route, odd in miner.rewrites.others(miner.observations.overrides()):
                print(f"{kind}.{route}: " + "; ".join(f"{json.dumps(g)[:70]} is planned as {json.dumps(s, default=repr)[:70]}" for g, s in odd), flush=True)
            if len(out["planned"]) % 10 == 0:
                Path(out_file).write_text(json.dumps(out, sort_keys=True))
    finally:
        provider.stop()
        Path(out_file).write_text(json.dumps(out, sort_keys=True))
    print({k: len(v) for k, v in out.items()})


if __name__ == "__main__":
    main()
