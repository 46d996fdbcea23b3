"""How the provider writes strings that were given in another form."""
import base64
import binascii
import hashlib
import json


def plain(text):
    try:
        v = json.loads(text)
    except ValueError:
        return text
    return json.dumps(v, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def norm(text):
    try:
        json.loads(text)
    except ValueError:
        return text
    return plain(text).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def policy(text):
    out, mark = norm(text), '"Version":"2012-10-17"'
    before, found, after = out.partition(mark)
    if not found or before == "{" or not before.startswith("{"):
        return out
    return "{" + mark + "," + before[1:].rstrip(",") + after


def sha1(text):
    if not text:
        return text
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raw = text.encode()
    return hashlib.sha1(raw).hexdigest()


def protocol(text):
    return {"all": "-1", "1": "icmp", "6": "tcp", "17": "udp", "58": "icmpv6"}.get(text.lower(), text.lower())


def name(text):
    """A DNS name; what no one would write is left out."""
    return text.lower().rstrip(".") if text.strip() == text else None


def fits(form, all_):
    return all(f in (None, s) for f, s in ((form(g), s) for g, s in all_))


FORMS = {"json": norm, "policy": policy, "sha1": sha1, "trimmed": str.strip, "lower": str.lower, "undotted": lambda s: s.rstrip("."), "lowerundotted": name, "plainjson": plain, "protocol": protocol}


class Rewrites:
    def __init__(self):
        self.seen = {}

    def observe(self, body, salt, planned, at=""):
        for name, cell in body.attributes.items():
            if cell.unknown:
                continue
            given, shown = cell.value(name, salt), planned.get(name)
            if isinstance(given, bytes) or cell.ty == "dynamic":
                continue
            if not isinstance(given, (list, dict)) or shown is None:
                self.seen.setdefault(at + name, []).append((given, shown))
            elif json.dumps(given, default=repr, sort_keys=True) != json.dumps(shown, default=repr, sort_keys=True):
                self.seen.setdefault(at + name, []).append((json.dumps(given, default=repr), json.dumps(shown, default=repr)))
        for name, inner in body.blocks:
            shown = planned.get(name)
            first = shown[0] if isinstance(shown, list) and shown else shown
            if isinstance(first, dict):
                self.observe(inner, salt, first, at + name + ".")

    def certain(self):
        """{route: form} where one form explains all that was seen, and something was changed. What is planned as nothing is left out."""
        out = {}
        for route, all_ in self.seen.items():
            told = [(g, s) for g, s in all_ if isinstance(g, str) and isinstance(s, str) and s]
            if any(g != s for g, s in told):
                fit = [w for w, f in FORMS.items() if fits(f, told)]
                if fit:
                    out[route] = fit[0]
        return out

    def others(self, explained):
        """What was planned otherwise than written, and why is not known."""
        certain = set(self.certain()) | set(explained)
        for route, all_ in self.seen.items():
            if route not in certain:
                odd = [(g, s) for g, s in all_ if g != s and g not in ("", 0) and not (isinstance(g, (int, float)) and isinstance(s, (int, float)) and float(g) == float(s))]
                if odd:
                    yield route, odd[:3]
