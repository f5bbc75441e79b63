#!/usr/bin/python3
"""A reader of histories, written from PROTOCOL.md alone (section 17): proves each event of an item
by its seal, folds what is proven into the item's state, and compares where a file says what is to
come out. Exit status: 0 done, 1 something else came out. A file has on each line one of these:
    between 440306 441702 feedback   asking county, asked county, feedback or receipt
    authority HEX                    a trust root, in DER
    revoked HEX                      a list of revoked certificates, in DER
    certificate HEX [HEX...]         a signer's, then the authorities between it and the root
    event HEX                        an ItemEvent as it travels
    = 1 entered 440306018: counts    a line that is to come out
"""
import calendar
import hashlib
import importlib
import itertools
import pathlib
import struct
import subprocess
import sys
import tempfile

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from google.protobuf.message import DecodeError

# The kinds by number, with the states after which each may come; a state is named by its kind.
AFTER = {
    "none": "", "entered": "none", "submitted": "entered", "relayed": "submitted relayed",
    "delivered": "relayed", "received": "delivered", "assigned": "received assigned closed",
    "searched": "received assigned", "answered": "received assigned",
    "closed": "received assigned answered", "refused": "submitted relayed",
    "takenBack": "entered submitted relayed delivered received assigned answered closed refused",
    "rightAsked": "relayed delivered received assigned answered closed refused withdrawn",
    "rightDecided": "relayed delivered received assigned answered closed refused withdrawn",
}
# The kinds that bring about no state.
STATELESS = ("searched", "takenBack", "rightAsked", "rightDecided")
# The states in which an event of a kind can be taken back.
UNTIL = {
    "entered": "entered submitted relayed delivered received assigned refused",
    "assigned": "assigned closed", "searched": "received assigned", "answered": "answered",
    "closed": "closed",
}
NAMES = list(AFTER)
# To read the detail of an event as the bytes that came.
RAW = ('syntax = "proto3"; message Raw { oneof detail { bytes entered = 10; bytes submitted = 11; '
       "bytes assigned = 12; bytes searched = 13; bytes answered = 14; bytes refused = 15; "
       "bytes takenBack = 16; bytes rightAsked = 17; bytes rightDecided = 18; } }")


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def u64(number):
    return struct.pack(">Q", number % 2**64)


class Event:
    """An event as it came, its digest, and why it is no part of the history, if it is none."""

    def __init__(self, data, item_pb2, raw_pb2):
        self.message, self.raw, self.digest = item_pb2.ItemEvent(), raw_pb2.Raw(), None
        try:
            self.message.ParseFromString(data)
            self.raw.ParseFromString(data)
        except DecodeError:
            self.message.Clear()
        self.kind, self.at, self.actor = self.message.kind, self.message.at, self.message.actor
        self.name = NAMES[self.kind] if 0 < self.kind < len(NAMES) else "unknown"
        self.division, self.follows = self.actor.division, set(self.message.follows)
        self.aside = self.refused()

    def refused(self):
        """Finds the digest; else why the event cannot be taken."""
        message, actor, detail = self.message, self.actor, self.raw.WhichOneof("detail")
        if self.name == "unknown" or not (actor.account and actor.role and actor.division):
            return "malformed-message"
        if {len(message.id), len(message.item_id)} != {16} or {*map(len, self.follows)} - {32}:
            return "wrong-length"
        if detail != (self.name if f" {self.name} " in RAW else None):
            return "detail-missing"
        words = map(str.encode, (actor.account, actor.role, actor.division, message.note))
        self.digest = sha256(
            b"xiecha event 1", message.id, message.item_id, u64(self.kind), u64(self.at),
            *(u64(len(word)) + word for word in words), u64(len(message.follows)),
            *message.follows, sha256(getattr(self.raw, detail) if detail else b""))
        return None


def root_of(value, place, entries, path):
    """The root that a path leads to (RFC 9162, section 2.1.3.2); None when it leads nowhere."""
    last = entries - 1
    if place > last:
        return None
    for other in path:
        if last == 0:
            return None
        if place & 1 or place == last:
            value = sha256(b"\x01", other, value)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            value = sha256(b"\x01", value, other)
        place, last = place >> 1, last >> 1
    return value if last == 0 else None


def milliseconds(moment):
    return calendar.timegm(moment.timetuple()) * 1000


def signed_by(issuer, signature, data, digest=hashes.SHA256()):
    """Whether the key of a certificate made a signature: by ECDSA, other keys are not read."""
    try:
        issuer.public_key().verify(signature, data, ec.ECDSA(digest))
        return True
    except (InvalidSignature, TypeError, AttributeError):
        return False


def issued(issuer, certificate):
    return certificate.issuer == issuer.subject and signed_by(
        issuer, certificate.signature, certificate.tbs_certificate_bytes,
        certificate.signature_hash_algorithm)


def extension(certificate, kind):
    return next((e.value for e in certificate.extensions if isinstance(e.value, kind)), None)


def division_of(certificate):
    """What the one URI of its subject alternative name says (section 2), or nothing."""
    names = extension(certificate, x509.SubjectAlternativeName)
    uris = names.get_values_for_type(x509.UniformResourceIdentifier) if names else []
    codes = [uri[16:] for uri in uris if uri.startswith("xiecha:division:")]
    return codes[0] if len(codes) == 1 else ""


def is_province(division):
    """Whether a code is a province's: its last four digits are 0."""
    return len(division) == 6 and division.endswith("0000")


class Trust:
    """The trust roots, the lists of what was revoked, the certificates that were shown."""

    def __init__(self, roots, lists, shown):
        self.roots, self.lists = roots, lists
        self.shown = {chain[0].fingerprint(hashes.SHA256()): chain for chain in shown}

    def chain(self, fingerprint):
        """A certificate, at most two authorities above it, a trust root; nothing without one."""
        shown = self.shown.get(fingerprint, [])[:3]
        for count, top in enumerate(shown, 1):
            limits = extension(top, x509.BasicConstraints)
            if count > 1 and not (limits and limits.ca and issued(top, shown[count - 2])):
                break
            for root in self.roots:
                if issued(root, top):
                    return shown[:count] + [root]
        return []

    def revoked(self, chain, time):
        """Whether one of a chain was revoked by then, by a list of its issuer."""
        for (below, issuer), crl in itertools.product(zip(chain, chain[1:]), self.lists):
            entry = crl.get_revoked_certificate_by_serial_number(below.serial_number)
            if entry and milliseconds(entry.revocation_date) <= time and crl.is_signature_valid(
                    issuer.public_key()):
                return True
        return False

    def prove(self, event):
        """That its actor's node has written an event, as the seal says; else why not."""
        seal = event.message.seal
        if len(seal) < 90 or len(seal) < 90 + 32 * seal[89] or seal[0] != 1:
            return "false-seal" if seal else "unsealed"
        fingerprint, number, time, log, place, entries, count = struct.unpack_from(
            ">x32s8sQ32sIIB", seal)
        path = [seal[at:at + 32] for at in range(90, 90 + 32 * count, 32)]
        page = root_of(sha256(b"\x00W", event.digest), place, entries, path)
        chain = page and self.chain(fingerprint)
        if not chain:
            return "false-seal" if page is None else "unknown-signer"
        division, second = division_of(chain[0]), time // 1000 * 1000
        above = not is_province(division) and event.division.startswith(division)
        if division != event.division and not above:
            return "wrong-division"
        start, end = chain[0].not_valid_before, chain[0].not_valid_after
        if not milliseconds(start) <= second <= milliseconds(end):
            return "certificate-out-of-date"
        if self.revoked(chain, second):
            return "certificate-revoked"
        signed = b"xiecha log 1" + number + u64(time) + page + log + fingerprint
        return None if signed_by(chain[0], seal[90 + 32 * count:], signed) else "false-seal"


class History:
    """The proven events of an item by their digests, and what they come to."""

    def __init__(self, asking, asked, answer):
        self.asking, self.asked, self.must_be_answered = asking, asked, answer == "feedback"
        self.events, self.reasons = {}, {}
        self.behind = {}  # of each event that was judged: all that its author had seen
        self.permitted = {}  # the events that meet all rules but that on rivals

    def named(self, digests, name):
        return {digest for digest in digests if self.events[digest].name == name}

    def sight(self, digests):
        """Of events that may be brought about: why some have no effect, and the state of the item."""
        losses, withdrawals = {}, set()
        for digest in self.named(digests, "takenBack"):
            target = self.events[digest].message.taken_back.event
            rivals = {why for other in digests if (why := self.rival(digest, other))}
            if target not in digests:
                continue
            if rivals:
                losses[digest] = "done-twice" if "done-twice" in rivals else "done-before"
            elif self.events[target].name == "entered":
                withdrawals.add(digest)
            else:
                losses[target] = "taken-back"
        if "taken-back" in losses.values() and self.must_be_answered:
            answers = self.named(digests - losses.keys(), "answered")
            losses |= {digest: "taken-back" for digest in self.named(digests, "closed")
                       if not answers & self.behind[digest]}
        if withdrawals:
            known = withdrawals.union(*(self.behind[digest] for digest in withdrawals))
            losses |= {digest: "withdrawn" for digest in digests - known - losses.keys()
                       if self.events[digest].name not in ("entered", "rightAsked", "rightDecided")}
        arrived = self.named(digests - losses.keys(), "delivered")
        losses |= {digest: "done-before" for digest in self.named(digests, "refused")
                   if arrived - self.behind[digest] and digest not in losses}
        kinds = [self.events[digest].kind for digest in digests - losses.keys()]
        state = NAMES[max((kind for kind in kinds if NAMES[kind] not in STATELESS), default=0)]
        return losses, "withdrawn" if withdrawals else state

    def rival(self, digest, other):
        """Why an event takes nothing back for another of which it did not know; None where not."""
        event, rival = self.events[digest], self.events[other]
        target = event.message.taken_back.event
        if (rival.message.taken_back.event == target or other in self.behind[digest]
                or digest in self.behind[other]):
            return None
        if rival.division == event.division:
            return "done-twice"
        sent = rival.name == "submitted" and event.division != self.asking
        entry = target in self.events and self.events[target].name == "entered"
        return "done-before" if sent and entry else None

    def followed(self, event):
        """What an event follows; one from before `follows` is put behind its like by kind."""
        if event.follows or event.name == "entered":
            return event.follows
        return {other.digest for other in self.events.values() if not other.follows and (
            other.kind < event.kind or other.kind == event.kind and other.at < event.at)}

    def fold(self):
        """Judges each event behind what it follows, else by its place; returns the heads."""
        follows = {digest: self.followed(event) for digest, event in self.events.items()}
        heads = self.events.keys() - set().union(*follows.values())
        while ready := [self.events[digest] for digest, others in follows.items()
                        if digest not in self.reasons and others <= self.reasons.keys()]:
            event = min(ready, key=lambda e: (e.kind, len(e.division), e.digest))
            self.reasons[event.digest] = self.judge(event, follows[event.digest])
        losses, counting = self.sight(set(self.permitted))[0], {}
        for digest, event in self.permitted.items():
            if digest in losses:
                self.reasons[digest] = losses[digest]
                continue
            deed = (event.name, event.message.taken_back.event, event.message.right_decided.request,
                    event.division if event.name == "rightDecided" else "")
            rival = counting.setdefault(deed, event)
            if rival is not event and event.name not in (
                    "relayed", "assigned", "searched", "rightAsked"):
                same = rival.division == event.division
                self.reasons[digest] = "done-twice" if same else "done-before"
        return sorted(heads)

    def judge(self, event, follows):
        """Why an event may not be brought about; None when it may."""
        self.behind[event.digest] = follows.union(*(self.behind[digest] for digest in follows))
        seen = self.behind[event.digest] & self.permitted.keys()
        losses, state = self.sight(seen)
        past = seen - losses.keys()
        if not self.may(event, past):
            return "wrong-division"
        if state not in AFTER[event.name].split():
            return "wrong-state"
        if event.name == "closed" and self.must_be_answered and state != "answered":
            return "not-answered"
        if event.name == "answered" and not self.must_be_answered:
            return "no-feedback-required"
        failure = (event.name == "takenBack" and self.unrevoked(event, past, state)
                   or event.name.startswith("right") and self.unheard(event, past, state))
        if failure:
            return failure
        self.permitted[event.digest] = event
        return None

    def unheard(self, event, past, state):
        """Why what a person asks for is not taken up, or not decided; None when it is."""
        if event.name == "rightAsked":
            early = event.message.right_asked.right == 2 and state not in (
                "closed", "refused", "withdrawn")
            return "wrong-state" if early else None
        named = event.message.right_decided.request
        decided = {other.division: other.message.right_decided.granted
                   for other in (self.events[digest] for digest in self.named(past, "rightDecided"))
                   if other.message.right_decided.request == named}
        if named not in self.named(past, "rightAsked") or event.division in decided:
            return "not-awaited"
        asked = self.events[named]
        if event.division == asked.division:
            return "second-person" if event.actor.account == asked.actor.account else None
        return None if decided.get(asked.division) else "not-approved"

    def unrevoked(self, event, past, state):
        """Why an event does not take back what it names; None when it does."""
        named = event.message.taken_back.event
        if named not in past:
            return "nothing-to-take-back"
        target = self.events[named]
        if target.name not in UNTIL:
            return "cannot-be-taken-back"
        mine = event.division == target.division
        if target.name == "entered":
            mine = event.division == self.asking or mine and state == "entered"
        if not mine:
            return "wrong-division"
        return None if state in UNTIL[target.name].split() else "wrong-state"

    def may(self, event, past):
        """Whether a step is its actor's, as the actor had seen the item."""
        name, division = event.name, event.division
        if name == "takenBack":
            return division.startswith((self.asking, self.asked))
        if name.startswith("right"):
            return division in (self.asking, self.asked)
        if name in ("entered", "submitted", "closed"):
            return division == self.asking or (
                name == "entered" and division.startswith(self.asking))
        if name in ("relayed", "refused"):
            return is_province(division)
        if name in ("delivered", "received") or division == self.asked:
            return division == self.asked
        given = [event for digest, event in self.permitted.items()
                 if digest in past and event.name == "assigned"]
        to = given[-1].message.assigned if given else ""
        return division.startswith(self.asked) and len(to) >= 9 and (
            to.startswith(division) or division.startswith(to))


def read(path, modules):
    """What comes out of a file, line by line, and what is to come out."""
    lines = [line.split() for line in pathlib.Path(path).read_text(encoding="utf-8").splitlines()]
    values = {name: [[bytes.fromhex(value) for value in s[1:]] for s in lines if s[:1] == [name]]
              for name in ("authority", "revoked", "certificate", "event")}
    load = x509.load_der_x509_certificate
    trust = Trust([load(value) for value, in values["authority"]],
                  [x509.load_der_x509_crl(value) for value, in values["revoked"]],
                  [[load(value) for value in chain] for chain in values["certificate"]])
    history = History(*next(s[1:] for s in lines if s[:1] == ["between"]))
    events = [Event(value, *modules) for value, in values["event"]]
    return outcome(history, trust, events), [" ".join(s[1:]) for s in lines if s[:1] == ["="]]


def outcome(history, trust, events):
    """Proves and folds the events; a line for each, then those of the item."""
    known, lines = {}, []
    for event in events:
        event.aside = event.aside or trust.prove(event)
        # The first of an identity is known; it may come again, another one may not.
        if not event.aside and known.setdefault(event.message.id, event.digest) != event.digest:
            event.aside = "other-content"
        if not event.aside:
            history.events[event.digest] = event
    heads = history.fold()
    for number, event in enumerate(events, 1):
        reason = history.reasons.get(event.digest, "waits-for-earlier")
        became = f"set aside {event.aside}" if event.aside else reason and f"no effect {reason}"
        lines.append(f"{number} {event.name} {event.division or '-'}: {became or 'counts'}")
    lines.append(f"state {history.sight(set(history.permitted))[1]}")
    return [*lines, " ".join(["heads", *(digest.hex()[:8] for digest in heads)])]


def generated(protos):
    """The modules that protoc makes of item.proto and of RAW."""
    with tempfile.TemporaryDirectory(prefix="xiecha-protos-") as folder:
        pathlib.Path(folder, "raw.proto").write_text(RAW, encoding="utf-8")
        subprocess.run(["protoc", f"-I{protos}", f"-I{folder}", f"--python_out={folder}",
                        "records.proto", "item.proto", "raw.proto"], check=True)
        sys.path.insert(0, folder)
        return importlib.import_module("item_pb2"), importlib.import_module("raw_pb2")


def main():
    folders = pathlib.Path(__file__).resolve().parents
    modules = generated(next(folder for folder in folders if (folder / "item.proto").exists()))
    for path in sys.argv[1:]:
        lines, expected = read(path, modules)
        print(path, *lines, sep="\n")
        for line, other in itertools.zip_longest(lines, expected or lines, fillvalue="nothing"):
            if line != other:
                sys.exit(f"{path}: {line!r} where {other!r} was expected")


if __name__ == "__main__":
    main()
