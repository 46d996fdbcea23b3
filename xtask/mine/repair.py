"""Reads what the provider complains about, and changes the block accordingly."""
import re

import guess
from body import Cell, minimal

NEEDS = ["must be specified", "is required", "one (and only one) of", "At least one", "at least one", "Exactly one", "must be set", "required field", "Missing required", "must also be"]
EXCLUDES = ["conflicts with", "can be specified, but", "cannot be specified when", "cannot be set when", "Invalid Attribute Combination\n2 attributes", "only one of", "cannot be specified with", "must not be"]


def words(text):
    """The words of `to be one of ["a" "b"]`, `must be one of: ["\\"a\\"" …]`, `Valid Values: [a b ]`."""
    m = re.search(r"(?:one of:?|Valid Values:)\s*\[(.*?)\]", text, re.S)
    if not m:
        return []
    inside = m.group(1)
    if '"' in inside:
        return [w for w in (p.strip("\\") for p in inside.split('"')) if w.strip(" ,")]
    return [w.strip(",") for w in inside.split()]


def bound(text):
    m = re.search(r"(?:in the range \(|at least \(|at most \(|between |at least |at most )(-?\d+)", text)
    return int(m.group(1)) if m else None


def listed(text):
    out = []
    for inside in re.findall(r"`([^`]*)`", text) + re.findall(r"\[([^\]]*)\]", text) + re.findall(r'"([^"]*)"', text):
        out += [n for n in (w.strip().strip('"') for w in inside.split(",")) if re.fullmatch(r"[a-z][a-z0-9_.]*", n)]
    return out


def add(body, schema, name):
    first, _, rest = name.partition(".")
    rest = rest.lstrip("0123456789.")
    b = schema["block_types"].get(first)
    if b:
        inner = next((x for n, x in body.blocks if n == first), None)
        if inner is not None:
            return bool(rest) and add(inner, b["block"], rest)
        body.blocks.append((first, minimal(b["block"])))
        return True
    a = schema["attributes"].get(first)
    if a and (a.get("optional") or a.get("required")) and first not in body.attributes:
        body.attributes[first] = Cell(a["type"], True)
        return True
    return False


def remove(body, name, keep):
    last = name.split(".")[-1]
    if last in body.attributes and body.attributes[last].optional and last != keep:
        del body.attributes[last]
        return True
    return any(remove(b, name, keep) for _, b in body.blocks)


def at(body, schema, path):
    """Body and schema of the block that holds a path."""
    for n in path[:-1]:
        b = schema["block_types"].get(n)
        inner = next((x for m, x in body.blocks if m == n), None)
        if not b or inner is None:
            break
        body, schema = inner, b["block"]
    return body, schema


def named(body, text):
    """The argument that a complaint without a path names: `expected egress.0.action to be one of …`."""
    for route in re.findall(r"\b[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+", text):
        path = [step for step in route.split(".") if not step.isdigit()]
        if body.cell(path):
            return path
    for name in re.findall(r"expected ([a-z][a-z0-9_]*) to ", text):
        path = body.find(name)
        if path:
            return path
    return None


def repair(body, schema, path, text, keep=None):
    """Changes the block; false if it is to be given up. `keep`: an argument that is the purpose of the block."""
    here, here_schema = at(body, schema, path)
    text = re.sub(r"\[\d+\]", "", text)
    if any(e in text for e in EXCLUDES):
        names = listed(text) + path
        return any(remove(body, n, keep) for n in names)
    m = re.search(r"Block ([\w.]+) must have a configuration value", text)
    if m and (add(here, here_schema, m.group(1)) or add(body, schema, m.group(1))):
        return True
    if any(n in text for n in NEEDS):
        for n in listed(text):
            if add(here, here_schema, n) or add(body, schema, n):
                return True
        for n in re.findall(r"\b[a-z][a-z0-9_]+\b", text):
            if add(here, here_schema, n) or add(body, schema, n):
                return True
    if not path and bound(text) is not None:
        for n in re.findall(r"\b[a-z][a-z0-9_]+\b", text):
            if schema["attributes"].get(n, {}).get("type") == "number" and add(body, schema, n):
                body.attributes[n].told = bound(text)
                return True
    where = path if path and body.cell(path) else named(body, text) or next((p for p in (body.find(n.split(".")[-1]) for n in reversed(listed(text))) if p), None)
    if not where:
        return False
    cell, name = body.cell(where), where[-1]
    if name == keep:
        return False
    if cell.told is None and words(text):
        cell.told, cell.unknown, cell.free = guess.told(cell.ty, words(text)[0]), False, False
        return True
    if cell.told is None and bound(text) is not None:
        n = bound(text)
        cell.told, cell.unknown, cell.free = (n if cell.ty == "number" else guess.told(cell.ty, "x" * max(1, min(n, 64)))), False, True
        return True
    return cell.next(name)
