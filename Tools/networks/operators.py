"""The operators: people who work with `xiecha`, repeat what failed, and sometimes err.

Each act is kept with when it began and ended, how, and what the program said: that is the history
which the checker holds the stores to.
"""
import json
import os
import random
import subprocess
import threading
import time

from .setting_up import ABOVE, BINARIES, COUNTIES, NAMES, PROVINCE

CALL_SECONDS = 90
IMPORT_ROWS = 8
# Months that are over: a township's report of one is made once.
MONTHS = ["2026-05", "2026-06", "2026-07", "2026-08", "2026-09", "2026-10"]
# Acts of which the checker needs to know what the program said.
KEPT = ["import", "send", "receive", "assign", "close", "report"]


class History:
    """What was asked for and what was said, a JSON object a line."""

    def __init__(self, path):
        self.file = open(path, "w", encoding="utf-8")
        self.lock = threading.Lock()
        self.acts = []

    def add(self, act):
        with self.lock:
            self.acts.append(act)
            self.file.write(json.dumps(act, ensure_ascii=False) + "\n")
            self.file.flush()


class Operator:
    """One account at its node; its acts come one after the other."""

    def __init__(self, network, division, history, cases, seed):
        self.network, self.division = network, division
        self.history, self.cases = history, cases
        self.chance = random.Random(f"{seed}/{division}")
        self.pending = []  # case files that were not wholly taken yet
        self.files = 0
        self.running = None
        self.acts = self._acts()

    def sign_in(self):
        run = self._run("sign-in", self.division, "--node", self.network.address(self.division),
                        "--division", self.division, "--account", "operator", "--trust",
                        "Certificates/authority.pem", "--password-file",
                        f"{self.division}.operator", named=False)
        return run.returncode == 0

    def kill_program(self):
        """In the middle of whatever it does: the operator switches the machine off."""
        running = self.running
        if running and running.poll() is None:
            running.kill()

    def _run(self, *arguments, named=True):
        profile = ["--profile", self.division, "--json"] if named else []
        self.running = subprocess.Popen(
            ["nsenter", "--net=/run/netns/offices", BINARIES / "xiecha", *arguments, *profile],
            cwd=self.network.home, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env={**os.environ, "XDG_CONFIG_HOME": str(self.network.home / "config")})
        try:
            out, error = self.running.communicate(timeout=CALL_SECONDS)
        except subprocess.TimeoutExpired:
            self.running.kill()
            out, error = self.running.communicate()
            error += "\nchaos: no end within its time"
        return subprocess.CompletedProcess(arguments, self.running.returncode, out, error)

    def do(self, act, *arguments, **about):
        """Runs the program, and keeps what it said. Gives the exit code and the lines."""
        began = time.time()
        run = self._run(act, *arguments)
        lines = []
        for line in run.stdout.splitlines():
            try:
                lines.append(json.loads(line))
            except ValueError:  # cut off with its program
                pass
        kept = lines if act in KEPT else []
        self.history.add({
            "division": self.division, "act": act, "arguments": arguments, "began": began,
            "ended": time.time(), "exit": run.returncode, "said": kept,
            "error": run.stderr[-600:] if run.returncode else "", **about})
        if run.returncode == 3:
            self.sign_in()
        return run.returncode, lines

    def items(self, box, *options):
        code, lines = self.do("list", f"--{box}", *options)
        return lines if code == 0 else []

    def _acts(self):
        """What an operator of this office does, and how often."""
        if self.division == PROVINCE:  # supervises, and reads no person's record
            return [(self.look, 1)]
        reads = [(self.look, 2), (self.follow, 2)]
        if self.division in COUNTIES:
            return reads + [
                (self.send, 6), (self.receive, 6), (self.assign, 5), (self.close, 3),
                (self.take_back_closing, 1), (self.take_back_assignment, 1),
                (self.acknowledge, 2)]
        return reads + [
            (self.enter, 5), (self.answer, 8), (self.take_back_answer, 1),
            (self.take_back_entry, 1), (self.report, 2)]

    def work(self):
        acts, weights = zip(*self.acts)
        self.chance.choices(acts, weights)[0]()

    def look(self):
        self.do(self.chance.choice(["todo", "counts", "whoami"]))

    def follow(self):
        box = self.chance.choice(["in", "out"])
        items = self.items(box, "--limit", "50")
        if items:
            purpose = f"核查{self.division}-{len(self.history.acts)}"
            item = self.chance.choice(items)["id"]
            self.do("follow", item, "--purpose", purpose, item=item, purpose=purpose)

    def enter(self):
        """A new case file, or one again of which the end is not known."""
        if not self.pending or self.chance.random() < 0.3:
            self.files += 1
            name = f"{self.division}-{self.files}.csv"
            rows = self.chance.randrange(1, IMPORT_ROWS)
            numbers = self.cases.write(self.network.home / name, self.division, rows)
            self.pending.append((name, numbers))
        self.enter_again()

    def enter_again(self):
        name, numbers = self.pending[0]
        code, _ = self.do("import", name, "--rejects", f"{name}.rejects", numbers=numbers)
        if code in (0, 5):
            self.pending.pop(0)

    def send(self):
        self.do("send")

    def receive(self):
        self.do("receive", "--all")

    def assign(self):
        self.do("assign", "--all")

    def close(self):
        if self.chance.random() < 0.5:
            self.do("close", "--all")
            return
        items = [item for item in self.items("out") if item["state"] == "answered"]
        if items:
            self.do("close", self.chance.choice(items)["id"])

    def answer(self):
        waiting = [item for item in self.items("in")
                   if item["feedbackRequired"] and item["state"] in ("received", "assigned")]
        for item in self.chance.sample(waiting, min(2, len(waiting))):
            self.answer_one(item["id"])

    def answer_one(self, item):
        if self.chance.random() < 0.2:
            for source in ["women-register", "paper-ledger", "household-register", "civil-affairs"]:
                self.do("search", item, "--source", source, "--not-found", item=item)
            self.do("answer", item, "--not-found", "--remark", "本村无此人，已走访村组和邻居", item=item)
        else:
            self.do("search", item, "--source", "women-register", "--found", item=item)
            self.do("answer", item, "--found", item=item)

    def report(self):
        self.do("report", "make", self.chance.choice(["roster", "tables"]), "--month",
                self.chance.choice(MONTHS))

    def acknowledge(self):
        """Takes note of a report that a township has sent."""
        _, reports = self.do("report", "list", self.chance.choice(["roster", "tables"]),
                             "--month", self.chance.choice(MONTHS))
        letters = [report["letter"] for report in reports
                   if report.get("letter") and report["state"] != "acknowledged"]
        if letters:
            self.do("report", "acknowledge", self.chance.choice(letters))

    def _take_back(self, box, state, what):
        items = [item for item in self.items(box) if item["state"] == state]
        if items:
            item = self.chance.choice(items)["id"]
            self.do("take-back", item, "--what", what, "--reason", "办理有误，重新核实",
                    item=item, what=what)

    def take_back_closing(self):
        self._take_back("out", "closed", "closing")

    def take_back_assignment(self):
        self._take_back("in", "assigned", "assignment")

    def take_back_answer(self):
        self._take_back("in", "answered", "answer")

    def take_back_entry(self):
        self._take_back("out", "entered", "entry")
