"""A clean Debian 12 in a folder, booted with its own systemd."""
import pathlib
import shutil
import signal
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
# Beside the smallest Debian: what a server has at least.
INCLUDED = "systemd,systemd-sysv,dbus"
BOOT_SECONDS = 180
WAIT_SECONDS = 120


class Machine:
    """The machine; what it is told to do must succeed unless said otherwise."""

    def __init__(self, folder):
        self.root = pathlib.Path(folder) / "root"
        self._base = pathlib.Path(folder) / "debian12"
        self._process = self._leader = None

    def unpack(self):
        """A fresh copy; the base is made once."""
        if not (self._base / "var/lib/dpkg/status").exists():
            shutil.rmtree(self._base, ignore_errors=True)
            making = self._base.with_suffix(".new")
            shutil.rmtree(making, ignore_errors=True)
            subprocess.run(
                ["debootstrap", "--variant=minbase", f"--include={INCLUDED}", "bookworm", making],
                check=True, stdout=subprocess.DEVNULL)
            making.rename(self._base)
        shutil.rmtree(self.root, ignore_errors=True)
        subprocess.run(["cp", "-a", self._base, self.root], check=True)
        shutil.copy("/etc/resolv.conf", self.root / "etc/resolv.conf")

    def prepare(self, *command):
        """Runs a command in it before it boots, with this machine's network."""
        self._run(
            ["unshare", "--mount", "--pid", "--fork", f"--mount-proc={self.root}/proc", "chroot",
             self.root, *command], True)

    def boot(self):
        self._process = subprocess.Popen(
            ["unshare", "--mount", "--pid", "--ipc", "--uts", "--net", "--cgroup", "--fork",
             HERE / "boot", self.root])
        end = time.monotonic() + BOOT_SECONDS
        while time.monotonic() < end and self._process.poll() is None:
            self._leader = self._child()
            if self._leader and self.run("systemctl", "is-system-running", check=False) == "running":
                return
            time.sleep(0.5)
        sys.exit("check: the machine does not boot; is this a container without namespaces?")

    def run(self, *command, check=True, **environment):
        """Runs a command in it; gives what it printed."""
        variables = [f"{name}={value}" for name, value in environment.items()]
        return self._run(
            ["nsenter", "--target", str(self._leader), "--mount", "--pid", "--ipc", "--uts", "--net",
             "--cgroup", "--root", "--wd", "env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin",
             "HOME=/root", "LANG=C.UTF-8", "XIECHA_LANG=en", *variables, *command], check)

    def outside(self, *command, given):
        """Runs a command of this machine in its network; gives what it printed."""
        return subprocess.run(
            ["nsenter", "--target", str(self._leader), "--net", *command], input=given, text=True,
            capture_output=True, timeout=WAIT_SECONDS).stdout

    def wait(self, what, is_so):
        end = time.monotonic() + WAIT_SECONDS
        while not is_so():
            if time.monotonic() > end:
                sys.exit(f"check: {what}: not within {WAIT_SECONDS} s")
            time.sleep(0.5)

    def stop(self):
        if self._leader and self._process.poll() is None:
            subprocess.run(["kill", f"-{signal.SIGKILL}", str(self._leader)], check=False)
        if self._process:
            self._process.wait()

    def _child(self):
        """The first process of its own process namespace."""
        children = pathlib.Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children")
        found = children.read_text().split()
        if not found:
            return None
        command = pathlib.Path(f"/proc/{found[0]}/cmdline").read_bytes()
        return int(found[0]) if command.startswith(b"/lib/systemd/systemd") else None

    def _run(self, command, check):
        done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)
        if check and done.returncode != 0:
            words = " ".join(str(word) for word in command)
            sys.exit(f"check: {words}: exit {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout.strip()
