"""A worker that was taken over reaches nothing but the file that it was given."""

import platform

import pytest

from ocr.sandbox import landlock
from ocr.sandbox.limits import Limits
from ocr.sandbox.process import Worker
from ocr.sandbox.trial import what_is_refused
from tests.ocr import escaping

pytestmark = pytest.mark.skipif(
    platform.machine() != "x86_64" or landlock.version() < 4, reason="needs Linux 6.7 or later on x86_64"
)


@pytest.fixture
def place(tmp_path):
    (tmp_path / "ledger.sqlite").write_bytes(b"records")
    return tmp_path


@pytest.fixture
def worker(place):
    source = place / "source.pdf"
    source.write_text("its own")
    with source.open("rb") as file:
        started = Worker(escaping.__name__, str(place), Limits(), file.fileno())
        yield started, file.fileno()
        started.close()


def test_nothing_that_a_hostile_decoder_would_try_gets_through(worker, place):
    header, _ = worker[0].request({})
    assert header["through"] == []
    assert (place / "ledger.sqlite").read_bytes() == b"records"
    assert sorted(one.name for one in place.iterdir()) == ["ledger.sqlite", "source.pdf"]


def test_without_confinement_nearly_all_of_it_would(place):
    """So it is the confinement that refuses, not the account of the test."""
    through = [what for what in ("the ledger", "a file", "a listing", "an address", "a signal") if
               escaping.is_through(escaping.ATTEMPTS[what], str(place))]  # fmt: skip
    assert through == ["the ledger", "a file", "a listing", "an address", "a signal"]


def test_its_own_file_can_be_read_and_no_secret_is_in_its_environment(worker, monkeypatch):
    asked, file = worker
    header, _ = asked.request({"own": file})
    assert header["own"] == "its own"
    assert set(header["environment"]) <= {"LC_CTYPE"}  # what Python sets itself


def test_the_trial_that_the_doctor_makes_says_what_holds():
    tried = what_is_refused()
    assert len(tried) == 7
    assert all(tried.values())


def test_the_trial_says_what_does_not_hold(monkeypatch):
    start = (
        "import sys; sys.path.insert(0, sys.argv[1]); import ocr.sandbox.serve as s; s.confine = lambda f: None\n"
        "s.serve(sys.argv[2], sys.argv[3], int(sys.argv[4]), float(sys.argv[5]), int(sys.argv[6]))"
    )
    monkeypatch.setattr("ocr.sandbox.process._START", start)
    assert not any(what_is_refused().values())
