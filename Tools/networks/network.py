"""The nodes: each in a network namespace, on a file system and under a clock of its own."""
import fcntl
import json
import os
import pathlib
import signal
import struct
import subprocess
import sys
import threading
import time

from .setting_up import BINARIES, NAMES

NETWORK = "10.77.0."
PORT = 7306
TUNSETIFF, IFF_TUN, IFF_NO_PI = 0x400454CA, 0x0001, 0x1000
DISK_BYTES = 1 << 30
START_SECONDS = 60
STOP_SECONDS = 60
OFFICES = "offices"  # the namespace of the operators' machines


class Network:
    """Namespaces, the wire between them, and a node in each."""

    def __init__(self, home, seed):
        self.home = home
        self.numbers = {name: 1 + place for place, name in enumerate([*NAMES, OFFICES])}
        self.clock = home / "clock.so"
        subprocess.run(
            ["clang", "-O1", "-shared", "-fPIC", "-Wall", "-Werror", "-o", self.clock,
             pathlib.Path(__file__).with_name("clock.c")], check=True)
        ports = {}
        for name, number in self.numbers.items():
            device = os.open("/dev/net/tun", os.O_RDWR | os.O_CLOEXEC)
            asked = struct.pack("16sH", f"x{number}".encode(), IFF_TUN | IFF_NO_PI)
            fcntl.ioctl(device, TUNSETIFF, asked)
            ports[number] = device
            self._join(name, f"x{number}", f"{NETWORK}{number}/24")
        self.wire = subprocess.Popen(
            [sys.executable, pathlib.Path(__file__).with_name("wire.py"), str(seed),
             *(f"{number}:{port}" for number, port in ports.items())],
            pass_fds=list(ports.values()), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for port in ports.values():
            os.close(port)
        self.nodes = {name: Node(self, name) for name in NAMES}

    def _join(self, name, device, address):
        inside = ["nsenter", f"--net=/run/netns/{name}", "ip"]
        for command in [
                ["ip", "netns", "add", name], ["ip", "link", "set", device, "netns", name],
                [*inside, "link", "set", "lo", "up"], [*inside, "link", "set", device, "up"],
                [*inside, "address", "add", address, "dev", device]]:
            subprocess.run(command, check=True)

    def address(self, name):
        return f"{NETWORK}{self.numbers[name]}:{PORT}"

    def direct(self, source, destination, **rule):
        """What the wire does from one namespace to another from now on; nothing: it is good."""
        pair = [self.numbers[source], self.numbers[destination]]
        self.wire.stdin.write(json.dumps([pair, rule]) + "\n")
        self.wire.stdin.flush()

    def connections(self, name):
        """The connections of a namespace, as the kernel sees them."""
        return subprocess.run(
            ["nsenter", f"--net=/run/netns/{name}", "ss", "-tnoi"], text=True,
            capture_output=True, check=True).stdout

    def end_wire(self):
        """What the wire did to how many packets."""
        counts, _ = self.wire.communicate()
        return json.loads(counts)


class Node:
    """A node that is started again whenever it ends, as a service manager would."""

    def __init__(self, network, name):
        self.network, self.name = network, name
        self.disk = network.home / f"disk-{name}"
        self.disk.mkdir()
        subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES}", "tmpfs", self.disk], check=True)
        self.store = self.disk / "ledger.sqlite"
        self.clock = network.home / f"{name}.clock"
        self.set_clock(0)
        self.process = None
        self.is_wanted = False
        self.is_killed = False
        self.is_full = False
        self.ends = []  # how it ended without being told to
        self.lock = threading.RLock()

    def set_clock(self, seconds):
        """How far its clock is ahead of the true one, from now on."""
        with open(self.clock, "r+b" if self.clock.exists() else "wb") as file:
            file.write(int(seconds * 1e9).to_bytes(8, "little", signed=True))

    def set_full(self, is_full):
        """Leaves next to nothing free on its disk, or all."""
        self.is_full = is_full
        for spare in range(0, 1 << 24, 1 << 16):  # what it writes meanwhile is in the way
            free = os.statvfs(self.disk)
            used = (free.f_blocks - free.f_bfree) * free.f_frsize
            size = used + spare if is_full else DISK_BYTES
            if subprocess.run(["mount", "-o", f"remount,size={size}", self.disk],
                              stderr=subprocess.DEVNULL).returncode == 0:
                return
        raise OSError(f"{self.disk} cannot be given another size")

    def start(self):
        with self.lock:
            self.is_wanted, self.is_killed = True, False
            self._launch()

    def _launch(self):
        environment = {**os.environ, "LD_PRELOAD": str(self.network.clock),
                       "CHAOS_CLOCK": str(self.clock)}
        with open(self.network.home / f"{self.name}.log", "a") as log, \
                open(self.network.home / f"{self.name}.out", "a") as out:
            self.process = subprocess.Popen(
                ["nsenter", f"--net=/run/netns/{self.name}", BINARIES / "xiecha-node",
                 "--config", f"{self.name}.json"],
                cwd=self.network.home, stdout=out, stderr=log, env=environment)

    def watch(self):
        """Starts it again if it has ended by itself."""
        with self.lock:
            if not self.is_wanted or self.process.poll() is None:
                return
            if not self.is_killed:
                self.ends.append((self.process.returncode, self.is_full))
            self.is_killed = False
            self._launch()

    def kill(self):
        """As a power cut: it is started again when `start` is called."""
        with self.lock:
            self.is_wanted, self.is_killed = False, True
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()

    def pause(self, is_paused):
        with self.lock:
            self.process.send_signal(signal.SIGSTOP if is_paused else signal.SIGCONT)

    def stop(self):
        """As an administrator stops it; gives the exit code."""
        with self.lock:
            self.is_wanted = False
            self.process.terminate()
        try:
            return self.process.wait(timeout=STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return f"did not stop within {STOP_SECONDS} s"

    def wait_ready(self):
        end = time.monotonic() + START_SECONDS
        out = self.network.home / f"{self.name}.out"
        while "ready" not in out.read_text():
            if time.monotonic() > end or self.process.poll() is not None:
                sys.exit(f"chaos: {self.name} did not start; see {out.with_suffix('.log')}")
            time.sleep(0.1)
