"""Whatever happens to a workspace after it was published: nothing lost, nothing stale, one text for every reader."""

import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from ledger.events.page_read import PageRead
from model.decision import Verdict, Who
from model.errors import GateError, Outdated, UsageError
from model.state import PageState
from review.decide import DecisionRequest, accept_remaining, decide, edit
from review.publish import publish
from review.reanchor import reanchor
from review.rework import answer, return_page, revoke
from review.sign import sign
from review.state import page_state
from review.web.overview import Overview
from tests.review.house import FIRST, SECOND, House
from tests.second_life.readers import disagreements
from tests.workspace import samples

pytestmark = pytest.mark.slow

PEOPLE = [Who(name, name, claimed=True) for name in ("มาลี", "สมชาย", "วีระ")]
TEXTS = [FIRST, SECOND, FIRST.replace("กระทู้", "กะทู้"), f"{SECOND} จังหวัดภูเก็ต"]
CHANGES = [("กระทู้", "กะทู้", 1), ("ภูเก็ต", "สตูล", 2), ("เชียงไหม่", "เชียงใหม่", 1), ("กำแพง", "กําแพง", 1)]
numbers = st.integers(1, 2)
people = st.sampled_from(PEOPLE)
refused = (UsageError, GateError, Outdated)


def found_in(text, which):
    """Some of what there is to find in a text."""
    here = [
        samples.proposal(text, before, after, people=people)
        for at, (before, after, people) in enumerate(CHANGES)
        if before in text and which & 1 << at
    ]
    return samples.findings(text, *here, ruleset=f"rules-{which}")


class SecondLife(RuleBasedStateMachine):
    """Three people, two pages, and a program that is upgraded while they work."""

    @initialize()
    def publish_once(self):
        self.folder = tempfile.TemporaryDirectory()
        self.house = House(Path(self.folder.name))
        self.document = self.house.two_pages()
        for who in PEOPLE[:2]:
            accept_remaining(self.house.ws, self.document, who)
        sign(self.house.ws, self.document, PEOPLE[0])
        publish(self.house.ws)
        self.open_queue = Overview(self.house.ws)
        self.open_queue.document(self.document)

    @contextmanager
    def done_or_refused(self):
        """What is refused records nothing."""
        head = self.house.ws.ledger.head()
        try:
            yield
        except refused:
            assert self.house.ws.ledger.head() == head

    def page(self, number) -> PageState:
        return page_state(self.house.ws, self.document, number)

    @rule(number=numbers, who=people, at=st.integers(0, 9), verdict=st.sampled_from(list(Verdict)))
    def decides(self, number, who, at, verdict):
        ids = sorted(self.page(number).outcomes)
        if ids and verdict not in (Verdict.EDIT, Verdict.WAIVE):
            with self.done_or_refused():
                request = DecisionRequest(f"{number}:{ids[at % len(ids)]}", verdict)
                decide(self.house.ws, self.document, [request], who)

    @rule(number=numbers, who=people, at=st.integers(0, 9), after=st.sampled_from(["ก", "ขข", "คคค"]))
    def edits(self, number, who, at, after):
        ids = sorted(self.page(number).outcomes)
        if ids:
            with self.done_or_refused():
                edit(self.house.ws, self.document, f"{number}:{ids[at % len(ids)]}", after, who)

    @rule(who=people)
    def accepts_what_is_left(self, who):
        accept_remaining(self.house.ws, self.document, who)

    @rule(who=people)
    def signs(self, who):
        with self.done_or_refused():
            sign(self.house.ws, self.document, who)

    @rule()
    def is_published(self):
        publish(self.house.ws)

    @rule(number=numbers, which=st.integers(0, 15))
    def is_examined_by_another_program(self, number, which):
        page = self.page(number).page
        assert page is not None
        text = page.reading.text
        self.house.examine(number, self.newest_blob(number), found_in(text, which), run=which)
        reanchor(self.house.ws.ledger, self.house.ws.store, self.document, number)

    @rule(number=numbers, text=st.sampled_from(TEXTS), which=st.integers(0, 15))
    def is_read_anew(self, number, text, which):
        self.house.read(number, text, found_in(text, which), run=100 + which)
        reanchor(self.house.ws.ledger, self.house.ws.store, self.document, number)

    @rule(number=numbers, who=people)
    def is_revoked(self, number, who):
        with self.done_or_refused():
            revoke(self.house.ws, self.document, [number], "ลงนามผิดฉบับ", who)

    @rule(number=numbers, who=people)
    def is_returned(self, number, who):
        return_page(self.house.ws, self.document, number, "ขาดหนึ่งบรรทัด", who)

    @rule(number=numbers, who=people)
    def is_answered(self, number, who):
        with self.done_or_refused():
            answer(self.house.ws, self.document, number, who)

    @invariant()
    def every_reader_has_the_same_text_and_nothing_is_lost(self):
        assert disagreements(self.house) == []

    @invariant()
    def a_queue_that_was_open_all_the_time_is_not_stale(self):
        ours = self.open_queue.document(self.document).pages
        assert ours == Overview(self.house.ws).document(self.document).pages

    def newest_blob(self, number):
        entry = self.house.ws.ledger.newest(PageRead, document=self.document, page=number)
        assert entry is not None
        return entry.event.blob

    def teardown(self):
        self.house.ws.close()
        self.folder.cleanup()


TestSecondLife = SecondLife.TestCase
TestSecondLife.settings = settings(
    max_examples=20,
    stateful_step_count=15,
    derandomize=True,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
