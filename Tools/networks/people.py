"""Case files of synthetic people, made as those of the demo; each person is asked about once."""
import csv
import importlib.machinery
import importlib.util
import random

from .setting_up import ABOVE, COUNTIES, NAMES, ROOT


def _sample_cases():
    loader = importlib.machinery.SourceFileLoader(
        "sample_cases", str(ROOT / "Tools" / "make-sample-cases"))
    specification = importlib.util.spec_from_loader("sample_cases", loader)
    module = importlib.util.module_from_spec(specification)
    loader.exec_module(module)
    return module


class Cases:
    def __init__(self, seed):
        self.sample = _sample_cases()
        self.people = self.sample.People(random.Random(f"{seed}/people"))

    def write(self, path, town, rows):
        """A file of `town`'s; gives the numbers of the persons in it, each good."""
        [other] = [county for county in COUNTIES if county != ABOVE[town]]
        numbers = []
        with open(path, "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(self.sample.HEADINGS)
            for _ in range(rows):
                row = self.sample.subject(self.people, next(iter(self.sample.RESIDENCES)))
                home = self.people.rng.choice(COUNTIES[other])
                row["现居住地编码"], row["现居住地地址"] = town, f"{NAMES[town]}示例路1号"
                row["户籍地编码"], row["户籍地地址"] = home + "201", f"{NAMES[home]}样例201村2号"
                if self.people.rng.random() < 0.15:
                    self.sample.notice(
                        row, "流入信息", "2026-11-20", 流入日期="2026-11-20", 流入原因="务工、经商",
                        夫妻是否共同流入="是")
                numbers.append(row["公民身份号码"])
                writer.writerow([row.get(heading, "") for heading in self.sample.HEADINGS])
        return numbers
