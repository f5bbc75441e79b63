"""Puts files into a Debian package, by dpkg's own tools."""
import gzip
import os
import pathlib
import re
import shutil
import subprocess
import tempfile

MAINTAINER = "Xiecha <xiecha@invalid.example>"


class Package:
    """A package in the making: a tree of files and what dpkg is told of it."""

    def __init__(self, name, version, tree, summary, description):
        self.name, self.version, self.tree = name, version, pathlib.Path(tree)
        self.summary, self.description = summary, description
        self.fields = {}
        self.programs = []
        self.scripts = {}
        shutil.rmtree(self.tree, ignore_errors=True)
        self.tree.mkdir(parents=True)

    def add(self, path, content, mode=0o644):
        """A file with this text or these bytes."""
        target = self.tree / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else content.encode())
        target.chmod(mode)

    def add_compressed(self, path, text):
        # No name and no time inside: the same text is the same file.
        self.add(path + ".gz", gzip.compress(text.encode(), mtime=0))

    def add_program(self, path, built):
        """A built program, without what only a debugger reads."""
        target = self.tree / path
        target.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(["strip", "--strip-debug", "-o", target, built], check=True)
        target.chmod(0o755)
        self.programs.append(target)

    def build(self, folder, epoch):
        """Writes the package; gives its path."""
        control = self.tree / "DEBIAN"
        control.mkdir()
        for name, text in self.scripts.items():
            (control / name).write_text(text)
            (control / name).chmod(0o755)
        (control / "control").write_text(self._control())
        for path in [self.tree, *self.tree.rglob("*")]:
            if path.is_dir():
                path.chmod(0o755)
        target = pathlib.Path(folder) / f"{self.name}_{self.version}_{architecture()}.deb"
        subprocess.run(
            ["dpkg-deb", "--root-owner-group", "--build", self.tree, target], check=True,
            stdout=subprocess.DEVNULL, env={**os.environ, "SOURCE_DATE_EPOCH": str(epoch)})
        return target

    def _control(self):
        kib = sum(path.stat().st_size for path in self.tree.rglob("*") if path.is_file()) // 1024
        depends = [*libraries(self.programs), *self.fields.pop("Depends", [])]
        fields = {
            "Package": self.name, "Version": self.version, "Architecture": architecture(),
            "Maintainer": MAINTAINER, "Installed-Size": str(kib), "Depends": ", ".join(depends),
            "Section": "admin", "Priority": "optional", **self.fields,
            "Description": self.summary + "\n" + "\n".join(
                f" {line}" for line in self.description.splitlines()),
        }
        return "".join(f"{key}: {value}\n" for key, value in fields.items() if value)


def libraries(programs):
    """The packages, with versions, whose libraries the programs need."""
    with tempfile.TemporaryDirectory() as folder:
        # dpkg-shlibdeps looks for the sources' own control file.
        debian = pathlib.Path(folder) / "debian"
        debian.mkdir()
        (debian / "control").write_text("Source: xiecha\n\nPackage: xiecha\nArchitecture: any\n")
        found = subprocess.run(
            ["dpkg-shlibdeps", "-O", *(f"-e{program}" for program in programs)], cwd=folder,
            check=True, capture_output=True, text=True).stdout
    return re.search(r"shlibs:Depends=(.*)", found).group(1).split(", ")


def architecture():
    return subprocess.run(
        ["dpkg", "--print-architecture"], check=True, capture_output=True, text=True).stdout.strip()
