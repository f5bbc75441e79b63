"""What `Tools/package --check` does: the packages' life on an office's machine, from the first installation
to the last purge, with two nodes that exchange over loopback."""
import json
import pathlib
import shutil
import subprocess
import sys

from machine import Machine

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PROVINCE, COUNTY, TOWNSHIP = "440000", "440306", "440306018"
CASES = ROOT / "Tools" / f"demo-cases-{TOWNSHIP}.csv"
IMPORTED = 120
DESK = f"xiecha-desk@{COUNTY}.service"
PASSWORD = "Vx9#lantern-Qw"


def say(text):
    print(f"== {text}", flush=True)


def store(division):
    return f"/var/lib/xiecha/{division}/{division}.sqlite"


def unit(division):
    return f"xiecha-node@{division}.service"


class Check:
    def __init__(self, machine, debs):
        self.machine, self.debs = machine, debs

    def install(self):
        """Into a clean Debian; what they depend on comes from the distribution."""
        say("installed into a clean Debian 12")
        self.machine.unpack()
        self.lay(self.debs)
        self.machine.prepare("apt-get", "-qq", "update")
        self.machine.prepare(
            "apt-get", "-qq", "-y", "--no-install-recommends", "install",
            *(f"/var/tmp/{deb.name}" for deb in self.debs))
        self.machine.boot()

    def lay(self, debs):
        for deb in debs:
            shutil.copy(deb, self.machine.root / "var/tmp" / deb.name)

    def set_up(self):
        """As the README says it; the output is what an administrator sees."""
        machine = self.machine
        (machine.root / "root/password").write_text(PASSWORD + "\n")
        (machine.root / "root/password").chmod(0o600)
        first = ["--account", "li.wei", "--display", "李伟", "--password-file", "/root/password"]
        say("xiecha-admin setup province 440000")
        print(machine.run(
            "xiecha-admin", "setup", "province", PROVINCE, "--listen", "127.0.0.1:7440",
            "--health", "127.0.0.1:9440", *first))
        machine.run("systemctl", "enable", "--now", unit(PROVINCE))
        say("xiecha-admin invite 440306")
        print(machine.run(
            "xiecha-admin", "invite", COUNTY, "--authority", "/etc/xiecha/authority", "--store",
            store(PROVINCE), "--endpoint", "127.0.0.1:7440", "--out", "/root/440306.invitation"))
        say("xiecha-admin setup county 440306")
        print(machine.run(
            "xiecha-admin", "setup", "county", COUNTY, "--invitation", "/root/440306.invitation",
            "--listen", "127.0.0.1:7306", *first))
        machine.run("systemctl", "enable", "--now", unit(COUNTY))
        # Over the link: what travelled in the invitation is replaced.
        machine.wait("the invitation's password is replaced", lambda: '"step":"done"' in machine.run(
            "xiecha-admin", "rotate", "status", "--store", store(COUNTY), "--json"))
        self.see_units()

    def see_units(self):
        """Both serve, as systemd was told by themselves, and are well protected."""
        for division in [PROVINCE, COUNTY]:
            shown = self.machine.run("systemctl", "show", unit(division))
            for line in ["ActiveState=active", "StatusText=serving", "User=xiecha", "NRestarts=0"]:
                if line not in shown.splitlines():
                    sys.exit(f"check: {unit(division)} has not {line}\n{shown}")
            level = self.machine.run("systemd-analyze", "security", "--no-pager", unit(division))
            print(unit(division), "serves;", level.splitlines()[-1].lstrip("→ "))

    def work(self):
        """A township's clerk imports, the county sends."""
        machine = self.machine
        machine.run(
            "xiecha-admin", "operator", "add", "--store", store(COUNTY), "--name", "wang", "--role",
            "townshipOperator", "--division", TOWNSHIP, "--display", "王芳", "--password-file",
            "/root/password")
        for account, division in [("li.wei", COUNTY), ("wang", TOWNSHIP)]:
            machine.run(
                "xiecha", "sign-in", account, "--node", "127.0.0.1:7306", "--division", COUNTY,
                "--account", account, "--trust", f"/var/lib/xiecha/{COUNTY}/authority.pem",
                "--password-file", "/root/password")
        shutil.copy(CASES, machine.root / "root/cases.csv")
        # Some rows of the sample are bad: it ends with 5.
        machine.run(
            "xiecha", "import", "/root/cases.csv", "--rejects", "/root/rejects.csv", "--profile",
            "wang", check=False)
        machine.run("xiecha", "send", "--profile", "li.wei")
        items = self.items()
        if len(items) != IMPORTED:
            sys.exit(f"check: {len(items)} items were sent, not {IMPORTED}")
        say(f"{len(items)} items imported and sent")
        return items

    def items(self):
        printed = self.machine.run("xiecha", "list", "--out", "--profile", "li.wei", "--json")
        return sorted(json.loads(line)["id"] for line in printed.splitlines())

    def desk(self):
        """The clerks' desk beside the node, as the sample has it."""
        machine, folder = self.machine, self.machine.root / f"etc/xiecha/{COUNTY}.desk"
        folder.mkdir(mode=0o755)
        sample = "usr/share/doc/xiecha-desk/examples/440306.desk/options"
        shutil.copy(machine.root / sample, folder / "options")
        shutil.copy(
            machine.root / f"var/lib/xiecha/{COUNTY}/authority.pem", folder / "authority.pem")
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
             "-nodes", "-days", "30", "-subj", "/CN=desk.example", "-addext",
             "subjectAltName=DNS:desk.example", "-keyout", folder / "desk.key", "-out",
             folder / "desk.pem"], check=True, capture_output=True)
        (folder / "desk.key").chmod(0o600)
        machine.run("systemctl", "enable", "--now", DESK)
        self.see_desk()

    def see_desk(self):
        """It serves, as another user than the node, and leaves nothing behind."""
        shown = self.machine.run("systemctl", "show", DESK)
        for line in ["ActiveState=active", "StatusText=serving", "DynamicUser=yes", "NRestarts=0"]:
            if line not in shown.splitlines():
                sys.exit(f"check: {DESK} has not {line}\n{shown}")
        page = self.machine.outside(
            "openssl", "s_client", "-quiet", "-connect", "[::1]:8443", "-servername", "desk.example",
            given="GET /sign-in HTTP/1.1\r\nHost: desk.example:8443\r\nConnection: close\r\n\r\n")
        if "200 OK" not in page or "name=\"password\"" not in page:
            sys.exit(f"check: the desk shows no sign-in\n{page}")
        level = self.machine.run("systemd-analyze", "security", "--no-pager", DESK)
        print(DESK, "serves its sign-in;", level.splitlines()[-1].lstrip("→ "))

    def doctor(self):
        say(f"xiecha-admin doctor /etc/xiecha/{COUNTY}.json")
        # It ends with 5 where something is to be done: this machine's clock follows none.
        print(self.machine.run(
            "xiecha-admin", "doctor", f"/etc/xiecha/{COUNTY}.json", check=False))

    def seal(self, items):
        """The county's ledger is sealed from its beginning; its key is replaced while it runs."""
        machine, folder = self.machine, self.machine.root / f"var/lib/xiecha/{COUNTY}"
        for file in folder.glob(f"{COUNTY}.sqlite*"):
            if "样例".encode() in file.read_bytes():
                sys.exit(f"check: {file.name} says in clear who is in it")
        machine.run("xiecha-admin", "store", "rotate", "--store", store(COUNTY))
        machine.run("systemctl", "restart", unit(COUNTY))
        self.see_units()
        if self.items() != items:
            sys.exit("check: the node has other items after its store's key was replaced")
        say("the ledger says nothing in clear; its key was replaced, and the node started with the new one")

    def upgrade(self, newer, items):
        """Over the live store: the package starts the nodes again."""
        machine = self.machine
        before = [machine.run("systemctl", "show", "-P", "MainPID", unit(each))
                  for each in [PROVINCE, COUNTY]]
        self.lay(newer)
        machine.run("dpkg", "-i", *(f"/var/tmp/{deb.name}" for deb in newer))
        after = [machine.run("systemctl", "show", "-P", "MainPID", unit(each))
                 for each in [PROVINCE, COUNTY]]
        if any(old == new for old, new in zip(before, after)):
            sys.exit(f"check: a node was not started again: {before} {after}")
        self.see_units()
        self.see_desk()
        if self.items() != items:
            sys.exit("check: the upgraded node has other items")
        say(f"upgraded over the live store to {machine.run('dpkg-query', '-W', 'xiecha-node')}: "
            f"both nodes started again, the same {len(items)} items")

    def go(self, debs):
        """Removed, purged, and purged with the stores."""
        machine, names = self.machine, [
            "xiecha", "xiecha-admin", "xiecha-desk", "xiecha-node"]
        machine.run("dpkg", "--remove", *names)
        for each in [unit(COUNTY), DESK]:
            if machine.run("systemctl", "is-active", each, check=False) == "active":
                sys.exit(f"check: {each} is removed and runs on")
        self.expect(["/usr/sbin/xiecha-node", "/usr/bin/xiecha"], False)
        machine.run("dpkg", "--purge", *names)
        kept = [store(COUNTY), f"/etc/xiecha/{COUNTY}.json", f"/etc/xiecha/{COUNTY}.backup.key",
                f"/etc/xiecha/{COUNTY}.desk/desk.key", f"/etc/credstore/xiecha-{COUNTY}.store.key"]
        self.expect(kept, True)
        machine.run("dpkg", "-i", *(f"/var/tmp/{deb.name}" for deb in debs))
        machine.run("systemctl", "start", unit(COUNTY))
        machine.run("dpkg", "--purge", *names, XIECHA_PURGE_STORES="yes")
        self.expect(
            ["/var/lib/xiecha", "/etc/xiecha", f"/etc/credstore/xiecha-{COUNTY}.store.key"], False)
        say("removed; purged with the stores kept; installed again, which took them up; purged with them")

    def expect(self, paths, is_there):
        for path in paths:
            if (self.machine.root / path[1:]).exists() != is_there:
                sys.exit(f"check: {path} is {'missing' if is_there else 'still there'}")


def newer(debs, folder):
    """The same packages under a higher version: what a next build would be."""
    made = []
    for deb in debs:
        tree = folder / "newer"
        shutil.rmtree(tree, ignore_errors=True)
        subprocess.run(["dpkg-deb", "--raw-extract", deb, tree], check=True)
        control = tree / "DEBIAN/control"
        lines = [line + "+next" if line.startswith("Version: ") else line
                 for line in control.read_text().splitlines()]
        control.write_text("\n".join(lines) + "\n")
        target = folder / deb.name.replace("_amd64", "+next_amd64").replace("_arm64", "+next_arm64")
        subprocess.run(
            ["dpkg-deb", "--root-owner-group", "--build", tree, target], check=True,
            stdout=subprocess.DEVNULL)
        made.append(target)
    return made


def run(debs, folder):
    machine = Machine(folder)
    check = Check(machine, debs)
    try:
        check.install()
        check.set_up()
        items = check.work()
        check.desk()
        check.doctor()
        check.seal(items)
        check.upgrade(newer(debs, folder), items)
        check.go(debs)
    finally:
        machine.stop()
    say("every step of the packages' life holds")
