"""What the doctor says of the process that opens files."""

import pytest

from ocr.sandbox.process import WorkerDied
from pipeline import doctor
from pipeline.doctor import Health, examine


@pytest.fixture
def told(workspace, monkeypatch):
    def ask(tried):
        monkeypatch.setattr(doctor, "what_is_refused", tried)
        return next(one for one in examine(workspace.path) if one.what == "confinement")

    return ask


def test_what_a_decoder_could_do_is_a_warning_with_a_remedy(told):
    found = told(lambda: {"reading other files": False, "the network": True, "writing files": False})
    assert found.health is Health.WARN
    assert "not refused to a decoder: reading other files, writing files." in found.words
    assert "container" in found.words


def test_a_confinement_that_holds_is_said_with_what_it_refuses(told):
    found = told(lambda: {"the network": True})
    assert (found.health, found.words) == (Health.OK, "whoever takes over a decoder is refused: the network")


def test_a_worker_that_does_not_start_is_a_failure(told):
    def dies():
        raise WorkerDied("ended with status 1: no module")

    assert told(dies).health is Health.FAIL
