"""Holds the stores at rest to the histories of the operators, and to each other.

`check` takes plain values and gives what is wrong, so that it can be shown what is broken on
purpose (breakage.py) as well as what a run has left.
"""
import collections
import dataclasses

from .setting_up import ABOVE, COUNTIES, PROVINCE
from . import stores
from .stores import (
    ANSWERED, ASSIGNED, CLOSED, DELIVERED, ENTERED, LED_TO_BY, RECEIVED, REFUSED, RELAYED, SEARCHED,
    STATE_REFUSED, STATE_WITHDRAWN, SUBMITTED, TAKEN_BACK, field)

# What an act writes, in the words of the program and of the store.
KIND_OF = {"send": SUBMITTED, "receive": RECEIVED, "assign": ASSIGNED, "close": CLOSED,
           "search": SEARCHED, "answer": ANSWERED, "take-back": TAKEN_BACK}
# Columns of an item's row that follow from its events alone.
FOLDED = ["state", "assigned_to", "submitted", "due", "feedback_required", "cycle", "finding",
          "substantiated", "heads", "time_submitted", "time_relayed", "time_delivered",
          "time_received", "time_assigned", "time_answered", "time_closed", "time_withdrawn"]
ONCE = [ENTERED, SUBMITTED, RELAYED, DELIVERED, RECEIVED, REFUSED]
ONCE_UNLESS_TAKEN_BACK = [ASSIGNED, ANSWERED, CLOSED]


@dataclasses.dataclass
class Evidence:
    """What a run leaves: `acts` of operators, `nodes` the stores by division, what the programs
    answered at rest, and what became of the processes."""
    acts: list
    nodes: dict
    follows: list  # (division, item, the answer)
    figures: list  # (node, the answer's line)
    processes: list  # what is wrong with how they ran and ended, in words


class Findings:
    def __init__(self):
        self.lost, self.twice, self.violations = [], [], []

    def __iter__(self):
        return iter(self.lost + self.twice + self.violations)


def check(evidence):
    found = Findings()
    found.violations += evidence.processes
    _promises(evidence, found)
    for division, store in evidence.nodes.items():
        _node(division, store, found)
    _agreement(evidence.nodes, found)
    _letters(evidence.nodes, found)
    _follows(evidence, found)
    _figures(evidence, found)
    return found


def _promises(evidence, found):
    """What was acknowledged to an operator is on the disk of that operator's node."""
    people = {division: store.of_person() for division, store in evidence.nodes.items()}
    promised = collections.Counter()
    for act in evidence.acts:
        division, store = act["division"], evidence.nodes[act["division"]]
        if act["act"] == "import" and act["exit"] in (0, 5):
            if act["said"] and act["said"][0]["rejected"]:
                found.violations.append(f"{division}: good rows were rejected: {act['said'][0]}")
                continue
            for number in act["numbers"]:
                if number not in people[division]:
                    found.lost.append(f"{division}: the row of {number} was taken and is not there")
        elif act["act"] in ("send", "receive", "assign", "close"):
            for line in act["said"]:
                if line.get("done"):
                    promised[division, bytes.fromhex(line["id"].replace("-", "")), act["act"]] += 1
        elif act["act"] in KIND_OF and act["exit"] == 0:
            promised[division, bytes.fromhex(act["item"].replace("-", "")), act["act"]] += 1
        elif act["act"] == "report" and act["exit"] == 0 and act["arguments"][0] != "list":
            letter = store.letters.get(bytes.fromhex(act["said"][0]["letter"].replace("-", "")))
            step = 1 if act["arguments"][0] == "make" else 3
            if letter is None or step not in {kept for kept, *_ in letter["steps"]}:
                found.lost.append(f"{division}: a letter is not as was said: {act['said'][0]}")
        elif act["act"] == "follow" and act["exit"] == 0 and act["purpose"] not in store.purposes:
            found.lost.append(f"{division}: a reading has left no trace: {act['purpose']}")
    for (division, item, act), times in promised.items():
        events = evidence.nodes[division].items[item].events \
            if item in evidence.nodes[division].items else []
        written = sum(event.kind == KIND_OF[act] and event.division == division for event in events)
        if written < times:
            found.lost.append(
                f"{division}: {act} of {item.hex()} was done {times} times, {written} kept")


def _node(division, store, found):
    """What each node holds by itself: sound, at rest, nothing twice, every history whole."""
    if store.soundness != "ok" or store.strays:
        found.violations.append(f"{division}: the store is not sound: {store.soundness}")
    if store.waiting:
        found.violations.append(f"{division}: {store.waiting} events were never taken")
    for peer, *why in store.set_aside:
        found.violations.append(f"{division}: set aside what came from {peer}: {' '.join(why)}")
    for peer, *why in store.objections:
        found.violations.append(f"{division}: {peer} objects: {' '.join(why)}")
    for number, items in store.of_person().items():
        if len(items) > 1:
            found.twice.append(f"{division}: {number} is there {len(items)} times")
    for name, item in store.items.items():
        _history(f"{division}: {name.hex()}", item, found)


def _history(name, item, found):
    digests = {event.digest: event for event in item.events}
    kinds = collections.Counter(event.kind for event in item.events)
    taken_back = collections.Counter()
    for event in item.events:
        follows = [event.follows[at:at + 32] for at in range(0, len(event.follows), 32)]
        if event.kind == TAKEN_BACK:
            taken = digests.get(field(event.body, 1))
            taken_back[taken.kind if taken else None] += 1
        if event.kind != ENTERED and not follows or any(seen not in digests for seen in follows):
            found.lost.append(f"{name}: an event follows what is not there")
    for kind in ONCE:
        if kinds[kind] > 1:
            found.twice.append(f"{name}: {kinds[kind]} events of kind {kind}")
    for kind in ONCE_UNLESS_TAKEN_BACK:
        if kinds[kind] > 1 + taken_back[kind]:
            found.twice.append(f"{name}: {kinds[kind]} events of kind {kind}")
    if kinds[ENTERED] != 1:
        found.lost.append(f"{name}: the entry is not there")
    state = item.row["state"]
    if state == STATE_WITHDRAWN and not taken_back[ENTERED]:
        found.violations.append(f"{name}: withdrawn, and nobody took the entry back")
    kind = LED_TO_BY.get(state)
    if kind and kinds[kind] <= taken_back[kind]:
        found.violations.append(f"{name}: state {state} without its event")


def _holders(item):
    """Who should have an item: all of its history, or only part of it."""
    whole, part = {item.row["from_county"]}, set()
    if item.row["entered_at"] in ABOVE:
        whole.add(item.row["entered_at"])
    kinds = {event.kind for event in item.events}
    if SUBMITTED in kinds:
        whole.add(PROVINCE)
    if RELAYED in kinds:
        whole.add(item.row["to_county"])
    for event in item.events:
        if event.kind == ASSIGNED:
            town = event.body.decode()[:9]
            (whole if item.row["assigned_to"].startswith(town) else part).add(town)
    return whole, part - whole


def _agreement(nodes, found):
    """Everybody who should have an item has it, with the same history; nobody else has."""
    at = collections.defaultdict(dict)
    for division, store in nodes.items():
        for name, item in store.items.items():
            at[name][division] = item
    for name, held in at.items():
        fullest = max(held.values(), key=lambda item: len(item.events))
        whole, part = _holders(fullest)
        history = {event.digest for item in held.values() for event in item.events}
        for division in whole - held.keys():
            found.lost.append(f"{division}: {name.hex()} is not there, but at {sorted(held)}")
        for division in held.keys() - whole - part:
            found.violations.append(f"{division}: {name.hex()} is there and is not theirs")
        for division, item in held.items():
            own = {event.digest for event in item.events}
            if division in whole and own != history:
                kinds = sorted({event.kind for other in held.values() for event in other.events
                                if event.digest not in own})
                found.lost.append(f"{division}: {name.hex()} lacks events of kinds {kinds}")
            elif division in whole:
                differing = [column for column in FOLDED
                             if item.row[column] != fullest.row[column]]
                if differing and len(fullest.events) == len(item.events):
                    found.violations.append(
                        f"{division}: {name.hex()} stands otherwise than elsewhere: {differing}")


def _letters(nodes, found):
    """Both offices hold the same letter with the same steps."""
    for division, store in nodes.items():
        for name, letter in store.letters.items():
            if letter["peer"] not in nodes:
                continue
            other = nodes[letter["peer"]].letters.get(name)
            if other is None:
                found.lost.append(
                    f"{letter['peer']}: the letter {name.hex()} of {division} is not there")
            elif other["steps"] != letter["steps"]:
                found.violations.append(
                    f"{division}: {name.hex()} has other steps at {letter['peer']}")


def _follows(evidence, found):
    """What operators are shown is the same everywhere, and is what lies on disk."""
    shown = {}
    for division, name, answer in evidence.follows:
        events = [(event["id"], event["kind"], event["counts"]) for event in answer["events"]]
        state = answer["item"]["state"]
        kept = evidence.nodes[division].items[bytes.fromhex(name.replace("-", ""))]
        if {event.id.hex() for event in kept.events} != {
                event[0].replace("-", "") for event in events}:
            found.violations.append(f"{division}: {name}: follow shows other events than are kept")
        if shown.setdefault(name, (events, state)) != (events, state):
            found.violations.append(
                f"{division}: {name}: follow shows another history than elsewhere")


def _figures(evidence, found):
    """The figures are those that the items of the same node make."""
    for node, line in evidence.figures:
        own = _recount(evidence.nodes[node], line["division"], line["cycle"], line["asOf"])
        for measure, value in own.items():
            if line[measure] != value:
                found.violations.append(
                    f"{node}: {measure} of {line['division']} is {line[measure]}, "
                    f"its items make {value}")


def _recount(store, county, cycle, as_of):
    day = int(as_of.replace("-", ""))

    def happened(row, step):
        return row[f"time_{step}"] and max(
            stores.china_day(row[f"time_{step}"]), row["submitted"]) <= day

    figures = collections.Counter(submitted=0, asked=0, feedbackRequired=0, receivedInCycle=0,
                                  fedBackInCycle=0, notFound=0, substantiated=0)
    for item in store.items.values():
        row = item.row
        if not 0 < row["submitted"] <= day or row["state"] in (STATE_REFUSED, STATE_WITHDRAWN) \
                or row["cycle"] != cycle:
            continue
        figures["submitted"] += row["from_county"] == county
        if row["to_county"] != county:
            continue
        figures["asked"] += 1
        figures["receivedInCycle"] += bool(happened(row, "received"))
        if not row["feedback_required"]:
            continue
        figures["feedbackRequired"] += 1
        if happened(row, "answered"):
            figures["fedBackInCycle"] += 1
            figures["notFound"] += row["finding"] == 2
            figures["substantiated"] += row["substantiated"]
    return figures


def counties_of(node):
    """Whose figures a node is asked for."""
    return list(COUNTIES) if node == PROVINCE else [node]
