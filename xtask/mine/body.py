"""A made-up resource: arguments and blocks, just enough for the provider to plan it."""
import copy

import guess
from provider import UNKNOWN


class Cell:
    """A value that is tried. `told`: what the provider said it must be; `unknown`: what only apply tells."""

    def __init__(self, ty, optional, told=None, unknown=False, free=False):
        self.ty, self.optional, self.told, self.unknown, self.guess, self.free = ty, optional, told, unknown, 0, free

    def next(self, name):
        self.told = None
        if self.unknown:
            self.unknown = False
            return True
        self.guess += 1
        return self.guess < guess.count(self.ty, name)

    def value(self, name, salt):
        if self.unknown:
            return UNKNOWN
        if self.told is not None:
            return self.told
        return guess.value(self.ty, name, self.guess, salt)

    def kind(self, name):
        """What kind of value it is: `?` unknown, `=word` one of few, `*` any other."""
        if self.unknown:
            return "?"
        if self.ty == "bool":
            return "=true" if self.value(name, "") else "=false"
        # What the provider told is one of few words; what was guessed is one of many.
        if isinstance(self.told, str) and not self.free:
            return "=" + self.told
        return "*"


class Body:
    def __init__(self):
        self.attributes, self.blocks = {}, []

    def copy(self):
        return copy.deepcopy(self)

    def unknown(self):
        for c in self.attributes.values():
            c.unknown = True
        for _, b in self.blocks:
            b.unknown()
        return self

    def cell(self, path):
        if len(path) == 1:
            return self.attributes.get(path[0])
        for name, b in self.blocks:
            if path and name == path[0]:
                found = b.cell(path[1:])
                if found:
                    return found
        return None

    def find(self, name):
        if name in self.attributes:
            return [name]
        for block, b in self.blocks:
            path = b.find(name)
            if path:
                return [block] + path
        return None

    def insert(self, schema, path, cell):
        """Puts an argument at a path, and the blocks on the way to it with what they need."""
        if len(path) == 1 and cell:
            self.attributes[path[0]] = cell
        elif path:
            b = schema["block_types"].get(path[0])
            if not b:
                return
            inner = next((x for n, x in self.blocks if n == path[0]), None)
            if inner is None:
                inner = minimal(b["block"])
                self.blocks.append((path[0], inner))
            inner.insert(b["block"], path[1:], cell)

    def settings(self, at="", out=None):
        out = {} if out is None else out
        for n, c in self.attributes.items():
            out[at + n] = c.kind(n)
        for n, b in self.blocks:
            b.settings(at + n + ".", out)
            out[at + n] = "*"
        return out

    def config(self, schema, salt):
        """The value of the block, with null for all that is not written."""
        out = {n: (self.attributes[n].value(n, salt) if n in self.attributes else None) for n in schema["attributes"]}
        for name, b in schema["block_types"].items():
            made = [x.config(b["block"], salt) for n, x in self.blocks if n == name]
            if b["nesting_mode"] in ("single", "group"):
                out[name] = made[0] if made else (empty(b["block"]) if b["nesting_mode"] == "group" else None)
            elif b["nesting_mode"] == "map":
                out[name] = {"k": m for m in made}
            else:
                out[name] = made
        return out


def empty(schema):
    return Body().config(schema, "")


def minimal(schema):
    """What the type needs."""
    out = Body()
    for n, a in schema["attributes"].items():
        if a.get("required"):
            out.attributes[n] = Cell(a["type"], False)
    for n, b in schema["block_types"].items():
        if b["nesting_mode"] not in ("single", "group"):
            for _ in range(b.get("min_items", 0)):
                out.blocks.append((n, minimal(b["block"])))
    return out


def normalize(schema):
    """Fills in what the schema leaves out: a type for attributes with attributes of their own, empty tables."""
    schema.setdefault("attributes", {})
    schema.setdefault("block_types", {})
    for a in schema["attributes"].values():
        if "nested_type" in a:
            n = a["nested_type"]
            normalize(n)
            ty = ["object", {k: v["type"] for k, v in n["attributes"].items()}]
            a["type"] = ty if n["nesting_mode"] == "single" else [n["nesting_mode"], ty]
    for b in schema["block_types"].values():
        normalize(b["block"])
