"""What Tools/versions does: a network whose nodes are of two versions, upgraded one by one in both orders,
over the stores that the old version has made."""
import importlib.machinery
import importlib.util
import pathlib
import sqlite3
import sys

TOOLS = pathlib.Path(__file__).resolve().parent.parent
loader = importlib.machinery.SourceFileLoader("demo", str(TOOLS / "demo-network"))
demo = importlib.util.module_from_spec(importlib.util.spec_from_loader("demo", loader))
loader.exec_module(demo)
demo.HOME = TOOLS.parent / ".build-versions" / "network"
NAMES, PROVINCE = demo.NAMES, demo.PROVINCE
RESIDENCE, RESIDENCE_TOWNS = demo.RESIDENCE, demo.RESIDENCE_TOWNS
HOUSEHOLD, HOUSEHOLD_TOWNS = demo.HOUSEHOLD, demo.HOUSEHOLD_TOWNS

DOWNWARDS = [[PROVINCE], [RESIDENCE, HOUSEHOLD], RESIDENCE_TOWNS + HOUSEHOLD_TOWNS]
# Presentation/Failures/ProgramExit.swift: the ledger cannot be used.
STORE = 6
ANSWERED_AT_EACH = 3


class Versions:
    def __init__(self, old):
        self.old = pathlib.Path(old).resolve()
        self.nodes = {}
        self.count = 0
        self.answered = 0

    def begin(self):
        """All of the old version: it sets up, makes the stores, and leaves work under way."""
        demo.ELSEWHERE.clear()
        for division in NAMES:
            demo.ELSEWHERE[division] = self.old
            demo.ELSEWHERE[f"xiecha {division}"] = self.old
        demo.ELSEWHERE["xiecha-admin"] = self.old
        self.nodes = {division: demo.Node(division) for division in NAMES}
        self.answered = 0
        demo.set_up(self.nodes)
        for node in self.nodes.values():
            node.start()
        demo.sign_in(self.nodes)
        self.count = demo.import_cases()
        demo.wait_for("the county has every entry",
                      lambda: len(demo.items(RESIDENCE, "out")) == self.count)
        half = [item["id"] for item in demo.items(RESIDENCE, "out")][: self.count // 2]
        demo.xiecha(RESIDENCE, "send", *half)
        demo.wait_for("half is delivered", lambda: len(demo.items(HOUSEHOLD, "in")) == len(half))

    def upgrade(self, divisions):
        """The nodes are started again with the new program, over their stores."""
        for division in divisions:
            self.nodes[division].stop()
            del demo.ELSEWHERE[division]
            print(self.nodes[division].start(), "(new)", flush=True)

    def work(self, what):
        """A part of the work, across whatever versions there are now."""
        demo.say(what)
        demo.xiecha(RESIDENCE, "send", check=False)
        demo.wait_for("all that was sent is delivered", lambda: len(
            demo.items(HOUSEHOLD, "in")) == self.count)
        demo.xiecha(HOUSEHOLD, "receive", "--all")
        demo.xiecha(HOUSEHOLD, "assign", "--all")
        for town in HOUSEHOLD_TOWNS:
            demo.wait_for(f"{NAMES[town]} has its part", lambda: any(
                item["feedbackRequired"] and item["state"] == "assigned"
                for item in demo.items(town, "in")))
            waiting = [item for item in demo.items(town, "in")
                       if item["feedbackRequired"] and item["state"] == "assigned"]
            for place, item in enumerate(waiting[:ANSWERED_AT_EACH]):
                demo.answer_one(town, item["id"], place)
                self.answered += 1
        demo.wait_for("the answers are back", lambda: sum(
            item["state"] == "answered" for item in demo.items(RESIDENCE, "out")) == self.answered)
        print(f"{self.answered} of {self.count} answered", flush=True)

    def refuse(self):
        """The old program does not touch a store of the new one, and says the remedy."""
        demo.say("A store of the new version is refused by the old program")
        self.nodes[RESIDENCE].stop()
        run = demo.program(
            "xiecha-node", "--config", f"{RESIDENCE}.json", "--lang", "en", check=False, of="old")
        print(run.stderr.splitlines()[-1] if run.stderr else "")
        if run.returncode != STORE:
            sys.exit(f"versions: the old program ended with {run.returncode}, not with {STORE}")
        print(self.nodes[RESIDENCE].start(), flush=True)

    def run(self, order, name):
        demo.say(f"Upgraded {name}: first all are old")
        self.begin()
        before = self.schema()
        try:
            self.work("All nodes and operators are old")
            for step in order:
                self.upgrade(step)
                self.work(f"{', '.join(NAMES[division] for division in step)}: new")
            for division in NAMES:
                del demo.ELSEWHERE[f"xiecha {division}"]
            self.work("The operators are new too")
            demo.ELSEWHERE.pop("xiecha-admin")
            demo.ELSEWHERE["old"] = self.old
            if self.schema() != before:
                self.refuse()
            if not demo.judge(self.count):
                sys.exit("versions: see above")
        finally:
            for node in self.nodes.values():
                node.stop()

    def schema(self):
        """The last step of a store's schema."""
        with sqlite3.connect(f"file:{demo.HOME}/{RESIDENCE}.sqlite?mode=ro", uri=True) as store:
            return store.execute(
                "SELECT identifier FROM grdb_migrations ORDER BY rowid DESC LIMIT 1").fetchone()[0]


def mixed_operators(versions):
    """Old nodes with new operators, and new nodes with old ones: the latter is what `run` has."""
    demo.say("New operators at old nodes")
    versions.begin()
    try:
        for division in NAMES:
            del demo.ELSEWHERE[f"xiecha {division}"]
        demo.sign_in(versions.nodes)
        versions.work("New operators at old nodes")
    finally:
        for node in versions.nodes.values():
            node.stop()


def main():
    versions = Versions(sys.argv[1])
    versions.run(DOWNWARDS, "from the province down")
    versions.run(DOWNWARDS[::-1], "from the townships up")
    mixed_operators(versions)
    demo.say("Both versions work with each other in every order; nothing was lost, nothing came twice")


if __name__ == "__main__":
    main()
