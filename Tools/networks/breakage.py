"""Shows that the checker can fail: breaks copies of what a run has left, one way after the other.

Each breakage is what a fault of the product would leave behind. One that the checker does not
notice is a fault of the checker.
"""
import copy
import dataclasses

from .checker import check
from .setting_up import COUNTIES, PROVINCE
from .stores import ANSWERED, ENTERED, RECEIVED, SUBMITTED


def _some_item(evidence, node, kind):
    """An item at a node with an event of a kind, and that event."""
    for item in evidence.nodes[node].items.values():
        for event in item.events:
            if event.kind == kind:
                return item, event
    raise LookupError(f"nothing of kind {kind} at {node}: the run was too short")


COUNTY = next(iter(COUNTIES))
TOWN = COUNTIES[COUNTY][0]


def _item_lost_at_province(evidence):
    item, _ = _some_item(evidence, PROVINCE, SUBMITTED)
    del evidence.nodes[PROVINCE].items[item.row["id"]]


def _item_lost_where_entered(evidence):
    item, _ = _some_item(evidence, TOWN, ENTERED)
    del evidence.nodes[TOWN].items[item.row["id"]]


def _event_lost(evidence):
    item, event = _some_item(evidence, COUNTY, ANSWERED)
    item.events.remove(event)


def _event_lost_everywhere(evidence):
    _, event = _some_item(evidence, PROVINCE, RECEIVED)
    for store in evidence.nodes.values():
        if event.item in store.items:
            events = store.items[event.item].events
            events[:] = [other for other in events if other.id != event.id]


def _event_twice(evidence):
    item, event = _some_item(evidence, COUNTY, RECEIVED)
    item.events.append(dataclasses.replace(event, id=bytes(16), at=event.at + 1))


def _event_changed(evidence):
    item, event = _some_item(evidence, COUNTY, RECEIVED)
    item.events[item.events.index(event)] = dataclasses.replace(event, at=event.at + 1)


def _item_twice(evidence):
    item, _ = _some_item(evidence, COUNTY, ENTERED)
    twin = copy.deepcopy(item)
    evidence.nodes[COUNTY].items[bytes(16)] = twin


def _other_state(evidence):
    item, _ = _some_item(evidence, PROVINCE, ANSWERED)
    item.row["finding"] = 3 - item.row["finding"]


def _told_to_a_stranger(evidence):
    item, _ = _some_item(evidence, TOWN, ENTERED)
    other = COUNTIES[COUNTY][1]
    evidence.nodes[other].items[item.row["id"]] = copy.deepcopy(item)


def _figure_one_more(evidence):
    evidence.figures[0][1]["submitted"] += 1


def _never_at_rest(evidence):
    evidence.nodes[PROVINCE].waiting = 1


def _trace_lost(evidence):
    act = next(act for act in evidence.acts if act["act"] == "follow" and act["exit"] == 0)
    evidence.nodes[act["division"]].purposes.discard(act["purpose"])


def _shown_otherwise(evidence):
    evidence.follows[0][2]["events"].pop()


def _letter_lost(evidence):
    for store in evidence.nodes.values():
        for name, letter in store.letters.items():
            if letter["peer"] in evidence.nodes:
                evidence.nodes[letter["peer"]].letters.pop(name)
                return
    raise LookupError("no letter")


BREAKAGES = [
    _item_lost_at_province, _item_lost_where_entered, _event_lost, _event_lost_everywhere,
    _event_twice, _event_changed, _item_twice, _other_state, _told_to_a_stranger, _figure_one_more,
    _never_at_rest, _trace_lost, _shown_otherwise, _letter_lost,
]


def unnoticed(evidence):
    """How many breakages were tried, and the names of those that the checker did not notice."""
    before = len(list(check(evidence)))
    tried, missed = 0, []
    for breakage in BREAKAGES:
        broken = copy.deepcopy(evidence)
        try:
            breakage(broken)
        except (LookupError, StopIteration):
            continue
        tried += 1
        if len(list(check(broken))) <= before:
            missed.append(breakage.__name__.strip("_").replace("_", " "))
    return tried, missed
