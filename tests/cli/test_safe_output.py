"""Nothing that stands in a name, a reading or a note reaches a terminal as a command to it."""

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from model.errors import Exit
from model.visible import in_a_row, shown

ROOT = Path(__file__).resolve().parents[2]
EVIL = "x\x1b[2J\x9b31m\u202e\rfdp\nchamra: nothing is wrong\x07.pdf"
ESCAPED = r"x\u001b[2J\u009b31m\u202e\u000dfdp\nchamra: nothing is wrong\u0007.pdf"
OBEYED = re.compile("[\x00-\x08\x0b\x0d-\x1f\x7f-\x9f\u202e]")


@pytest.fixture
def evil(scan, tmp_path):
    path = tmp_path / EVIL
    scan.rename(path)
    reading = tmp_path / "other.html"
    page = '<div class="ocr_page"><span class="ocr_line">ก\u202eข\u009b</span></div>'
    system = "<meta name='ocr-system' content='tess\u009b31m\u202eeract 5'/>"
    reading.write_text(f"<html><head>{system}</head><body>{page * 3}</body></html>", "utf-8")
    return path, reading


def test_a_hostile_name_and_a_hostile_reader_are_shown_as_what_they_are(chamra, evil, tmp_path):
    path, reading = evil
    work = ("-w", tmp_path / "w")
    told = chamra("digitise", path, *work, "--reading", reading)
    assert told[0] == Exit.DONE, told
    assert ESCAPED in told[1]
    assert "nothing is wrong" in told[2]
    assert not re.search("^chamra: nothing is wrong", told[2], re.MULTILINE)
    for words in (
        ("status",), ("status", path), ("status", path, "--json"), ("report", path), ("audit",), ("places", path),
        ("trace", path, "1", "0", "--layer", "raw"), ("text", "no\x1b[2Jthing", "--layer", "raw"), ("publish",),
    ):  # fmt: skip
        status, out, err = chamra(words[0], *words[1:], *work)
        assert not OBEYED.search(out + err), (words, OBEYED.search(out + err))
        assert status in (Exit.DONE, Exit.NEEDS_A_PERSON, Exit.BAD_INPUT), (words, err)
    assert json.loads(chamra("status", path, "--json", *work)[1])["documents"][0]["name"] == EVIL
    status, out, _ = chamra("trace", path, "1", "0", "--layer", "raw", "--json", *work)
    assert json.loads(out)


def test_a_text_that_is_piped_has_its_own_bytes(evil, tmp_path):
    path, reading = evil
    command = [sys.executable, "-m", "cli.app"]
    work = ["-w", str(tmp_path / "w")]
    subprocess.run(
        [*command, "digitise", path, *work, "--reading", reading], cwd=ROOT, check=True, capture_output=True
    )
    said = subprocess.run(
        [*command, "text", path, *work, "--layer", "raw"], cwd=ROOT, check=True, capture_output=True
    ).stdout
    assert said.decode().split("\f")[0] == "ก\u202eข\u009b"


@pytest.mark.parametrize("words", [("status",), ("text", "--layer", "raw"), ("digitise",)])
def test_at_a_terminal_colours_and_bars_stay_and_nothing_of_the_name(evil, tmp_path, words):
    path, reading = evil
    work = ["-w", str(tmp_path / "w"), "--reading", str(reading)]
    command = [sys.executable, "-m", "cli.app"]
    if words[0] != "digitise":
        subprocess.run([*command, "digitise", path, *work], cwd=ROOT, check=True, capture_output=True)
        work = work[:2]
    said = at_a_terminal([*command, words[0], str(path), *words[1:], *work])
    assert "\x1b[2J" not in said
    assert not re.search("[\x07\x9b\u202e]", said)
    if words[0] != "text":
        assert "\x1b[" in said  # Rich speaks to a terminal
        assert re.search(r"\\u009b31m|\[U\+009B\]31m", said)
    else:
        assert r"ก\u202eข\u009b" in said


def at_a_terminal(command):
    ours, its = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "200"}
    with subprocess.Popen(command, cwd=ROOT, stdout=its, stderr=its, env=environment) as process:
        os.close(its)
        said = b""
        while True:
            try:
                piece = os.read(ours, 65536)
            except OSError:
                break
            if not piece:
                break
            said += piece
        assert process.wait() == 0, said
    os.close(ours)
    return said.decode()


def test_what_is_shown_is_an_escape_that_json_reads_back():
    for letter in map(chr, [*range(32), *range(0x7F, 0xA0), 0x202E, 0x2028, 0x200F]):
        text = json.dumps(f"a{letter}b", ensure_ascii=False)
        assert json.loads(shown(text)) == f"a{letter}b"
    assert shown("น้ำ\n\tA\f") == "น้ำ\n\tA\f"
    assert in_a_row("a\nb") == r"a\nb"
