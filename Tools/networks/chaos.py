"""A network of real programs under faults and load, and what is left of it at rest.

    Tools/chaos [--minutes N] [--seed S]
"""
import argparse
import json
import pathlib
import random
import shutil
import subprocess
import sys
import threading
import time

from . import breakage, checker, setting_up, stores
from .faults import Faults
from .network import Network
from .operators import History, Operator
from .people import Cases
from .setting_up import COUNTIES, NAMES, PROVINCE, ROOT, program

HOME = ROOT / ".build-chaos"
REST_SECONDS = 180
QUIET_SECONDS = 6
FOLLOWED = 12  # items of which every node's operator is shown the history


def say(text):
    print(f"== {text}", flush=True)


def begin(seed):
    shutil.rmtree(HOME, ignore_errors=True)
    HOME.mkdir()
    network = Network(HOME, seed)
    setting_up.set_up(
        HOME, {name: network.address(name) for name in NAMES}, "disk-{}/ledger.sqlite")
    for node in network.nodes.values():
        node.start()
        node.wait_ready()
    return network


def work(operators, faults, seconds):
    """The operators work beside the faults; gives when the last of these was mended."""
    until = time.monotonic() + seconds

    def keep_working(operator):
        while time.monotonic() < until:
            operator.work()

    threads = [threading.Thread(target=keep_working, args=(operator,))
               for operator in operators.values()]
    for thread in threads:
        thread.start()
    faults.run(until)
    faults.heal()
    mended = time.monotonic()
    while any(thread.is_alive() for thread in threads):
        for node in faults.network.nodes.values():
            node.watch()
        time.sleep(0.1)
    return mended


def finish(operators):
    """Everybody ends what they had begun: nothing is in the way any more."""
    for operator in operators.values():
        operator.sign_in()
        for _ in range(20):
            if not operator.pending:
                break
            operator.enter_again()


def settle(network, mended):
    """Waits until nothing moves and nothing waits; gives the seconds since all was mended, in which
    the operators finished too, or None."""
    last, since = None, time.monotonic()
    end = since + REST_SECONDS
    while time.monotonic() < end:
        for node in network.nodes.values():
            node.watch()
        now = [stores.movement(node.store) for node in network.nodes.values()]
        if now != last or any(waiting for *_, waiting in now):
            last, since = now, time.monotonic()
        elif time.monotonic() - since >= QUIET_SECONDS:
            return since - mended
        time.sleep(0.5)
    for name, node in network.nodes.items():
        for peer, waiting in stores.untaken(node.store):
            print(f"  {name}: {waiting} events wait for {peer}; its connections:")
            print(network.connections(peer))
    return None


def ask(operators, nodes, chance):
    """What the programs answer at rest: histories of some items, figures of the counties."""
    follows, figures = [], []
    names = sorted(nodes[PROVINCE].items)
    for name in chance.sample(names, min(FOLLOWED, len(names))):
        for division, store in nodes.items():
            if name in store.items and division != PROVINCE:
                code, lines = operators[division].do(
                    "follow", name.hex(), "--purpose", "核对", item=name.hex(), purpose="核对")
                if code == 0:
                    follows.append((division, name.hex(), lines[0]))
    cycles = sorted({item.row["cycle"] for item in nodes[PROVINCE].items.values()} - {""})
    for node in [PROVINCE, *COUNTIES]:
        for county in checker.counties_of(node):
            for cycle in cycles:
                code, lines = operators[node].do(
                    "figures", "show", "--cycle", cycle, "--of", county)
                if code == 0:
                    figures.append((node, lines[0]))
    return follows, figures


def end(network, processes):
    """Stops the nodes, keeps their stores, and has each one's log verified."""
    for name, node in network.nodes.items():
        code = node.stop()
        if code != 0:
            processes.append(f"{name}: stopping ended with {code}")
        for ended, was_full in node.ends:
            if not (was_full and ended == 6):
                processes.append(f"{name}: ended by itself with {ended}")
        log = (HOME / f"{name}.log").read_text(errors="replace")
        processes += [f"{name}: {line}" for line in log.splitlines() if "Fatal error" in line]
        verified = program(
            HOME, "xiecha-admin", "audit", "verify", "--store", str(node.store), "--trust",
            "Certificates/authority.pem", check=False)
        if verified.returncode != 0:
            processes.append(f"{name}: its log does not verify: {verified.stdout}{verified.stderr}")
        for file in node.disk.glob("ledger.sqlite*"):
            shutil.copy(file, HOME / f"{name}-{file.name}")


def judge(evidence, faults, rest):
    found = checker.check(evidence)
    for problem in found:
        print(f"  {problem}")
    tried, missed = breakage.unnoticed(evidence)
    for name in missed:
        print(f"  the checker does not notice: {name}")
    say(f"the checker noticed {tried - len(missed)} of {tried} breakages")
    counts = ", ".join(f"{kind} {count}" for kind, count in faults.items() if count)
    items = len({name for store in evidence.nodes.values() for name in store.items})
    done = sum(act["exit"] == 0 for act in evidence.acts)
    resting = "never at rest" if rest is None else f"at rest after {rest:.0f} s"
    print(f"{items} items, {len(evidence.acts)} acts ({done} done); faults: {counts}; {resting}; "
          f"lost {len(found.lost)}, twice {len(found.twice)}, violations {len(found.violations)}")
    return not list(found) and not missed and rest is not None


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0], prog="Tools/chaos")
    arguments.add_argument("--minutes", type=float, default=5)
    arguments.add_argument("--seed", default=None, help="of faults, people and what operators do")
    chosen = arguments.parse_args()
    seed = chosen.seed or str(random.SystemRandom().randrange(10**6))
    say(f"seed {seed}; the network is set up in {HOME.name}")
    network = begin(seed)
    history = History(HOME / "history.jsonl")
    cases = Cases(seed)
    operators = {name: Operator(network, name, history, cases, seed) for name in NAMES}
    for name, operator in operators.items():
        if not operator.sign_in():
            sys.exit(f"chaos: nobody can sign in at {name}; see {HOME.name}/{name}.log")
    faults = Faults(network, operators, seed)
    say(f"{chosen.minutes:g} minutes of load and faults")
    mended = work(operators, faults, chosen.minutes * 60)
    say("everything is mended; the operators finish, the network comes to rest")
    finish(operators)
    rest = settle(network, mended)
    at_rest = {name: stores.Store(node.store) for name, node in network.nodes.items()}
    follows, figures = ask(operators, at_rest, random.Random(seed))
    nodes = {name: stores.Store(node.store) for name, node in network.nodes.items()}
    processes = []
    end(network, processes)
    say(f"packets: {network.end_wire()}")
    evidence = checker.Evidence(history.acts, nodes, follows, figures, processes)
    sys.exit(0 if judge(evidence, faults.counts, rest) else 1)


if __name__ == "__main__":
    main()
