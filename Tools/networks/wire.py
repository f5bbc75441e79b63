"""The network between the nodes: reads what each namespace sends, and passes it on badly.

Every namespace has a TUN device whose other end is here, so that loss, delay, reordering, doubling
and cuts are decided packet by packet and in one direction alone, from a seed, on kernels without
`netem` too. Run as a process of its own: `wire.py SEED NUMBER:FD…`. A line of JSON on standard
input sets what a direction does; at its end the process says what it did to how many packets.
"""
import heapq
import json
import os
import random
import selectors
import sys
import time

PACKET_BYTES = 65_536
# As a router's queue: beyond it packets are lost, which TCP knows how to bear.
QUEUED_PACKETS = 20_000
SOURCE, DESTINATION = 15, 19  # the last byte of each address in an IPv4 header


class Wire:
    def __init__(self, seed, ports):
        self.chance = random.Random(seed)
        self.ports = ports
        self.rules = {}
        self.waiting = []
        self.serial = 0
        self.counts = dict.fromkeys(("passed", "cut", "lost", "late", "doubled", "overrun"), 0)

    def obey(self, line):
        """`[[source, destination], {"cut", "loss", "delay", "jitter", "twice"}]`; seconds, shares."""
        (source, destination), rule = json.loads(line)
        self.rules[source, destination] = rule

    def take(self, packet, now):
        if len(packet) < 20 or packet[0] >> 4 != 4:
            return
        port = self.ports.get(packet[DESTINATION])
        if port is None:
            return
        rule = self.rules.get((packet[SOURCE], packet[DESTINATION]), {})
        if rule.get("cut"):
            self.counts["cut"] += 1
            return
        if self.chance.random() < rule.get("loss", 0):
            self.counts["lost"] += 1
            return
        copies = 2 if self.chance.random() < rule.get("twice", 0) else 1
        self.counts["doubled"] += copies - 1
        for _ in range(copies):
            delay = rule.get("delay", 0) + self.chance.random() * rule.get("jitter", 0)
            if delay == 0:
                self.put(port, packet)
            elif len(self.waiting) < QUEUED_PACKETS:
                self.serial += 1
                self.counts["late"] += 1
                heapq.heappush(self.waiting, (now + delay, self.serial, port, packet))
            else:
                self.counts["overrun"] += 1

    def put(self, port, packet):
        try:
            os.write(port, packet)
            self.counts["passed"] += 1
        except OSError:  # the namespace takes no more now: lost, as on any network
            self.counts["overrun"] += 1

    def run(self):
        ready = selectors.DefaultSelector()
        for port in self.ports.values():
            os.set_blocking(port, False)
            ready.register(port, selectors.EVENT_READ)
        os.set_blocking(0, False)
        ready.register(0, selectors.EVENT_READ)
        asked = b""
        while True:
            pause = max(0, self.waiting[0][0] - time.monotonic()) if self.waiting else None
            for key, _ in ready.select(pause):
                try:
                    data = os.read(key.fd, PACKET_BYTES)
                except OSError:
                    continue
                if key.fd != 0:
                    self.take(data, time.monotonic())
                    continue
                if not data:
                    return
                *lines, asked = (asked + data).split(b"\n")
                for line in lines:
                    self.obey(line)
            now = time.monotonic()
            while self.waiting and self.waiting[0][0] <= now:
                _, _, port, packet = heapq.heappop(self.waiting)
                self.put(port, packet)


def main():
    ports = dict(map(int, port.split(":")) for port in sys.argv[2:])
    wire = Wire(sys.argv[1], ports)
    wire.run()
    print(json.dumps(wire.counts), flush=True)


if __name__ == "__main__":
    main()
