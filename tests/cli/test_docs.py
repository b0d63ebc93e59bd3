"""The documentation is true: its commands run; its options, statuses and settings are the program's."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from textwrap import dedent
from typing import Any

import click
import pytest
import typer

from cli.app import app
from model.errors import Exit
from pipeline.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
# In the order in which a reader would run them: each goes on with the workspace of those before.
DOCUMENTS = [
    ROOT / name
    for name in (
        "README.md",
        "docs/tour.md",
        "docs/operator.md",
        "docs/growing.md",
        "docs/reviewer.md",
        "docs/auditor.md",
        "docs/exports.md",
        "docs/researcher.md",
        "docs/architecture.md",
        "docs/words.md",
    )
]
THAI = [ROOT / "README.th.md", *sorted((ROOT / "docs/th").glob("*.md"))]
FENCE = re.compile(r"^ *```(\w*)\n(.*?)^ *```$", flags=re.MULTILINE | re.DOTALL)


def blocks(document: Path, *kinds: str) -> Iterator[str]:
    """Fenced blocks: `console` can be run as it stands, `sh` is for places where a reader fills in names."""
    for kind, body in FENCE.findall(document.read_text(encoding="utf-8")):
        if kind in kinds:
            yield dedent(body)


def runnable(document: Path) -> Iterator[tuple[str, list[str]]]:
    """Each command of the `console` blocks with the output shown for it; `...` stands for anything."""
    for body in blocks(document, "console"):
        for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
            command, *shown = part.rstrip("\n").split("\n")
            yield command, shown


def chamra_calls(document: Path) -> Iterator[list[str]]:
    for body in blocks(document, "console", "sh"):
        for line in body.splitlines():
            words = shlex.split(line.removeprefix("$ "), comments=True)
            if words[:1] == ["chamra"]:
                yield words[1:]


def commands() -> dict[str, click.Command]:
    group: Any = typer.main.get_command(app)
    return dict(group.commands)


def options_of(command: click.Command) -> set[str]:
    inner = getattr(command, "commands", {}).values()
    own = {name for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts)}
    return own.union({"--help"}, *(options_of(one) for one in inner))


def table(document: Path, heading: str) -> dict[str, str]:
    """First and second column of the table that begins with this column head."""
    text = document.read_text(encoding="utf-8")
    body = text.split(f"| {heading} |", 1)[1].split("\n\n", 1)[0].splitlines()[2:]
    rows = [[cell.strip() for cell in row.strip("|").split("|")] for row in body]
    return {row[0]: row[1] for row in rows}


@pytest.mark.parametrize("document", [*DOCUMENTS, *THAI], ids=lambda path: path.name)
def test_every_command_and_option_that_is_shown_exists(document: Path) -> None:
    known = commands()
    for call in chamra_calls(document):
        assert call[0] in known, f"chamra {call[0]}"
        given = {word.split("=")[0] for word in call[1:] if re.fullmatch(r"--?[a-z].*", word)}
        assert given <= options_of(known[call[0]]), shlex.join(call)


def test_options_named_in_running_text_exist() -> None:
    known = set().union(*(options_of(command) for command in commands().values()))
    elsewhere = {
        "--dev",
        "--head",
        "--signers",
        "--ca",
        "--install-completion",
        "--port",
        "--pool",
        "--alone",
        "--tls-ca-file",
        "--data",
        "--parts",
        "--seed",
        "--kills",
        "--documents",
        "--rounds",
        "--person-baht",
        "--storage-baht",
        "--machine-baht",
        "--scaling",
        "--measure",
        "--write",
        "--witness",
    }  # of bin/setup, of Prefect, of Dask, of the benchmarks, of a package's verifier
    for document in DOCUMENTS:
        prose = FENCE.sub("", document.read_text(encoding="utf-8"))
        named = set(re.findall(r"`(?:[^`\n]* )?(--[a-z][a-z-]+)[^`\n]*`", prose))
        assert named <= known | elsewhere, document.name


def test_the_readme_names_every_command() -> None:
    named = {name for cell in table(ROOT / "README.md", "command") for name in re.findall(r"`(\w+)`", cell)}
    assert named == set(commands())


def test_the_exit_statuses_are_those_of_the_program() -> None:
    assert {int(status) for status in table(ROOT / "README.md", "status")} == {int(status) for status in Exit}


def test_the_operators_settings_are_those_of_the_program() -> None:
    shown = table(ROOT / "docs/operator.md", "setting")
    del shown["`CHAMRA_WORKSPACE`"]  # an option of the command line, not a setting
    del shown["`CHAMRA_LEDGER_URL`"], shown["`CHAMRA_BLOBS_URL`"]  # of the workspace
    defaults = {f"`CHAMRA_{name.upper()}`": field.default for name, field in Settings.model_fields.items()}
    assert set(shown) == set(defaults)
    del shown["`CHAMRA_JOBS`"]  # depends on the machine
    assert {name: value.strip("`") for name, value in shown.items()} == {
        name: f"{default:g}" if isinstance(default, float) else str(default)
        for name, default in defaults.items()
        if name in shown
    }


def test_the_thai_guide_for_operators_says_what_the_english_one_does() -> None:
    """The same commands with the same options, the same settings, variables, faults, and as many chapters."""
    english, thai = ROOT / "docs/operator.md", ROOT / "docs/th/operator.md"
    assert list(chamra_calls(thai)) == list(chamra_calls(english))
    assert list(blocks(thai, "nginx")) == list(blocks(english, "nginx"))
    for heads in (
        ("setting", "ค่าตั้ง"), ("in the folder", "ในโฟลเดอร์"), ("flow / deployment", "flow / deployment"),
        ("role", "บทบาท"), ("line", "บรรทัด"),
    ):  # fmt: skip
        assert _coded(table(thai, heads[1])) == _coded(table(english, heads[0])), heads
    settings = table(thai, "ค่าตั้ง")
    assert all(
        settings[name] == default
        for name, default in table(english, "setting").items()
        if name != "`CHAMRA_JOBS`"
    )
    told, said = (path.read_text(encoding="utf-8") for path in (thai, english))
    for what in (r"^#+ ", r"`CHAMRA_[A-Z_]+`", r"`tests/[a-z_/.]+`", r"^- "):
        assert len(re.findall(what, told, re.MULTILINE)) == len(re.findall(what, said, re.MULTILINE)), what


def _coded(rows: dict[str, str]) -> list[list[str]]:
    """What stands in code in the first column of each row."""
    return [re.findall(r"`[^`]+`|^[a-z-]+$", name) for name in rows]


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A folder that looks like a clone to the commands of the documentation, with `chamra` to call."""
    (tmp_path / "cli/sample").mkdir(parents=True)
    shutil.copy(ROOT / "cli/sample/scan.pdf", tmp_path / "cli/sample/scan.pdf")
    program = tmp_path / "bin/chamra"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m cli.app "$@"\n')
    program.chmod(0o755)
    return tmp_path


@pytest.mark.tesseract
@pytest.mark.timeout(1200)
def test_every_command_of_the_documentation_runs_and_prints_what_is_shown(clone: Path) -> None:
    unset = {
        name: value for name, value in os.environ.items() if not name.startswith(("CHAMRA_", "PREFECT_"))
    }
    environment = unset | {
        "PATH": f"{clone / 'bin'}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT), "COLUMNS": "110",
    }  # fmt: skip
    ran = 0
    for document in DOCUMENTS:
        for command, shown in runnable(document):
            done = subprocess.run(
                ["bash", "-c", command],
                cwd=clone,
                env=environment,
                capture_output=True,
                text=True,
                check=False,
            )
            told = f"{document.name}: $ {command}\n{done.stdout}{done.stderr}"
            assert done.returncode == 0, told
            printed = iter(done.stdout.splitlines())
            for line in shown:
                pattern = line.replace("[", "[[]").replace("...", "*")
                assert any(fnmatchcase(one, pattern) for one in printed), f"{told}\nnot printed: {line}"
            ran += 1
    assert ran >= 15
