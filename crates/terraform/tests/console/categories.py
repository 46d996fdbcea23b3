#!/usr/bin/env python3
"""Writes categories.jsonl: every function, operator and template form in eight categories of arguments.

Each line is {"of", "category", "expr"}. From one or two usual calls per function the others are derived, argument by
argument: null, empty, of a wrong type, unknown, sensitive, nested, large. `record.py` records what Terraform makes of
them (`plan.py` for the unknown ones); `terraform metadata functions -json` says which functions there must be.
"""
import json, os, subprocess
from pathlib import Path

HERE = Path(__file__).resolve().parent

# Replacements by the kind of an argument: s text, n number, b bool, l list, e set, m map or object, x anything, p a file.
NULL = {"s": ["null"], "n": ["null", "tonumber(null)"], "b": ["null"], "l": ["null", "tolist(null)"], "e": ["null"], "m": ["null", "tomap(null)"], "x": ["null"], "p": ["null"]}
EMPTY = {"s": ['""'], "n": ["0", '""'], "b": ["false"], "l": ["[]", "tolist([])"], "e": ["toset([])", "[]"], "m": ["{}", "tomap({})"], "x": ['""', "[]", "{}"], "p": ['""']}
WRONG = {"s": ['["a"]', "{a=1}"], "n": ['"x"', "[1]", "true"], "b": ['"maybe"', "[]", "1"], "l": ['"a"', "{a=1}", "5"], "e": ['"a"', "5"], "m": ['"a"', "[1]", "true"], "x": ["{}", "true"], "p": ["[]", "{}"]}
UNKNOWN = {"s": ["timestamp()", 'jsondecode(timestamp())'], "n": ["length(split(\"-\", timestamp()))", "jsondecode(timestamp())"], "b": ['timestamp() == "x"', "jsondecode(timestamp())"],
           "l": ['split(",", timestamp())', '[timestamp(), "k"]', "jsondecode(timestamp())"], "e": ['toset(split(",", timestamp()))', 'toset([timestamp(), "k"])'],
           "m": ['{a = timestamp(), b = "k"}', 'zipmap(["a"], split(",", timestamp()))', "jsondecode(timestamp())"], "x": ["timestamp()", "[timestamp()]", "{a = timestamp()}"], "p": ["timestamp()"]}
NESTED = {"s": ['"${join("", ["a", "b"])}"', 'try(null.x, "10.1.0.0/16")'], "n": ["min(3, max(1, 2))", "length([[1], [2, [3]]])"], "b": ["!alltrue([true, anytrue([])])"],
          "l": ["[[\"a\"], [[\"b\"], []]]", "[for x in [[1, 2], [3]] : x[0]]", '[{a = [1]}, {a = []}]'], "e": ["toset([[\"a\"], [\"b\"]])", "[for x in toset([1, 2]) : x * 2]"],
          "m": ["{a = {b = {c = [1]}}}", "{for k, v in {x = [1], y = []} : k => v}"], "x": ["{a = [{b = null}]}", "[[], [[]]]"], "p": ['"./dir/../hello.txt"']}
LARGE = {"s": ['join("", [for i in range(3000) : "ab${i % 7}"])'], "n": ["123456789012345678901234567890", "1e300"], "b": ["alltrue([for i in range(1000) : true])"],
         "l": ["[for i in range(1000) : \"v${i % 300}\"]", "range(900)"], "e": ["toset(range(800))"], "m": ["{for i in range(700) : \"k${i}\" => i}"], "x": ["[for i in range(500) : {k = i}]"], "p": ['"${join("", [for i in range(300) : "./"])}hello.txt"']}

T = '"2024-02-29T12:30:45Z"'
# name: (kinds of the arguments, usual calls)
USUAL = {
    "abs": ("n", ["-5", "2.25"]), "abspath": ("s", ['"/a/../b"', '"/x//y/"']), "alltrue": ("l", ["[true, false]", "[true]"]), "anytrue": ("l", ["[false, true]", "[false]"]),
    "base64decode": ("s", ['"aGVsbG8="', '"YQ=="']), "base64encode": ("s", ['"hello"', '"ñ"']), "base64gzip": ("s", []), "base64sha256": ("s", ['"a"', '"hello"']), "base64sha512": ("s", ['"a"', '"hello"']),
    "basename": ("s", ['"a/b.txt"', '"/x/"']), "bcrypt": ("sn", []), "can": ("x", ["1 + 1", "[1][7]"]), "ceil": ("n", ["1.2", "-1.8"]), "chomp": ("s", ['"a\\n"', '"a\\r\\n\\n"']),
    "chunklist": ("ln", ['["a", "b", "c"], 2', "[1, 2], 5"]), "cidrhost": ("sn", ['"10.0.0.0/24", 5', '"fd00::/64", -1']), "cidrnetmask": ("s", ['"10.0.0.0/20"', '"192.168.1.7/30"']),
    "cidrsubnet": ("snn", ['"10.0.0.0/16", 8, 3', '"fd00::/48", 16, 65535']), "cidrsubnets": ("snn", ['"10.0.0.0/16", 4, 8', '"fd00::/48", 16, 16']), "coalesce": ("xx", ['null, "b"', '"", "c"']),
    "coalescelist": ("ll", ['[], ["b"]', '["a"], ["b"]']), "compact": ("l", ['["a", "", "b"]', '["", null]']), "concat": ("ll", ['["a"], ["b", "c"]', "[1], [true]"]), "contains": ("lx", ['["a", "b"], "a"', "[1, 2], 3"]),
    "csvdecode": ("s", ['"a,b\\n1,2\\n"', '"x\\n\\"y z\\"\\n"']), "dirname": ("s", ['"a/b.txt"', '"x"']), "distinct": ("l", ['["a", "b", "a"]', "[1, 1, 2]"]), "element": ("ln", ['["a", "b", "c"], 1', '["a", "b"], 5']),
    "endswith": ("ss", ['"hello", "lo"', '"hello", "x"']), "ephemeralasnull": ("x", ['"a"', "[1]"]), "file": ("p", ['"hello.txt"', '"dir/a.tf"']), "filebase64": ("p", ['"bin.dat"', '"hello.txt"']),
    "filebase64sha256": ("p", ['"bin.dat"', '"hello.txt"']), "filebase64sha512": ("p", ['"bin.dat"', '"hello.txt"']), "fileexists": ("p", ['"hello.txt"', '"none.txt"']), "filemd5": ("p", ['"bin.dat"', '"hello.txt"']),
    "fileset": ("ps", ['"dir", "*.tf"', '"dir", "**"']), "filesha1": ("p", ['"bin.dat"', '"hello.txt"']), "filesha256": ("p", ['"bin.dat"', '"hello.txt"']), "filesha512": ("p", ['"bin.dat"', '"hello.txt"']),
    "flatten": ("l", ['[["a"], [["b"]]]', "[[], [1]]"]), "floor": ("n", ["1.8", "-1.2"]), "format": ("sxx", ['"%s-%s", "a", 1', '"%5.1f|%v", 2.25, true']), "formatdate": ("ss", [f'"YYYY-MM-DD hh:mm", {T}', f'"EEEE, DD-MMM-YY", {T}']),
    "formatlist": ("sll", ['"%s=%s", ["a", "b"], ["c", "d"]', '"x%s%s", "s", [1, 2]']), "indent": ("ns", ['2, "a\\nb"', '0, "a"']), "index": ("lx", ['["a", "b"], "b"', "[1, 2], 1"]), "issensitive": ("x", ['"a"', "{a = 1}"]),
    "join": ("sl", ['"-", ["a", "b"]', '",", [1, true]']), "jsondecode": ("s", ['"{\\"a\\": [1, null]}"', '"true"']), "jsonencode": ("x", ['{a = [1, "x", null]}', '"<é&>"']), "keys": ("m", ["{b = 1, a = 2}", "tomap({z = 1})"]),
    "length": ("l", ['["a", "b"]', '"héllo"']), "log": ("nn", ["16, 2", "100, 10"]), "lookup": ("msx", ['{a = 1}, "a", 2', 'tomap({a = "x"}), "b", "d"']), "lower": ("s", ['"HéLLO"', '"İ"']),
    "matchkeys": ("lll", ['["a", "b"], ["1", "2"], ["2"]', '["a"], ["x"], ["y"]']), "max": ("nn", ["1, 3", "-1, -2.5"]), "md5": ("s", ['"a"', '"hello"']), "merge": ("mm", ["{a = 1}, {b = 2}", '{a = 1}, {a = "x"}']), "min": ("nn", ["1, 3", "-1, -2.5"]),
    "nonsensitive": ("x", ["sensitive(5)", '"a"']), "one": ("l", ['["a"]', "toset([1])"]), "parseint": ("sn", ['"ff", 16', '"-101", 2']), "pathexpand": ("s", ['"/a/b"', '"x/~"']), "plantimestamp": ("", []), "pow": ("nn", ["2, 10", "4, 0.5"]),
    "range": ("nn", ["0, 5", "5, 0"]), "regex": ("ss", ['"[a-z]+", "12ab"', '"(?P<y>\\\\d+)-(?P<m>\\\\d+)", "2024-02"']), "regexall": ("ss", ['"[a-z]+", "12ab3c"', '"(.)(.)", "abcd"']), "replace": ("sss", ['"hello", "l", "L"', '"hello", "/l+/", "<$0>"']),
    "reverse": ("l", ['["a", "b"]', "[1, [2]]"]), "rsadecrypt": ("ss", []), "sensitive": ("x", ['"a"', "[1]"]), "setintersection": ("ee", ['["a", "b"], ["b"]', "[1], [2]"]), "setproduct": ("ll", ['["a", "b"], [1, 2]', 'toset(["a"]), toset([true])']),
    "setsubtract": ("ee", ['["a", "b"], ["b"]', "[1], [2]"]), "setunion": ("ee", ['["a", "b"], ["b", "c"]', "[1], [2]"]), "sha1": ("s", ['"a"', '"hello"']), "sha256": ("s", ['"a"', '"hello"']), "sha512": ("s", ['"a"', '"hello"']), "signum": ("n", ["-3", "0.5"]),
    "slice": ("lnn", ['["a", "b", "c"], 1, 3', "[1, 2], 0, 1"]), "sort": ("l", ['["b", "a", "C"]', "[10, 9]"]), "split": ("ss", ['",", "a,b,,c"', '"", "abc"']), "startswith": ("ss", ['"hello", "he"', '"hello", "x"']), "strcontains": ("ss", ['"hello", "ell"', '"hello", "x"']),
    "strrev": ("s", ['"hello"', '"é👨‍👩‍👧a"']), "substr": ("snn", ['"hello", 1, 3', '"hello", -3, -1']), "sum": ("l", ["[1, 2.5]", '["1", 2]']), "templatefile": ("pm", ['"one.tftpl", {n = 1}', '"list.tftpl", {name = "x", list = ["a"]}']),
    "templatestring": ("sm", []), "textdecodebase64": ("ss", ['"aABpAA==", "UTF-16LE"', '"aGk=", "UTF-8"']), "textencodebase64": ("ss", ['"hi", "UTF-16LE"', '"hi", "UTF-8"']), "timeadd": ("ss", [f'{T}, "1h30m"', f'{T}, "-24h"']),
    "timecmp": ("ss", [f'{T}, "2024-02-29T13:30:45+01:00"', f'{T}, "2025-01-01T00:00:00Z"']), "timestamp": ("", []), "title": ("s", ['"hello world"', '"o\'neil x-y"']), "tobool": ("x", ['"true"', "false"]), "tolist": ("l", ['["a", 1]', 'toset(["b", "a"])']),
    "tomap": ("m", ['{a = "x", b = 1}', "{a = [1], b = [2]}"]), "tonumber": ("x", ['"5.50"', "7"]), "toset": ("l", ['["b", "a", "b"]', "[1, 2]"]), "tostring": ("x", ["true", "1.50"]), "transpose": ("m", ['{a = ["x", "y"], b = ["y"]}', "tomap({a = [1]})"]),
    "trim": ("ss", ['"--a--", "-"', '"abcba", "ab"']), "trimprefix": ("ss", ['"hello", "he"', '"hello", "x"']), "trimspace": ("s", ['" \\ta\\n"', '"a b"']), "trimsuffix": ("ss", ['"hello", "lo"', '"hello", "x"']), "try": ("xx", ['[1][3], "b"', '"a", "b"']),
    "upper": ("s", ['"straße"', '"abc"']), "urlencode": ("s", ['"a b/c?d=é"', '"x~_-."']), "uuid": ("", []), "uuidv5": ("ss", ['"dns", "example.com"', '"url", "https://x"']), "values": ("m", ["{b = 1, a = 2}", 'tomap({z = "q"})']),
    "yamldecode": ("s", ['"a: [1, true]"', '"- x\\n- y: null"']), "yamlencode": ("x", ['{a = [1, "x", null], b = {c = "yes"}}', '"a\\nb"']), "zipmap": ("ll", ['["a", "b"], [1, 2]', '["x"], ["y"]']),
}
# Forms that are no calls: pattern, kinds, usual arguments.
FORMS = {
    "operator +": ("{} + {}", "nn", [("1", "2"), ("0.1", '"0.2"')]), "operator -": ("{} - {}", "nn", [("1", "2"), ("2.5", '"1"')]), "operator *": ("{} * {}", "nn", [("3", "-2"), ("1/3", "3")]),
    "operator /": ("{} / {}", "nn", [("7", "2"), ("1", "3")]), "operator %": ("{} % {}", "nn", [("7", "3"), ("-7", "3")]), "operator negate": ("-({})", "n", [("5",), ('"2"',)]), "operator !": ("!({})", "b", [("true",), ('"false"',)]),
    "operator ==": ("{} == {}", "xx", [("1", "1"), ('"1"', "1")]), "operator !=": ("{} != {}", "xx", [("[1]", "[1]"), ("null", "null")]), "operator <": ("{} < {}", "nn", [("1", "2"), ('"3"', "2")]), "operator <=": ("{} <= {}", "nn", [("2", "2"), ("3", "2")]),
    "operator >": ("{} > {}", "nn", [("1", "2"), ("2", "1")]), "operator >=": ("{} >= {}", "nn", [("2", "2"), ("1", "2")]), "operator &&": ("{} && {}", "bb", [("true", "false"), ("true", '"true"')]), "operator ||": ("{} || {}", "bb", [("true", "false"), ("false", '"false"')]),
    "conditional": ("{} ? {} : {}", "bxx", [("true", "1", "2"), ("false", '"a"', "3")]), "index of a list": ("({})[{}]", "ln", [('["a", "b"]', "1"), ("tolist([1, 2])", "0")]), "index by name": ("({})[{}]", "ms", [("{a = 1}", '"a"'), ('tomap({x = "y"})', '"x"')]),
    "attribute": ("({}).a", "m", [("{a = 1}",), ('tomap({a = "y"})',)]), "splat": ("({})[*]", "l", [("[1, 2]",), ('toset(["a"])',)]), "splat attribute": ("({})[*].a", "l", [("[{a = 1}, {a = 2}]",), ("[]",)]), "legacy splat": ("({}).*.a", "l", [("[{a = 1}, {a = 2}]",), ("[{a = [1]}]",)]),
    "for list": ("[for v in {} : v]", "l", [("[1, 2]",), ('toset(["b", "a"])',)]), "for list index": ('[for i, v in {} : "${{i}}" if i != "x"]', "l", [("[1, 2]",), ('["a"]',)]), "for object": ('{{for k, v in {} : k => v if k != "z"}}', "m", [("{a = 1, z = 2}",), ('tomap({b = "x"})',)]),
    "for group": ('{{for v in {} : "k" => v...}}', "l", [("[1, 2]",), ('["a", "b"]',)]), "expand": ("max({}...)", "l", [("[1, 2]",), ("[3]",)]), "object": ("{{({}) = {}}}", "sx", [('"a"', "1"), ('"b"', "[1]")]), "tuple": ("[{}, {}]", "xx", [("1", '"a"'), ("[]", "{}")]),
    "template": ('"a${{{}}}b"', "s", [('"x"',), ("5",)]), "template alone": ('"${{{}}}"', "x", [('"x"',), ("[1]",)]), "template if": ('"%{{ if {} }}yes${{{}}}%{{ else }}no%{{ endif }}"', "bs", [("true", '"x"'), ("false", '"y"')]),
    "template for": ('"%{{ for v in {} }}<${{v}}>%{{ endfor }}"', "l", [('["a", "b"]',), ("[1]",)]), "template for index": ('"%{{ for i, v in {} ~}} ${{i}} %{{~ endfor }}."', "l", [('["a", "b"]',), ("toset([1])",)]), "template strip": ('"a ${{~ {} ~}} b"', "s", [('" x "',), ('"y"',)]),
    "arithmetic precedence": ("1 + {} * {} - 2", "nn", [("2", "3"), ("0.5", "4")]), "logic precedence": ("{} || {} && false", "bb", [("true", "false"), ("false", "true")]),
}
# Results that hang on chance, the clock, secrets or the machine: what matters is that the call is judged alike.
OPAQUE = {"bcrypt": ("length(bcrypt({}))", "sn", ['"a"', '"a", 4']), "base64gzip": ("length(base64gzip({})) > 0", "s", ['"a"', '"hello"']), "rsadecrypt": ("can(rsadecrypt({}))", "ss", ['"aaaa", "x"', '"!", ""']),
          "timestamp": ("length(timestamp({}))", "", [""]), "uuid": ("length(uuid({}))", "", [""]), "plantimestamp": ("can(plantimestamp({}))", "", [""])}
MORE = {"timestamp": [("null", "timestamp(null)"), ("empty", 'timestamp("")'), ("wrong", "timestamp([])"), ("sensitive", 'timestamp(sensitive("a"))'), ("nested", "[timestamp(1)]"), ("large", "timestamp(1, 2, 3)"), ("usual", "timestamp(true)")],
        "uuid": [("null", "uuid(null)"), ("empty", 'uuid("")'), ("wrong", "uuid([])"), ("sensitive", 'uuid(sensitive("a"))'), ("nested", "[uuid(1)]"), ("large", "uuid(1, 2, 3)"), ("usual", "uuid(true)")],
        "plantimestamp": [("null", "plantimestamp(null)"), ("empty", 'plantimestamp("")'), ("wrong", "plantimestamp([])"), ("sensitive", 'plantimestamp(sensitive("a"))'), ("nested", "[plantimestamp(1)]"), ("large", "plantimestamp(1, 2, 3)"), ("usual", "plantimestamp(true)")]}
UNKNOWN_ONLY = {"timestamp": ["timestamp()", 'timestamp() == ""'], "uuid": ["uuid()", "upper(uuid())"], "plantimestamp": ["[plantimestamp()]"]}
# `templatestring` takes its template by reference only: through a `for`.
TEMPLATES = ['"a"', '"$${x}"', '"%%{ if x }y%%{ endif }"', '"$${"']


def arguments(text):
    """Splits at the commas outside of brackets and quotes."""
    out, depth, quoted, at, i = [], 0, False, "", 0
    while i < len(text):
        c = text[i]
        if quoted and c == "\\": at += text[i:i + 2]; i += 2; continue
        if c == '"': quoted = not quoted
        if not quoted: depth += (c in "([{") - (c in ")]}")
        if c == "," and not depth and not quoted: out.append(at.strip()); at = ""
        else: at += c
        i += 1
    return out + [at.strip()] if at.strip() else out


def derive(of, pattern, kinds, usual, add):
    """All categories of one form; the pattern has one {} per argument."""
    fill = lambda args: pattern.format(*args)
    for args in usual: add(of, "usual", fill(args))
    for category, table in (("null", NULL), ("empty", EMPTY), ("wrong", WRONG), ("unknown", UNKNOWN), ("nested", NESTED), ("large", LARGE)):
        for args in usual[:1]:
            for i, _ in enumerate(args):
                for v in table[kinds[min(i, len(kinds) - 1)]]:
                    expr = fill([*args[:i], v, *args[i + 1:]])
                    # Of large results a digest tells as much as the text.
                    add(of, category, f"sha256(jsonencode({expr}))" if category == "large" else expr)
    for args in usual:
        for i, v in enumerate(args):
            marked = fill([*args[:i], f"sensitive({v})", *args[i + 1:]])
            add(of, "sensitive", marked)
            # The value behind the mark, too.
            if args is usual[0]: add(of, "sensitive", f"jsonencode(nonsensitive({marked}))")


def main():
    env = dict(os.environ, TF_CLI_CONFIG_FILE=os.devnull)
    there = json.loads(subprocess.run(["terraform", "metadata", "functions", "-json"], capture_output=True, text=True, check=True, env=env).stdout)
    names = sorted({n.removeprefix("core::") for n in there["function_signatures"]})
    (HERE / "functions.json").write_text(json.dumps(names, indent=0) + "\n")
    missing = set(names) ^ (set(USUAL) | {"map", "list"}) - {"map", "list"}
    if missing: raise SystemExit(f"not in both lists: {sorted(missing)}")
    out = {}
    add = lambda of, category, expr: out.setdefault(expr, (of, category))
    for name, (kinds, usual) in USUAL.items():
        if usual:
            calls = [arguments(u) for u in usual]
            first = len(calls[0])
            derive(name, f"{name}({', '.join(['{}'] * first)})", kinds, [c for c in calls if len(c) == first], add)
            for u in usual: add(name, "usual", f"{name}({u})")
            add(name, "wrong", f"{name}()")
            add(name, "wrong", f"{name}({usual[0]}, 1, 2, 3)")
    for name, (pattern, kinds, usual) in OPAQUE.items():
        calls = [arguments(u) for u in usual]
        if kinds: derive(name, pattern.replace("{}", ", ".join(["{}"] * len(calls[0]))), kinds, [c for c in calls if len(c) == len(calls[0])], add)
        if not kinds: add(name, "usual", pattern.format(""))
        for category, expr in MORE.get(name, []): add(name, category, expr)
        for expr in UNKNOWN_ONLY.get(name, []): add(name, "unknown", expr)
    for of, (pattern, kinds, usual) in FORMS.items(): derive(of, pattern, kinds, [list(u) for u in usual], add)
    t = "templatestring"
    for v in TEMPLATES: add(t, "usual", f"[for t in [{v}] : templatestring(t, {{x = true}})]")
    for category, table in (("null", NULL), ("empty", EMPTY), ("wrong", WRONG), ("unknown", UNKNOWN), ("nested", NESTED), ("large", LARGE)):
        for v in table["s"]: add(t, category, f"[for t in [{v}] : templatestring(t, {{x = true}})]")
        for v in table["m"]: add(t, category, f'[for t in ["$${{a}}"] : templatestring(t, {v})]')
    add(t, "sensitive", '[for t in [sensitive("$${x}")] : templatestring(t, {x = 1})]')
    add(t, "sensitive", '[for t in ["$${x}"] : templatestring(t, {x = sensitive(1)})]')
    add(t, "wrong", 'templatestring("a", {})')
    with open(HERE / "categories.jsonl", "w") as f:
        for expr, (of, category) in out.items():
            f.write(json.dumps({"of": of, "category": category, "expr": expr}, ensure_ascii=False) + "\n")
    print(len(out), "expressions of", len({o for o, _ in out.values()}), "functions and forms")


if __name__ == "__main__":
    main()
