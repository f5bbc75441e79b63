#!/usr/bin/python3
"""A caller of the protocol xiecha/1, written from PROTOCOL.md alone.

It connects to a node, signs in, asks who it is, has one call refused, and reads a list as a stream;
what it learned goes to standard output as one JSON object. Exit status: 0 done, 1 refused or cut by
the node (then the object holds "goAway"), 2 wrong usage.

The password comes from the environment variable XIECHA_PASSWORD, never as an argument. Debian
packages: python3-openssl (the ssl module of the standard library has no TLS exporter),
python3-protobuf, protobuf-compiler.
"""
import argparse
import base64
import hashlib
import hmac
import importlib
import json
import os
import pathlib
import secrets
import signal
import socket
import struct
import subprocess
import sys
import tempfile

from cryptography import x509
from OpenSSL import SSL

HELLO, AUTHENTICATE, REQUEST, MESSAGE, RESULT, CANCEL, CREDIT, PING, GOAWAY = range(1, 10)
END, WITH_MESSAGE = 1, 2
UNAUTHENTICATED_PAYLOAD, LONGEST_PAYLOAD = 4096, 1 << 20
# The least that may be announced, so that a list of a few items needs grants already.
CREDIT_WINDOW = 1024
STATUS = (
    "OK CANCELLED UNKNOWN INVALID_ARGUMENT DEADLINE_EXCEEDED NOT_FOUND ALREADY_EXISTS "
    "PERMISSION_DENIED RESOURCE_EXHAUSTED FAILED_PRECONDITION ABORTED OUT_OF_RANGE UNIMPLEMENTED "
    "INTERNAL UNAVAILABLE DATA_LOSS UNAUTHENTICATED"
).split()


class Failure(Exception):
    """A failure as it travels (section 3, RESULT)."""

    def __init__(self, payload):
        self.status, self.retry, length = struct.unpack_from(">BIB", payload)
        self.reason = payload[6:6 + length].decode()
        at = 6 + length
        self.field = payload[at + 1:at + 1 + payload[at]].decode()
        self.text = payload[at + 1 + payload[at]:].decode()
        super().__init__(f"{STATUS[self.status]} {self.reason}: {self.text}")

    def as_json(self):
        return {"status": STATUS[self.status], "reason": self.reason, "field": self.field}


class Refused(Failure):
    """The node ended a call; the connection goes on."""


class GoAway(Failure):
    """The node ended the connection."""


class Broken(Exception):
    """The node did not keep to the protocol, or is not the one called."""


class Connection:
    """TLS, frames and sign-in (sections 2 to 4)."""

    def __init__(self, host, port, trust, division):
        context = SSL.Context(SSL.TLS_METHOD)
        context.set_min_proto_version(SSL.TLS1_3_VERSION)
        context.load_verify_locations(trust)
        context.set_alpn_protos([b"xiecha/1"])

        def verify(_, certificate, error, depth, ok):
            return bool(ok) and (depth > 0 or divisions(certificate) == [division])

        context.set_verify(SSL.VERIFY_PEER, verify)
        self.tls = SSL.Connection(context, socket.create_connection((host, port)))
        self.tls.set_connect_state()
        self.tls.do_handshake()
        if self.tls.get_alpn_proto_negotiated() != b"xiecha/1":
            raise Broken("the node does not speak xiecha/1")
        self.longest = UNAUTHENTICATED_PAYLOAD
        self.last_stream = 0

    def send(self, kind, payload=b"", flags=0, stream=0):
        self.tls.sendall(struct.pack(">IBBI", len(payload), kind, flags, stream) + payload)

    def exactly(self, count):
        data = b""
        while len(data) < count:
            data += self.tls.recv(count - len(data))
        return data

    def receive(self):
        """The next frame that is not a ping."""
        while True:
            length, kind, flags, stream = struct.unpack(">IBBI", self.exactly(10))
            if length > self.longest:
                raise Broken("frame-too-long")
            payload = self.exactly(length)
            if kind == GOAWAY:
                raise GoAway(payload[4:])
            if kind == PING:
                if not flags & END:
                    self.send(PING, payload, END)
                continue
            return kind, flags, stream, payload

    def expect(self, kind, step=b""):
        frame = self.receive()
        if frame[0] != kind or not frame[3].startswith(step):
            raise Broken(f"frame {frame[0]} where {kind} was expected")
        return frame[3][len(step):]

    def sign_in(self, name, password):
        binding = self.tls.export_keying_material(b"EXPORTER-Channel-Binding", 32)
        saslname = name.replace("=", "=3D").replace(",", "=2C")
        nonce = base64.b64encode(secrets.token_bytes(18)).decode()
        header, bare = "p=tls-exporter,,", f"n={saslname},r={nonce}"
        limits = struct.pack(">HIIII", 1, LONGEST_PAYLOAD, 0, CREDIT_WINDOW, 90_000)
        self.send(HELLO, limits)
        self.send(AUTHENTICATE, b"\x01" + (header + bare).encode())
        self.expect(HELLO)
        first = self.expect(AUTHENTICATE, b"\x02").decode()
        values = dict(part.split("=", 1) for part in first.split(","))
        both, salt, count = values["r"], base64.b64decode(values["s"]), int(values["i"])
        if not both.startswith(nonce) or not 4096 <= count <= 10_000_000:
            raise Broken("a challenge out of bounds")
        bound = base64.b64encode(header.encode() + binding).decode()
        without_proof = f"c={bound},r={both}"
        signed = ",".join([bare, first, without_proof]).encode()
        salted = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, count)
        client_key = hmac.digest(salted, b"Client Key", "sha256")
        stored_key = hashlib.sha256(client_key).digest()
        signature = hmac.digest(stored_key, signed, "sha256")
        proof = base64.b64encode(bytes(a ^ b for a, b in zip(client_key, signature))).decode()
        self.send(AUTHENTICATE, b"\x03" + f"{without_proof},p={proof}".encode())
        server_key = hmac.digest(salted, b"Server Key", "sha256")
        expected = b"v=" + base64.b64encode(hmac.digest(server_key, signed, "sha256"))
        if not hmac.compare_digest(self.expect(AUTHENTICATE, b"\x04"), expected):
            raise Broken("server-not-proven")
        self.longest = LONGEST_PAYLOAD

    def open(self, method, request, milliseconds):
        self.last_stream += 1
        head = struct.pack(">II", number(method), milliseconds)
        self.send(REQUEST, head + request.SerializeToString(), END | WITH_MESSAGE, self.last_stream)
        return self.last_stream

    def call(self, method, request, reply, milliseconds=10_000):
        """A unary call (section 5)."""
        stream = self.open(method, request, milliseconds)
        kind, flags, of, payload = self.receive()
        if (kind, of) != (RESULT, stream):
            raise Broken("a frame that belongs to no call")
        if payload[0]:
            raise Refused(payload)
        reply.ParseFromString(payload[1:])
        return reply

    def stream(self, method, request, reply_type, milliseconds=0):
        """A server-streaming call; grants credit as messages are taken (section 6)."""
        stream, taken = self.open(method, request, milliseconds), 0
        while True:
            kind, flags, of, payload = self.receive()
            if of != stream or kind not in (MESSAGE, RESULT):
                raise Broken("a frame that belongs to no call")
            if kind == RESULT:
                if payload[0]:
                    raise Refused(payload)
                return
            yield reply_type.FromString(payload)
            taken += 10 + len(payload)
            if taken * 2 >= CREDIT_WINDOW:
                self.send(CREDIT, struct.pack(">I", taken), stream=stream)
                taken = 0

    def close(self):
        reason = b"done"
        failure = struct.pack(">BIB", 1, 0, len(reason)) + reason + b"\x00"
        self.send(GOAWAY, struct.pack(">I", 0) + failure)
        self.tls.shutdown()


def divisions(certificate):
    """What the URIs of a certificate's subject alternative name say (section 2)."""
    names = certificate.to_cryptography().extensions.get_extension_for_class(
        x509.SubjectAlternativeName)
    uris = names.value.get_values_for_type(x509.UniformResourceIdentifier)
    prefix = "xiecha:division:"
    return [uri[len(prefix):] for uri in uris if uri.startswith(prefix)]


def number(method):
    """FNV-1a, 32 bit (section 16)."""
    value = 0x811C9DC5
    for byte in method.encode():
        value = (value ^ byte) * 0x01000193 % 2**32
    return value


def messages(protos):
    """The module that protoc makes of operator.proto."""
    directory = tempfile.TemporaryDirectory(prefix="xiecha-protos-")
    names = ["records.proto", "item.proto", "operator.proto"]
    command = ["protoc", f"--proto_path={protos}", f"--python_out={directory.name}", *names]
    subprocess.run(command, check=True)
    sys.path.insert(0, directory.name)
    with directory:
        return importlib.import_module("operator_pb2")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--host", required=True)
    parser.add_argument("--port", required=True, type=int)
    parser.add_argument("--trust", required=True, help="the trust roots, in PEM")
    parser.add_argument("--division", required=True, help="whose node must answer")
    parser.add_argument("--account", required=True)
    options = parser.parse_args()
    password = os.environ.get("XIECHA_PASSWORD")
    if password is None:
        parser.error("set XIECHA_PASSWORD")
    signal.alarm(60)
    pb = messages(pathlib.Path(__file__).resolve().parents[2])
    learned = {}
    try:
        node = Connection(options.host, options.port, options.trust, options.division)
        node.sign_in(options.account, password)
        me = node.call("xiecha.v1.Account/WhoAmI", pb.WhoAmIRequest(), pb.WhoAmIReply())
        learned["whoAmI"] = {
            "account": me.actor.account, "role": me.actor.role, "node": me.node}
        try:
            node.call("xiecha.v1.Items/Follow", pb.FollowRequest(id=b"short"), pb.FollowReply())
        except Refused as failure:
            learned["refused"] = failure.as_json()
        listing = pb.ListRequest(box=pb.BOX_IN)
        learned["items"] = [
            reply.item.id.hex()
            for reply in node.stream("xiecha.v1.Items/List", listing, pb.ListReply)]
        node.close()
    except GoAway as failure:
        learned["goAway"] = failure.as_json()
    except (Broken, SSL.Error, OSError) as error:
        learned["broken"] = f"{type(error).__name__}: {error}"
    print(json.dumps(learned, ensure_ascii=False))
    return 1 if "goAway" in learned or "broken" in learned else 0


if __name__ == "__main__":
    sys.exit(main())
