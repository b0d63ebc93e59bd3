"""The fuzzer finds what it is made to find, and our own corpus is what it says."""

import itertools
import random
import time

import pytest

from benchmarks import fuzz
from benchmarks.fuzz_corpus import import_files, sheet_files, source_files
from benchmarks.fuzz_web import WebTarget


def test_what_is_no_refusal_is_a_finding_and_is_kept(tmp_path):
    def target(data):
        if b"boom" in data:
            raise IndexError("out of range")
        return "read"

    found = fuzz.FuzzFaults(tmp_path)
    outcomes = fuzz.fuzz("imports", target, iter([b"a", b"boom", b"boom"]), 60, found)
    assert outcomes == {"read": 1, "FINDING": 2}
    assert dict(found.kinds) == {"imports: IndexError: out of range": 2}
    kept = sorted(path.suffix for path in tmp_path.iterdir())
    assert kept == [".bytes", ".txt"]


def test_what_takes_too_long_is_a_finding(monkeypatch):
    moments = itertools.count(0, 100)
    monkeypatch.setattr(time, "process_time", lambda: next(moments))
    found = fuzz.FuzzFaults(None)
    assert fuzz.fuzz("web", lambda data: "2xx", iter([b"a"]), 1000, found)["TOO SLOW"] == 1


@pytest.mark.parametrize(
    ("files", "target"),
    [
        (source_files, fuzz.read_source),
        (import_files, fuzz.take_import_in_the_worker),
        (sheet_files, fuzz.take_sheet),
    ],
)
def test_every_file_of_the_corpus_is_read(files, target, tmp_path):
    outcomes = [target(tmp_path)(data) for data in files()]
    assert outcomes.count("read") >= len(outcomes) - 1, outcomes


def test_changes_come_again_from_the_same_seed():
    corpus = import_files()
    first, again = (list(itertools.islice(fuzz.cases(corpus, random.Random(5)), 50)) for _ in range(2))
    assert first == again
    assert len(set(first)) > 40


def test_a_few_seconds_of_imports_sheets_and_requests_find_nothing(tmp_path):
    chance = random.Random(3)
    found = fuzz.FuzzFaults(None)
    web = WebTarget(tmp_path / "w")
    for name, target, tries in (
        ("imports", fuzz.take_import, fuzz.cases(import_files(), chance)),
        ("sheets", fuzz.take_sheet(tmp_path), fuzz.cases(sheet_files(), chance)),
        ("web", web.ask, web.requests(chance)),
    ):
        fuzz.fuzz(name, target, itertools.islice(tries, 300), 60, found)
    web.close()
    assert not found.kinds
