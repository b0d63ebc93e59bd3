"""A workspace that an earlier program wrote: nothing of it is lost, and it goes on."""

import zipfile
from pathlib import Path

import pytest

from audit.audit import audit
from model.evidence import EvidenceKind
from model.state import Outcome, Stage
from review.published import edition
from review.reanchor import reanchor
from review.state import document_ids, document_state
from tests.review.house import FIRST, KATHU, House
from tests.workspace import samples
from workspace.workspace import Workspace

KEPT = Path(__file__).parents[1] / "workspace" / "earlier" / "findings-1.zip"


@pytest.fixture
def earlier(tmp_path):
    with zipfile.ZipFile(KEPT) as kept:
        kept.extractall(tmp_path)
    house = House(tmp_path)
    (house.document,) = document_ids(house.ws)
    yield house
    house.ws.close()


def test_what_was_signed_and_published_stands_and_the_audit_holds(earlier):
    state = document_state(earlier.ws, earlier.document)
    assert [page.stage for page in state.pages] == [Stage.PUBLISHED] * 2
    assert state.pages[0].outcomes[KATHU.id] is Outcome.ACCEPTED
    assert audit(earlier.ws).holds


def test_its_evidence_is_shown_as_the_sentences_that_were_kept(earlier):
    found = document_state(earlier.ws, earlier.document).pages[0].all_findings
    kinds = {evidence.kind for one in found for evidence in one.evidence}
    assert kinds == {EvidenceKind.SENTENCE}


def test_decisions_follow_to_a_new_reading_by_this_program(earlier):
    text = f"{FIRST} "
    again = samples.proposal(text, "กระทู้", "กะทู้"), samples.flag(text, "๒๕๕๕")
    earlier.read(1, text, samples.findings(text, *again), run=2)
    done = reanchor(earlier.ws.ledger, earlier.ws.store, earlier.document, 1)
    assert done is not None
    assert len(done.carried) + len(done.conflicts) + len(done.lapsed) >= 4
    assert audit(earlier.ws).holds


def test_it_opens_without_being_changed_and_a_copy_can_only_be_read(earlier):
    before = earlier.ws.ledger.head().seq
    with Workspace.open(earlier.ws.path, readonly=True) as ws:
        assert set(edition(ws, earlier.document).published) == {1, 2}
        assert ws.ledger.head().seq == before
