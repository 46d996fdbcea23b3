"""From planned blocks to defaults."""
import json
from collections import Counter

from provider import Unknown


def parent(route):
    return route.rpartition(".")[0]


def has_unknown(v):
    if isinstance(v, Unknown):
        return True
    if isinstance(v, dict):
        return any(has_unknown(x) for x in v.values())
    if isinstance(v, list):
        return any(has_unknown(x) for x in v)
    return False


class Observations:
    """What was seen of one type: what each planned block set, and by route the block's number and the value."""

    def __init__(self):
        self.settings, self.seen, self.unwritten, self.given = [], {}, {}, {}
        self.written, self.may_be_computed = set(), set()

    def observe(self, schema, body, planned, salt):
        self.settings.append(body.settings())
        self.salt = salt
        self.walk(schema, body, planned, "")

    def walk(self, schema, body, planned, at):
        number = len(self.settings) - 1
        for name, cell in body.attributes.items():
            given, shown = cell.value(name, self.salt), planned.get(name)
            if not cell.unknown and cell.ty != "dynamic":
                gone = "?" if isinstance(shown, Unknown) else json.dumps(shown) if shown in (None, "") and given not in (None, "") else ""
                self.given.setdefault(at + name, []).append((number, gone))
        for name in schema["attributes"]:
            # The tags are the business of the evaluator.
            if name in body.attributes or (not at and name == "tags_all"):
                continue
            v = planned.get(name)
            if schema["attributes"][name].get("computed"):
                self.may_be_computed.add(at + name)
            self.seen.setdefault(at + name, []).append((number, "?" if has_unknown(v) else json.dumps(v, sort_keys=True)))
        for name, b in schema["block_types"].items():
            written = [x for n, x in body.blocks if n == name]
            shown = planned.get(name)
            if not written:
                if b["nesting_mode"] in ("list", "set"):
                    self.unwritten.setdefault(at + name, []).append("?" if isinstance(shown, Unknown) else json.dumps(shown, default=repr))
                continue
            if not b.get("min_items") and b["nesting_mode"] in ("list", "set"):
                self.written.add(at + name)
            if isinstance(shown, dict) and b["nesting_mode"] in ("single", "group"):
                self.walk(b["block"], written[0], shown, at + name + ".")
            elif isinstance(shown, list) and len(shown) == len(written):
                for x, item in zip(written, shown):
                    if isinstance(item, dict):
                        self.walk(b["block"], x, item, at + name + ".")

    def defaults(self):
        """{route: {"value", "when"}}: a value that was always seen, or seen whenever other arguments were of these kinds."""
        out = {}
        for route, all_ in self.seen.items():
            found = self.default(route, all_)
            if found:
                out[route] = found
        return out

    def overrides(self):
        """{route: {"value" or "unknown", "when"}}: what is planned instead of a value that is written, where other arguments are of these
        kinds."""
        out = {}
        for route, all_ in self.given.items():
            kinds = {g for _, g in all_ if g}
            if len(kinds) != 1:
                continue
            gone = kinds.pop()
            with_, without = [i for i, g in all_ if g], [i for i, g in all_ if not g]
            then = {"unknown": True} if gone == "?" else {"value": json.loads(gone)}
            if len(with_) < 2 or len(without) < 2:
                continue
            when = self.own_words(route, with_, without) or self.explanation(route, with_, without)
            if when and len(when) <= 2 and all(k != ["?"] for k in when.values()) and (len(when) == 1 or any(k != ["-"] for k in when.values())):
                out[route] = {"when": when, **then}
        return out

    def own_words(self, route, with_, without):
        """Where it is the written word itself that is planned as nothing."""
        kinds = lambda numbers: {self.settings[i].get(route, "-") for i in numbers}
        gone = kinds(with_)
        if all(k.startswith("=") for k in gone) and not gone & kinds(without):
            return {route: sorted(gone)}
        return None

    def computed(self):
        """Blocks that the provider fills in where none is written, or may: not known."""
        # Of one that was never left out nothing is known.
        never = {r for r in self.written if r not in self.unwritten}
        return sorted(never | {r for r, all_ in self.unwritten.items() if "?" in all_})

    def default(self, route, all_):
        # Null is a default only of what would be unknown without it.
        none = () if route in self.may_be_computed else ("null",)
        counts = Counter(v for _, v in all_ if v != "?" and v not in none)
        if not counts:
            return None
        for value, n in sorted(counts.items(), key=lambda kv: (-kv[1], kv[0])):
            if n == len(all_):
                return {"value": json.loads(value)}
            with_ = [i for i, v in all_ if v == value]
            without = [i for i, v in all_ if v != value]
            when = self.explanation(route, with_, without) if len(with_) > 1 else None
            # What is nearly always so at the top may hang on one argument of a block.
            if not when and not parent(route) and len(with_) > 20 * len(without):
                when = self.explanation(route, with_, without, nested=True)
                when = when if when and len(when) == 1 else None
            if when:
                return {"value": json.loads(value), "when": when}
        return None

    def explanation(self, route, with_, without, nested=False):
        level = parent(route)

        def above(name):
            p = parent(name)
            if nested:
                return name != route
            return name != route and (not p or p == level or level.startswith(p + ".")) and not (level + ".").startswith(name + ".")

        names = sorted({n for i in set(with_) | set(without) for n in self.settings[i] if above(n)})
        allowed = {n: {self.settings[i].get(n, "-") for i in with_} for n in names}
        out = {}
        while without:
            left = {n: [i for i in without if self.settings[i].get(n, "-") in allowed[n]] for n in names}
            best = min(names, key=lambda n: (len(left[n]), n), default=None)
            if best is None or len(left[best]) == len(without):
                return None
            out[best] = sorted(allowed[best])
            without = left[best]
        return out
