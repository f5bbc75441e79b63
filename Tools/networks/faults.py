"""What goes wrong, and when: one fault after the other, and several at once, from a seed."""
import random
import threading
import time

from .network import OFFICES
from .setting_up import ABOVE, NAMES

# How long each kind lasts, in seconds, and how often it comes.
KINDS = {
    "loss": (5, 25, 3), "delay": (5, 25, 3), "doubling": (5, 20, 1), "cut": (3, 30, 3),
    "one-way cut": (3, 30, 3), "alone": (3, 25, 2), "kill": (0, 12, 5), "kill all": (0, 5, 1),
    "stop": (0, 5, 1), "pause": (2, 60, 3), "full disk": (4, 25, 3), "clock": (10, 60, 3),
    "operator killed": (0, 0, 6),
}
PAUSE_SECONDS = (0.5, 4)
CLOCK_SECONDS = [-7200, -600, -30, -2, 2, 30, 600, 7200]


class Faults:
    def __init__(self, network, operators, seed):
        self.network, self.operators = network, operators
        self.chance = random.Random(f"{seed}/faults")
        self.counts = dict.fromkeys(KINDS, 0)
        self.begun = []  # (ends at, kind, place, how it is undone)
        self.log = open(network.home / "faults.log", "w")

    def run(self, until):
        while time.monotonic() < until:
            self._begin()
            pause = time.monotonic() + self.chance.uniform(*PAUSE_SECONDS)
            while time.monotonic() < min(pause, until):
                self._end(time.monotonic())
                for node in self.network.nodes.values():
                    node.watch()
                time.sleep(0.1)

    def heal(self):
        self._end(float("inf"))

    def _end(self, now):
        for fault in [fault for fault in self.begun if fault[0] <= now]:
            self.begun.remove(fault)
            fault[3]()
            self._note("ends", fault[1], fault[2])

    def _note(self, *words):
        print(f"{time.time():.2f}", *words, file=self.log, flush=True)

    def _begin(self):
        kind = self.chance.choices(list(KINDS), [kind[2] for kind in KINDS.values()])[0]
        place = self.chance.choice(list(NAMES))
        shortest, longest, _ = KINDS[kind]
        length = self.chance.uniform(shortest, longest)
        busy = {(fault[1], fault[2]) for fault in self.begun}
        family = self._family(kind)
        if any(self._family(other) == family and place == at for other, at in busy) \
                or family == "process" and any(other == "kill all" for other, _ in busy) \
                or kind == "kill all" and any(
                    self._family(other) == "process" for other, _ in busy):
            return
        undo = getattr(self, "_" + kind.replace(" ", "_").replace("-", "_"))(place)
        if undo is None:
            return
        self.counts[kind] += 1
        self._note("begins", kind, place, f"{length:.1f}")
        self.begun.append((time.monotonic() + length, kind, place, undo))

    @staticmethod
    def _family(kind):
        """Faults of one family at one place would undo each other."""
        if kind in ("kill", "kill all", "stop", "pause"):
            return "process"
        if kind in ("loss", "delay", "doubling", "cut", "one-way cut", "alone"):
            return "wire"
        return kind

    # The wire of a place: to the node above, and to its operators.

    def _neighbours(self, place):
        return [ABOVE.get(place), OFFICES][0 if place in ABOVE else 1:]

    def _wire(self, place, others, both=True, **rule):
        pairs = [(place, other) for other in others]
        if both:
            pairs += [(other, place) for other in others]
        for pair in pairs:
            self.network.direct(*pair, **rule)
        return lambda: [self.network.direct(*pair) for pair in pairs]

    def _loss(self, place):
        return self._wire(place, self._neighbours(place), loss=self.chance.uniform(0.02, 0.3))

    def _delay(self, place):
        delay = self.chance.uniform(0.02, 0.6)
        return self._wire(place, self._neighbours(place), delay=delay, jitter=delay)

    def _doubling(self, place):
        return self._wire(place, self._neighbours(place), twice=0.3)

    def _cut(self, place):
        return self._wire(place, [self.chance.choice(self._neighbours(place))], cut=True)

    def _one_way_cut(self, place):
        other = self.chance.choice(self._neighbours(place))
        source, destination = self.chance.sample([place, other], 2)
        return self._wire(source, [destination], both=False, cut=True)

    def _alone(self, place):
        return self._wire(place, [name for name in [*NAMES, OFFICES] if name != place], cut=True)

    # The process.

    def _kill(self, place):
        node = self.network.nodes[place]
        node.kill()
        return node.start

    def _kill_all(self, _):
        for node in self.network.nodes.values():
            node.kill()
        return lambda: [node.start() for node in self.network.nodes.values()]

    def _stop(self, place):
        node = self.network.nodes[place]
        # Stopping drains for some seconds; the others go on meanwhile.
        ending = threading.Thread(target=node.stop)
        ending.start()

        def undo():
            ending.join()
            node.start()
        return undo

    def _pause(self, place):
        node = self.network.nodes[place]
        node.pause(True)
        return lambda: node.pause(False)

    # The machine.

    def _full_disk(self, place):
        node = self.network.nodes[place]
        node.set_full(True)
        return lambda: node.set_full(False)

    def _clock(self, place):
        node = self.network.nodes[place]
        node.set_clock(self.chance.choice(CLOCK_SECONDS))
        return lambda: node.set_clock(0)

    def _operator_killed(self, place):
        self.operators[place].kill_program()
        return lambda: None
