"""Talks to a Terraform provider as Terraform does: plugin protocol 5, without Terraform.

Only what mining needs: configure, validate a resource, plan its creation. Messages are few and flat, so they
are written and read by hand; values travel as MessagePack, unknown ones as an extension.
"""
import os
import subprocess

import grpc
import msgpack


class Unknown:
    """What only apply tells."""

    def __repr__(self):
        return "?"


UNKNOWN = Unknown()


def _default(v):
    if isinstance(v, Unknown):
        return msgpack.ExtType(0, b"\x00")
    raise TypeError(repr(v))


def pack(v):
    return msgpack.packb(v, default=_default)


def unpack(b):
    return msgpack.unpackb(b, ext_hook=lambda code, data: UNKNOWN, strict_map_key=False)


def _varint(n):
    out = bytearray()
    while n >= 0x80:
        out.append(n & 0x7F | 0x80)
        n >>= 7
    out.append(n)
    return bytes(out)


def field(number, data):
    if isinstance(data, str):
        data = data.encode()
    return _varint(number << 3 | 2) + _varint(len(data)) + data


def flag(number):
    return _varint(number << 3) + b"\x01"


def fields(b):
    """(number, value) of each field; bytes or integers."""
    i = 0

    def varint():
        nonlocal i
        n = shift = 0
        while True:
            byte = b[i]
            i += 1
            n |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return n

    while i < len(b):
        key = varint()
        if key & 7 == 0:
            yield key >> 3, varint()
        elif key & 7 == 2:
            n = varint()
            yield key >> 3, b[i:i + n]
            i += n
        else:
            raise ValueError("unexpected wire type")


def dynamic(v):
    return field(1, pack(v))


def diagnostics(messages):
    """[(path without indices, text)] of the errors."""
    out = []
    for m in messages:
        severity, summary, detail, path = 0, "", "", []
        for n, v in fields(m):
            if n == 1:
                severity = v
            elif n == 2:
                summary = v.decode()
            elif n == 3:
                detail = v.decode()
            elif n == 4:
                for sn, step in fields(v):
                    path += [x.decode() for k, x in fields(step) if k == 1]
        if severity == 1:
            out.append((path, summary + "\n" + detail))
    return out


class Provider:
    def __init__(self, binary, config=None):
        self.binary, self.config = binary, config
        self.start()

    def start(self):
        env = {
            "TF_PLUGIN_MAGIC_COOKIE": "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
            "PLUGIN_PROTOCOL_VERSIONS": "5",
            # Nothing may leave the machine: what asks the cloud all the same fails at once.
            "AWS_ENDPOINT_URL": "http://127.0.0.1:9", "AWS_EC2_METADATA_DISABLED": "true", "AWS_MAX_ATTEMPTS": "1",
            "AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull, "NO_PROXY": "*",
            "PATH": os.environ.get("PATH", ""), "HOME": os.environ.get("HOME", "/"), "TMPDIR": os.environ.get("TMPDIR", "/tmp"),
        }
        self.process = subprocess.Popen([self.binary], env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        line = self.process.stdout.readline().decode().strip().split("|")
        network, address = line[2], line[3]
        options = [("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1)]
        self.channel = grpc.insecure_channel(f"unix:{address}" if network == "unix" else address, options=options)
        if self.config:
            self.configure(self.config)

    def restart(self):
        """A provider that died, or is busy with what it was asked in vain, is begun anew."""
        self.process.kill()
        self.process.wait()
        self.start()

    def call(self, method, message):
        return self.channel.unary_unary(f"/tfplugin5.Provider/{method}")(message, timeout=30)

    def configure(self, config):
        prepared = dict(fields(self.call("PrepareProviderConfig", field(1, dynamic(config))))).get(1)
        out = self.call("Configure", field(1, "1.11.4") + field(2, prepared))
        errors = diagnostics(v for n, v in fields(out) if n == 1)
        if errors:
            raise RuntimeError(errors)

    def validate(self, kind, config):
        out = self.call("ValidateResourceTypeConfig", field(1, kind) + field(2, dynamic(config)) + field(3, flag(2)))
        return diagnostics(v for n, v in fields(out) if n == 1)

    def plan(self, kind, config):
        """(planned values, errors); a resource that does not exist yet."""
        out = self.call("PlanResourceChange", field(1, kind) + field(2, dynamic(None)) + field(3, dynamic(config)) + field(4, dynamic(config)))
        planned, messages = None, []
        for n, v in fields(out):
            if n == 1:
                planned = unpack(dict(fields(v))[1])
            elif n == 4:
                messages.append(v)
        return planned, diagnostics(messages)

    def stop(self):
        self.process.terminate()
        self.process.wait()
