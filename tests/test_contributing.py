"""The steps of CONTRIBUTING.md, followed file by file and command by command in a copy of this repository."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "__pycache__", ".*_cache", ".hypothesis", "build", "dist")

FILE = re.compile(r"^`([\w/.-]+)`:\n\n```(?:python|text)\n(.*?)```", re.MULTILINE | re.DOTALL)
LINE = re.compile(r"^In `pyproject.toml`, under `(\[.*?\])`:\n\n```toml\n(.*?)```", re.MULTILINE | re.DOTALL)
COMMANDS = re.compile(r"^```sh\n(.*?)```", re.MULTILINE | re.DOTALL)
TOUCHED = re.compile(r"^Files touched: (\d+) by hand", re.MULTILINE)

pytestmark = pytest.mark.slow


class Copy:
    """A copy of the repository in which somebody follows a walk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.touched: set[str] = set()
        self.steps = ""

    def follow(self, walk: str) -> None:
        """Write the files and lines that the walk names."""
        (self.steps,) = re.findall(
            rf"<!-- walk: {walk} -->\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL
        )
        for path, text in FILE.findall(self.steps):
            self.touched.add(path)
            assert not (self.folder / path).exists(), f"{path} is taken: choose another in CONTRIBUTING.md"
            (self.folder / path).write_text(text, "utf-8")
        for head, lines in LINE.findall(self.steps):
            self.touched.add("pyproject.toml")
            project = (self.folder / "pyproject.toml").read_text("utf-8")
            assert project.count(f"\n{head}\n") == 1, head
            (self.folder / "pyproject.toml").write_text(
                project.replace(f"\n{head}\n", f"\n{head}\n{lines}"), "utf-8"
            )

    def commands(self) -> list[str]:
        """The commands of the walk, in order."""
        (block,) = COMMANDS.findall(self.steps)
        return [str(line) for line in block.strip().splitlines()]

    def run(self, command: str) -> str:
        """Run one of the walk's commands as somebody who has set up the copy; gives what it says."""
        python = sys.executable
        for words, means in (
            ("make rules", f"{python} -m tests.correction.write_rules"),
            (".venv/bin/python", python),
            ("chamra", f"{python} -m cli.app"),
        ):
            if command.startswith(words):
                command = means + command.removeprefix(words)
                break
        environment = os.environ | {"PYTHONPATH": str(self.folder), "CHAMRA_SECOND_READER": "off"}
        done = subprocess.run(
            command.split(), cwd=self.folder, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{command}: {done.stdout[-2000:]}{done.stderr[-2000:]}"
        return done.stdout


@pytest.fixture
def copy(tmp_path):
    """A copy of the repository; what is not written to is linked."""
    shutil.copytree(ROOT, tmp_path / "copy", ignore=LEFT_OUT)
    return Copy(tmp_path / "copy")


def test_a_rule_is_added_as_the_page_says(copy):
    copy.follow("rule")
    write, explain, check = copy.commands()
    copy.run(write)
    assert "REP990" in (copy.folder / "docs/rules.md").read_text("utf-8")
    assert "Two full stops stand after an abbreviation." in copy.run(explain)
    assert "passed" in copy.run(f"{check} -k REP990 -p no:cacheprovider")
    (copy.folder / "page.txt").write_text("พ.ศ.. 2567\n", "utf-8")
    assert copy.run("chamra correct page.txt --format text") == "พ.ศ. 2567\n"


def test_an_engine_is_added_as_the_page_says(copy):
    copy.follow("engine")
    digitise, text = copy.commands()
    copy.run(digitise)
    assert copy.run(text) == "หน้า 1"


def test_an_export_is_added_as_the_page_says(copy):
    copy.follow("export")
    (formats,) = copy.commands()
    assert "How many characters each page has." in copy.run(formats)


def test_a_place_and_a_word_are_added_as_the_page_says(copy):
    (copy.folder / "plain.txt").write_text("ตำบลน้ำพุด อำเภอละงู จังหวัดสตูล\n", "utf-8")
    assert "GAZ" in copy.run("chamra correct plain.txt --format json")
    copy.follow("place")
    check, correct = copy.commands()
    copy.run(check)
    assert "GAZ" not in copy.run(f"{correct} --format json")


@pytest.mark.parametrize("walk", ["rule", "engine", "export"])
def test_the_page_counts_the_files_that_are_touched(tmp_path, walk):
    (tmp_path / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text("utf-8"), "utf-8")
    for room in ("correction/rules", "ocr", "reports/exports"):
        (tmp_path / room).mkdir(parents=True)
    copy = Copy(tmp_path)
    copy.follow(walk)
    assert [len(copy.touched)] == [int(count) for count in TOUCHED.findall(copy.steps)]
