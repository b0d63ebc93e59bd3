"""Whatever people decide in whatever order, what is published can be audited."""

import random
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.audit import audit
from audit.report import Severity
from model.edit import apply_edits
from model.errors import GateError, UsageError
from model.state import Outcome, Stage
from review.decide import accept, accept_remaining, edit, reject, reject_remaining
from review.publish import publish
from review.sign import sign
from review.state import document_state
from tests.review.house import FIRST, KATHU, MALEE, ON_FIRST, SOMCHAI, House, document_text
from tests.workspace import samples
from tests.workspace.killing import killed
from workspace.workspace import Workspace

ACTIONS = ("accept", "reject", "edit", "accept all", "reject all", "sign", "publish", "examine", "read")


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """One workspace for all examples; each is a document of its own."""
    house = House(tmp_path_factory.mktemp("promises"))
    yield house
    house.ws.close()


def act(house, action, who, data, text):
    """Do something that a person or a run might do; what is refused is refused."""
    ws, document = house.ws, house.document
    page = document_state(ws, document).pages[0]
    known = [one.id for one in page.findings.all] if page.findings is not None else []
    if action in ("accept", "reject", "edit") and known:
        chosen = data.draw(st.sampled_from(known))
        with suppress(UsageError):
            if action == "accept":
                accept(ws, document, [chosen], who)
            elif action == "reject":
                reject(ws, document, [chosen], who)
            else:
                edit(ws, document, chosen, data.draw(st.sampled_from(("", "กข", "คง", "ำ"))), who)
    elif action == "accept all":
        accept_remaining(ws, document, who)
    elif action == "reject all":
        reject_remaining(ws, document, who)
    elif action == "sign":
        with suppress(GateError):
            sign(ws, document, who)
    elif action == "publish":
        publish(ws, document)
    elif action == "examine":
        house.examine_again(1, *data.draw(samples.found_in(text)).all, text=text)
    elif action == "read":
        house.read(1, text, data.draw(samples.found_in(text)), run=data.draw(st.integers(2, 3)))


def settle(house):
    """Decide whatever is open, until nothing is."""
    while True:
        for who in (SOMCHAI, MALEE):
            accept_remaining(house.ws, house.document, who)
        (page,) = document_state(house.ws, house.document).pages
        torn = [key for key in page.open_findings if page.outcomes[key] is Outcome.CONFLICT]
        if not page.open_findings:
            return page
        for who in (SOMCHAI, MALEE):
            reject(house.ws, house.document, torn, who)


@pytest.mark.slow
@settings(max_examples=40)
@given(st.data())
def test_any_course_of_decisions_ends_in_a_text_that_the_audit_holds(archive, data):
    house = archive
    text = data.draw(samples.thai)
    house.source(1, f"{house.ws.ledger.head().seq}.pdf")
    house.read(1, text, data.draw(samples.found_in(text)))
    for _ in range(data.draw(st.integers(0, 6))):
        who = data.draw(st.sampled_from((SOMCHAI, MALEE)))
        act(house, data.draw(st.sampled_from(ACTIONS)), who, data, text)
    page = settle(house)
    sign(house.ws, house.document, SOMCHAI)
    publish(house.ws, house.document)
    (after,) = document_state(house.ws, house.document).pages
    assert after.stage is Stage.PUBLISHED
    assert document_text(house.ws, house.document) == page.shown_text == page.final_text
    assert apply_edits(text, tuple(one.edit for one in page.edits)) == page.final_text
    report = audit(house.ws, [house.document], text=page.shown_text)
    # Levels are drawn at random here, and the audit asks what is seen on paper.
    errors = [one for one in report.findings if one.severity is Severity.ERROR]
    assert [one for one in errors if "no policy may call it SAFE" not in one.message] == []


@pytest.mark.slow
@settings(max_examples=40)
@given(st.data())
def test_where_nothing_was_accepted_the_text_is_the_raw_text(archive, data):
    house = archive
    text = data.draw(samples.thai)
    found = data.draw(samples.found_in(text))
    house.source(1, f"{house.ws.ledger.head().seq}.pdf")
    house.read(1, text, found)
    for who in (SOMCHAI, MALEE):
        reject(house.ws, house.document, [one.id for one in found.all], who)
    sign(house.ws, house.document, SOMCHAI)
    publish(house.ws, house.document)
    assert document_text(house.ws, house.document) == text


@pytest.mark.slow
def test_deciding_signing_and_publishing_may_be_killed_at_any_moment(tmp_path):
    house = House(tmp_path)
    document = house.source(1)
    house.read(1, FIRST, ON_FIRST)
    house.ws.close()
    folder = tmp_path / "archive"

    def work(acknowledge):
        ws = Workspace.open(folder)

        def newest(kind):
            return max(one.seq for one in ws.ledger.records(kind=kind))

        texts = ["กะทู้", "กะรน", "กมลา", "ฉลอง"]
        number = ws.ledger.head().seq
        while True:
            number += 1
            edit(ws, document, KATHU.id, texts[number % 4], SOMCHAI)
            acknowledge(newest("decision"))
            for who in (SOMCHAI, MALEE):
                accept_remaining(ws, document, who)
            sign(ws, document, SOMCHAI)
            acknowledge(newest("signoff"))
            publish(ws)
            acknowledge(newest("published"))

    dice = random.Random(3)
    acknowledged: set[int] = set()
    for _ in range(12):
        acknowledged.update(killed(work, dice, 0.15))
        with Workspace.open(folder) as ws:
            assert list(ws.ledger.verify()) == []
            assert acknowledged <= {one.seq for one in ws.ledger.records()}
            publish(ws)
            report = audit(ws)
            assert [one for one in report.findings if one.severity is not Severity.NOTE] == []


def test_what_a_run_was_killed_over_gives_the_same_bytes_when_it_is_done_again(tmp_path):
    def whole_way(folder):
        house = House(folder)
        house.source(1)
        house.read(1, FIRST, ON_FIRST)
        for who in (SOMCHAI, MALEE):
            accept_remaining(house.ws, house.document, who)
        sign(house.ws, house.document, SOMCHAI)
        publish(house.ws)
        document_text(house.ws, house.document)
        house.ws.close()
        return sorted(path.name for path in (folder / "archive" / "blobs").rglob("*") if path.is_file())

    def without_the_head(names, folder):
        """A published blob names the head of its own ledger, and each ledger has its own id."""
        store = folder / "archive" / "blobs"
        return {n for n in names if b"chamra/published" not in (store / n[:2] / n).read_bytes()}

    one, two = tmp_path / "one", tmp_path / "two"
    first, second = whole_way(one), whole_way(two)
    assert without_the_head(first, one) == without_the_head(second, two)
    assert len(first) == len(second)
