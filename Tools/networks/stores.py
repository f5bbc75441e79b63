"""Reads the nodes' stores, without any of the product's code.

What is read here is Protos/item.proto and PROTOCOL.md ("The digest of an event") written a second
time, so that a fault of the product's reading does not hide in the check of it.
"""
import dataclasses
import datetime
import hashlib
import sqlite3

ENTERED, SUBMITTED, RELAYED, DELIVERED, RECEIVED = 1, 2, 3, 4, 5
ASSIGNED, SEARCHED, ANSWERED, CLOSED, REFUSED, TAKEN_BACK = 6, 7, 8, 9, 10, 11
# The states have numbers of their own: each with the kind of the event that leads to it.
LED_TO_BY = {1: ENTERED, 2: SUBMITTED, 3: RELAYED, 4: DELIVERED, 5: RECEIVED, 6: ASSIGNED,
             7: ANSWERED, 8: CLOSED, 9: REFUSED}
STATE_REFUSED, STATE_WITHDRAWN = 9, 10


def fields(message):
    """The fields of a protobuf message, as (number, value); bytes for nested ones and texts."""
    place = 0

    def varint():
        nonlocal place
        value = shift = 0
        while True:
            byte = message[place]
            place += 1
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value

    while place < len(message):
        key = varint()
        if key & 7 == 0:
            yield key >> 3, varint()
        elif key & 7 == 2:
            length = varint()
            yield key >> 3, message[place:place + length]
            place += length
        else:
            length = 8 if key & 7 == 1 else 4
            yield key >> 3, message[place:place + length]
            place += length


def field(message, *path):
    """The value at a path of field numbers; empty where it is not there."""
    for number in path:
        message = dict(fields(message)).get(number, b"")
    return message


@dataclasses.dataclass(frozen=True)
class Event:
    id: bytes
    item: bytes
    kind: int
    at: int
    account: str
    role: str
    division: str
    note: str
    body: bytes
    follows: bytes

    @property
    def digest(self):
        data = b"xiecha event 1" + self.id + self.item
        data += self.kind.to_bytes(8, "big") + self.at.to_bytes(8, "big", signed=True)
        for text in (self.account, self.role, self.division, self.note):
            data += len(text.encode()).to_bytes(8, "big") + text.encode()
        data += (len(self.follows) // 32).to_bytes(8, "big") + self.follows
        return hashlib.sha256(data + hashlib.sha256(self.body).digest()).digest()


@dataclasses.dataclass
class Item:
    row: dict
    events: list

    @property
    def written(self):
        """The item as its author wrote it."""
        return next((event.body for event in self.events if event.kind == ENTERED), b"")

    @property
    def citizen_id(self):
        return bytes(field(self.written, 7, 2)).decode()


class Store:
    """What one node has on its disk."""

    def __init__(self, path):
        database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        database.row_factory = sqlite3.Row
        self.items = {}
        numbers = {}
        for row in database.execute("SELECT * FROM item"):
            numbers[row["number"]] = row["id"]
            self.items[row["id"]] = Item(dict(row), [])
        self.strays = 0  # events of no item
        for row in database.execute("SELECT * FROM item_event ORDER BY number"):
            item = numbers.get(row["item"])
            if item is None:
                self.strays += 1
                continue
            self.items[item].events.append(
                Event(row["id"], item, row["kind"], row["at"], row["account"], row["role"],
                      row["division"], row["note"], row["body"], row["follows"]))
        self.waiting = database.execute("SELECT count(*) FROM outbox").fetchone()[0]
        self.set_aside = [tuple(row) for row in database.execute(
            "SELECT peer, reason, field, text FROM quarantine")]
        self.objections = [tuple(row) for row in database.execute(
            "SELECT peer, reason, field, text FROM objection")]
        self.letters = {}
        for row in database.execute(
                "SELECT l.id, l.peer, l.issuer, l.addressee, e.step, e.body, e.at, e.division"
                " FROM letter l JOIN letter_event e ON e.letter = l.number"):
            letter = self.letters.setdefault(row["id"], {"peer": row["peer"], "steps": set()})
            letter["steps"].add((row["step"], row["at"], row["division"], row["body"]))
        self.purposes = {row[0] for row in database.execute("SELECT purpose FROM trace")}
        [self.soundness] = database.execute("PRAGMA integrity_check").fetchone()
        database.close()

    def of_person(self):
        """The items of each person, by number."""
        people = {}
        for item in self.items.values():
            people.setdefault(item.citizen_id, []).append(item)
        return people


def movement(path):
    """How much has happened at a node, and what it still has to tell: cheap enough to ask often."""
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=10)
    try:
        one = database.execute(
            "SELECT (SELECT count(*) FROM item_event), (SELECT count(*) FROM letter_event),"
            " (SELECT count(*) FROM outbox)").fetchone()
    finally:
        database.close()
    return one


def untaken(path):
    """For whom events wait, and how many."""
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=10)
    try:
        return database.execute(
            "SELECT division, count(*) FROM outbox JOIN outbox_peer ON number = peer"
            " GROUP BY division").fetchall()
    finally:
        database.close()


def china_day(milliseconds):
    """The day in China as yyyymmdd."""
    moment = datetime.datetime.fromtimestamp(
        milliseconds / 1000, datetime.timezone(datetime.timedelta(hours=8)))
    return int(moment.strftime("%Y%m%d"))
