"""Whoever asks for a page in the browser is heard, whatever happened to the ledger or to a child before."""

import os
import time
from typing import Any

import pytest

from model.errors import LedgerError
from pipeline import asked_reader
from pipeline.asked_reader import AskedReader


@pytest.fixture
def asked(monkeypatch):
    """What the ledger answers when it is asked for the wishes, one answer after the other; none in the end."""
    answers: list[Any] = []

    def pages_asked_for(_):
        answer = answers.pop(0) if answers else {}
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(asked_reader, "pages_asked_for", pages_asked_for)
    monkeypatch.setattr(asked_reader, "_PAUSE", 0.01)
    return answers


@pytest.fixture
def reader(workspace, tmp_path, monkeypatch):
    """An asked reader whose child notes that it was started, and ends as `statuses` say."""
    made = AskedReader(workspace)
    command = f"echo >> {tmp_path / 'started'}; read status rest < {tmp_path / 'statuses'}; exit $status"
    monkeypatch.setattr(made, "_command", ["sh", "-c", command])
    (tmp_path / "statuses").write_text("0\n")
    return made


def until(holds):
    end = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.01)


def started(tmp_path):
    path = tmp_path / "started"
    return len(path.read_text().splitlines()) if path.exists() else 0


def test_pages_are_read_though_the_ledger_was_away_for_a_while(asked, reader, tmp_path):
    asked += [LedgerError("away", transient=True), LedgerError("away", transient=True), {"d" * 64: (1,)}]
    with reader:
        until(lambda: started(tmp_path) == 1)
        until(lambda: not asked)


def test_who_asks_after_the_ledger_was_away_is_heard(asked, reader, tmp_path, monkeypatch):
    monkeypatch.setattr(asked_reader, "_PAUSE", 600.0)
    asked.append(LedgerError("away", transient=True))
    with reader:
        until(lambda: not asked)
        asked.append({"d" * 64: (1,)})
        reader.wake()
        until(lambda: started(tmp_path) == 1)


def test_a_child_that_comes_to_nothing_is_started_again(asked, reader, tmp_path):
    (tmp_path / "statuses").write_text("5\n")
    asked += [{"d" * 64: (1,)}] * 1000
    with reader:
        until(lambda: started(tmp_path) >= 2)
        (tmp_path / "statuses.new").write_text("1\n")
        os.replace(tmp_path / "statuses.new", tmp_path / "statuses")  # noqa: PTH105  atomic
        until(lambda: not reader._woken.is_set())
        last = [-1]

        def is_quiet():
            before, last[0] = last[0], started(tmp_path)
            time.sleep(0.5)
            return before == last[0]

        until(is_quiet)
    assert asked, "what was tried and failed again is on record, and is not tried for ever"
