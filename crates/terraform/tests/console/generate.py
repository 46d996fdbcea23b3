#!/usr/bin/env python3
"""Writes generated.txt: expressions that call every function with usual, null, empty, wrong, nested and marked values.

Takes the signatures from `terraform metadata functions -json`; the same seed gives the same expressions.
"""
import json, os, random, subprocess
from pathlib import Path

HERE = Path(__file__).resolve().parent
R = random.Random(7)
STRING = ['""', '"a"', '"Hello World"', '"héllo wörld ñ"', '"a,b,,c"', '"  x\\ty \\n"', '"aaa"', '"10.0.0.0/16"', '"2024-02-29T12:30:45Z"',
          '"aGVsbG8="', '"{\\"a\\":[1,null,\\"x\\"]}"', '"a: [1, {b: c}]"', '"x,y\\n1,2\\n"', '"%s-%d"', '"e\\u0301👨‍👩‍👧!"', '"42"', '"true"', '"dir/../a.tf"', '"sha"',
          '"UTF-16LE"', '"l1\\nl2\\n\\nl3"']
NUMBER = ['0', '1', '-1', '2', '3', '2.5', '-7.25', '16', '1e20', '"3"', '1/3']
BOOL = ['true', 'false', '"true"']
LIST = ['[]', '["a"]', '["b","a","b"]', '[1,"a",true]', '[[1],[2,[3]],[]]', 'tolist(["x","y","z"])', 'toset(["q","p"])', '["", null, "z"]', '[1,2,3,2]',
        '[{a=1},{a=2}]', 'tolist([])', '[true,false]', '["a",sensitive("b")]', '[null]', 'tolist([1,2,3])', 'range(5)']
MAP = ['{}', '{a=1,b=2}', '{a="x",b=["y"]}', 'tomap({k="v",j="w"})', '{b={c={d=1}}}', '{a=null}', '{a=sensitive("s"),b="t"}', 'tomap({})', '{"x y"=true}',
       '{a=["p","q"],b=["q"]}']
ODD = ['null', 'tostring(null)', 'sensitive("s")', 'sensitive(5)', 'tolist(null)', '{a=[1,{b=null}]}']
ALL = STRING[:8] + NUMBER[:6] + BOOL[:2] + LIST[:10] + MAP[:6] + ODD


def pool(t):
    match t:
        case "string": return STRING
        case "number": return NUMBER
        case "bool": return BOOL
        case ["list" | "set", _]: return LIST
        case ["map", _]: return MAP
    return STRING[:4] + NUMBER[:4] + BOOL[:1] + LIST + MAP


BETTER = {"keys": [MAP], "values": [MAP], "lookup": [MAP, ['"a"', '"zz"', '"k"']], "merge": [MAP, MAP], "element": [LIST, NUMBER], "length": [LIST + MAP + STRING],
          "concat": [LIST, LIST], "contains": [LIST, ['"a"', '1', 'true', '"p"', 'null']], "slice": [LIST, ['0', '1', '2'], ['1', '2', '3']], "one": [LIST],
          "flatten": [LIST], "reverse": [LIST], "index": [LIST, ['"a"', '1', 'true']], "sum": [LIST], "setproduct": [LIST, LIST], "coalescelist": [LIST, LIST],
          "zipmap": [LIST, LIST], "format": [['"%s"', '"%d|%5.2f|%q"', '"%v-%#v"', '"%05d %x"', '"100%%"', '"%[2]s %[1]s"', '"%-8s|"', '"%t"'], ALL, ALL],
          "formatlist": [['"%s"', '"%s-%s"', '"x"', '"%d"'], LIST + STRING[:3], LIST + NUMBER[:3]], "regex": [['"a+"', '"(.)(.*)"', '"(?P<x>[a-z]+)"', '"["', '"\\\\d"', '"^$"'], STRING],
          "regexall": [['"a"', '"(.)(.)"', '"(?P<x>[a-z])"', '"("', '"\\\\w+"', '""'], STRING], "formatdate": [['"YYYY-MM-DD"', '"EEE hh:mm"', '"\'x\'Z"', '"Q"'], STRING],
          "parseint": [['"10"', '"ff"', '"-7z"', '""', '5'], ['2', '10', '16', '36', '62', '1']], "transpose": [MAP], "timeadd": [['"2024-02-29T12:30:45Z"', '"x"'], ['"1h"', '"-48h30m"', '"x"', '""']],
          "timecmp": [['"2024-02-29T12:30:45Z"', '"2024-02-29T13:30:45+01:00"', '"x"'], ['"2024-02-29T12:30:45Z"', '"2025-01-01T00:00:00Z"']], "trim": [STRING, ['"a"', '" \\n"', '""', '"aHd"']],
          "trimprefix": [STRING, ['"a"', '"He"', '""']], "trimsuffix": [STRING, ['"a"', '"ld"', '""']], "startswith": [STRING, ['"a"', '"He"', '""']], "endswith": [STRING, ['"a"', '"ld"', '""']],
          "strcontains": [STRING, ['"a"', '"lo W"', '""']], "split": [['","', '""', '" "', '"aa"'], STRING], "join": [['","', '""', '"--"'], LIST], "substr": [STRING, ['0', '1', '-2', '3', '50'], ['-1', '0', '1', '2', '50']],
          "replace": [STRING, ['"a"', '"l"', '"/[aeiou]/"', '"/(.)o/"', '""', '"/[/"'], ['""', '"X"', '"<$1>"']], "indent": [['0', '2', '-1', '1.5'], STRING], "chunklist": [LIST, ['0', '1', '2', '-1', '1.5']],
          "cidrsubnet": [['"10.0.0.0/16"', '"fd00::/48"', '"x"'], ['0', '4', '8', '20'], ['0', '1', '15', '300']], "cidrhost": [['"10.0.0.0/16"', '"fd00::/64"', '"1.2.3.4"'], ['0', '5', '-2', '70000']],
          "cidrsubnets": [['"10.0.0.0/16"', '"fd00::/48"'], ['4', '1', '0'], ['4', '8', '17']], "cidrnetmask": [['"10.0.0.0/16"', '"10.1.2.3/31"', '"fd00::/48"', '"x"']],
          "textencodebase64": [STRING, ['"UTF-16LE"', '"UTF-8"', '"ISO-8859-1"', '"windows-1252"', '"nope"']], "textdecodebase64": [['"aABlAGwAbABvAA=="', '"aGVsbG8="', '"*"', '"/w=="'], ['"UTF-16LE"', '"UTF-8"', '"windows-1252"', '"US-ASCII"']],
          "uuidv5": [['"dns"', '"url"', '"oid"', '"x500"', '"6ba7b810-9dad-11d1-80b4-00c04fd430c8"', '"bad"'], STRING], "range": [NUMBER, NUMBER], "jsondecode": [['"{\\"a\\":[1,null,\\"x\\"]}"', '"[]"', '"5"', '"\\"s\\""', '"{"', '"nul"', '"[1,2"', '"{\\"a\\" 1}"', '"1 2"', '"\\"\\\\ud83d\\\\ude00\\""', '""', '"-"', '"01"', '"tru"', '"{\\"a\\":1,\\"a\\":2}"']],
          "csvdecode": [['"a,b\\n1,2\\n"', '"a,a\\n1,2"', '""', '"a\\n\\"x\\"\\"y\\"\\n"', '"a,b\\n1\\n"', '"a,b\\r\\n1,\\"2\\n3\\"\\r\\n\\r\\n4,5"', '"a\\n\\"x"', '"a\\nx\\"y"', '"a,b"', '" a , b\\n 1 , 2 "']],
          "matchkeys": [LIST, LIST, LIST], "distinct": [LIST], "sort": [LIST], "compact": [LIST], "setunion": [LIST, LIST], "setintersection": [LIST, LIST], "setsubtract": [LIST, LIST],
          "base64decode": [['"aGVsbG8="', '"aGVsbG8"', '"/w=="', '""', '"a GVs"', '"aGVs\\nbG8="', '"aGVsbG9="']], "yamldecode": [['"a: 1"', '"- x\\n- y: z"', '""', '"a: [1"', '"yes"', '"0x1F"', '"|\\n  t\\n"', '"a: &x {b: 1}\\nc: *x"']],
          "file": [['"hello.txt"', '"dir/a.tf"', '"./dir/../hello.txt"']], "filebase64": [['"hello.txt"', '"bin.dat"']], "fileexists": [['"hello.txt"', '"none"', '""']],
          "fileset": [['"."', '"dir"', '"none"'], ['"*"', '"**"', '"**/*.tf"', '"*.{txt,dat}"', '"[a-h]*"', '"dir/?.tf"', '"[" ', '".*"']], "basename": [['"a/b.txt"', '"/"', '""', '"a/"', '"a"', '"a//b//"']], "dirname": [['"a/b.txt"', '"/"', '""', '"a/"', '"a"', '"/a"', '"a/../b/c"']],
          "templatefile": [['"one.tftpl"', '"list.tftpl"', '"missing.tftpl"', '"nested.tftpl"'], ['{n=1}', '{n=[1]}', '{name="x",list=["a","b"]}', '{}', '{"a b"=1}', '"x"', '{n=null}', '{n=sensitive("a")}']],
          "yamlencode": [ALL], "jsonencode": [ALL], "can": [['1/0', 'null.a', '[1][5]', '"a"', 'tonumber("x")']], "try": [['[1][5]', 'tonumber("x")', '1', 'null'], ['"fallback"', '[2][7]']], "log": [['1', '8', '100', '0', '2.5', '-1'], ['2', '10', '0.5', '1']], "pow": [['2', '-2', '10', '0.5', '0'], ['0', '3', '-2', '0.5', '1024', '0.3']]}
for f in ("filemd5", "filesha1", "filesha256", "filesha512", "filebase64sha256", "filebase64sha512"): BETTER[f] = [['"hello.txt"', '"bin.dat"', '"dir/a.tf"']]
SKIP = {"timestamp", "uuid", "bcrypt", "abspath", "pathexpand", "base64gzip", "rsadecrypt", "templatestring", "plantimestamp"}


def main():
    env = dict(os.environ, TF_CLI_CONFIG_FILE=os.devnull)
    sigs = json.loads(subprocess.run(["terraform", "metadata", "functions", "-json"], capture_output=True, text=True, check=True, env=env).stdout)["function_signatures"]
    out = {}
    for name, s in sorted(sigs.items()):
        if "::" in name or name in SKIP: continue
        params, var = s.get("parameters", []), s.get("variadic_parameter")
        usual = BETTER.get(name) or [pool(p["type"]) for p in params] + ([pool(var["type"])] * 2 if var else [])
        mine = {}
        def add(args): mine[f"{name}({', '.join(args)})"] = 1
        tries = 0
        while len(mine) < 10 and tries < 300:
            tries += 1
            n = len(usual) if not var else R.randint(min(len(params) + (0 if params else 1), len(usual)), len(usual))
            add([R.choice(p) for p in usual[:n]])
        if usual and usual != [[]]:
            need = max(len(params), 1)
            for odd in (["null"] + R.sample(ODD[1:] + ALL, 4)) if not name.startswith(("file", "template")) else ["null", "[]", 'sensitive("hello.txt")']:
                i = R.randrange(min(len(usual), need))
                args = [R.choice(p) for p in usual[:max(need, 1)]]
                args[i] = odd
                add(args)
            add([])
            add([R.choice(p) for p in usual] + ["1", "2"])
        out.update(mine)
    (HERE / "generated.txt").write_text("\n".join(out) + "\n")
    print(len(out))


if __name__ == "__main__":
    main()
