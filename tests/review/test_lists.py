"""The lists follow every record, lead everybody to what they may do, and find every place of a word."""

from dataclasses import replace
from itertools import pairwise
from time import monotonic, sleep

import pytest

from ledger.catalogue import CATALOGUE
from ledger.history import PAGE
from model.addition import DOUBTFUL
from model.edit import Expectation
from model.errors import UsageError
from model.state import Outcome, Stage
from model.user import Role
from review.add import add_text, mark, transcribe
from review.decide import accept, reject, waive
from review.expected import expected_rest
from review.own_text import current_rows, edited_line, row_text
from review.pace import FEWEST, USUAL, Pace, minutes_for
from review.publish import publish
from review.rework import answer, return_page, revoke, take_up_again
from review.search_index import FILE, SearchIndex
from review.shown_search import ShownSearch
from review.sign import sign
from review.state import page_state, summarise
from review.summary_store import document_lines
from review.todo import Viewer, todo
from review.web.keeping_up import keeping_up
from review.web.overview import Overview
from review.web.queue_view import MOST_ROWS, ListRequest, Lists, Wait, asked_of
from tests.review.house import (
    CHIANG_MAI,
    FIRST,
    KATHU,
    MALEE,
    ON_FIRST,
    ON_SECOND,
    SATUN,
    SECOND,
    SOMCHAI,
    YEAR,
)
from tests.workspace import samples

REVIEWER = frozenset({Role.REVIEWER})
SECOND_REVIEWER = frozenset({Role.SECOND_REVIEWER})
LOOKING = "browser"


def test_an_event_that_changes_a_page_says_so():
    """What folds a page's history is found by `touches`, and the lists follow the same: an event that the fold handles
    and that touches no page would be lost to both."""
    names_a_page = {one for one in CATALOGUE.values() if "page" in one.__dataclass_fields__}
    assert set(PAGE.handlers) <= names_a_page
    assert {one.KIND for one in names_a_page} >= {"return", "revocation", "addition", "answer", "decision"}


def test_the_lists_follow_every_kind_of_record_about_a_page(house):
    document = house.two_pages()
    ws = house.ws
    house.source(1, name="ปก.pdf")
    cover = house.document
    house.fail(1)
    followed = Overview(ws)
    steps = (
        lambda: accept(ws, document, [KATHU.id, SATUN.id, YEAR.id], SOMCHAI),
        lambda: accept(ws, document, [SATUN.id], MALEE),
        lambda: mark(ws, document, 1, KATHU.id, DOUBTFUL, MALEE, how=LOOKING, note="เทียบหน้า 2"),
        lambda: accept(ws, document, waiting_on(ws, document), SOMCHAI),
        lambda: add_text(
            ws,
            document,
            2,
            lambda state: edited_line(state, 0, first_line(state), "องค์การบริหาร"),
            MALEE,
            how=LOOKING,
        ),
        lambda: reject(ws, document, [CHIANG_MAI.id], SOMCHAI),
        lambda: sign(ws, document, MALEE, pages=[1]),
        lambda: publish(ws, document),
        lambda: revoke(ws, document, [1], "ผิดฉบับ", MALEE),
        lambda: return_page(ws, document, 1, "ขาดหนึ่งบรรทัด", SOMCHAI),
        lambda: answer(ws, document, 1, MALEE),
        lambda: waive(ws, cover, 1, "ปกเปล่า", SOMCHAI),
        lambda: take_up_again(ws, cover, 1, MALEE),
        lambda: transcribe(ws, cover, 1, "ปก", SOMCHAI, how=LOOKING),
        lambda: house.read(1, "ปกหน้า", replace(ON_SECOND, proposals=(), flags=())),
    )
    seen = []
    for step in steps:
        step()
        now = [(one.id, one.pages, one.asking, +one.stages, +one.outcomes) for one in followed.documents(9.0)]
        afresh = [
            (one.id, one.pages, one.asking, +one.stages, +one.outcomes) for one in Overview(ws).documents(9.0)
        ]
        assert now == afresh
        seen.append(now)
    assert all(before != after for before, after in pairwise(seen))


def waiting_on(ws, document):
    return page_state(ws, document, 1).open_findings


def first_line(state):
    return row_text(current_rows(state)[0])


def test_after_signing_the_way_leads_to_clean_pages_too(house):
    """A page without a finding asks for a signature, and the next page is one that asks for anything."""
    document = house.source(3)
    house.read(1, FIRST, ON_FIRST)
    house.read(2, "สำนักนายกรัฐมนตรี", replace(ON_SECOND, proposals=(), flags=()))
    house.read(3, SECOND, ON_SECOND)
    other = house.source(1, name="อีกฉบับ.pdf")
    house.fail(1)
    overview, somchai = Overview(house.ws), Viewer("somchai")
    assert overview.near(document, 1, somchai).open == 3
    assert overview.near(document, 1, somchai).needs == 2
    assert overview.next_needing(somchai, document, 1) == (document, 2)
    sign(house.ws, document, SOMCHAI, pages=[2])
    assert overview.next_needing(somchai, document, 1) == (document, 3)
    accept(house.ws, document, [f"3:{CHIANG_MAI.id}"], SOMCHAI)
    assert overview.next_needing(somchai, document, 2) == (document, 3), "now it is to be signed"
    sign(house.ws, document, SOMCHAI, pages=[3])
    assert overview.next_needing(somchai, document, 3) == (document, 1)
    assert overview.next_needing(Viewer("prani", SECOND_REVIEWER), document, 1) is None
    accept(house.ws, document, [KATHU.id, SATUN.id, YEAR.id], SOMCHAI)
    assert overview.next_needing(somchai, document, 1) == (other, 1), "page 1 waits for somebody else"
    assert overview.next_needing(Viewer("prani", SECOND_REVIEWER)) == (document, 1)


def test_a_second_person_has_a_queue_of_their_own(house):
    document = house.two_pages()
    lists = Lists(Overview(house.ws), ShownSearch(house.ws, SearchIndex(house.ws)))
    prani = Viewer("prani", SECOND_REVIEWER)

    def mine(viewer):
        return [
            (row.entry.id, row.asks.open, row.asks.first, [one.page.number for one in row.rows])
            for row in lists.queue(ListRequest(show=Wait.MINE), viewer)["documents"]
        ]

    assert mine(prani) == []
    assert mine(Viewer("somchai", REVIEWER)) == [(document, 4, 1, [1, 2])]
    accept(house.ws, document, [SATUN.id], SOMCHAI)
    assert mine(prani) == [(document, 1, 1, [1])]
    assert mine(Viewer("anong", frozenset({Role.AUDITOR}))) == []
    assert mine(Viewer("wichai", frozenset({Role.OPERATOR}))) == []
    waits = lists.queue(ListRequest(show=Wait.SECOND), Viewer("anong", frozenset({Role.AUDITOR})))[
        "documents"
    ]
    assert [one.page.number for one in waits[0].rows] == [1]
    reject(house.ws, document, [SATUN.id], MALEE)
    summary = Overview(house.ws).document(document).pages[1]
    assert summary.outcomes[Outcome.CONFLICT] == 1
    assert todo(summary, Viewer("somchai", REVIEWER)).second == 1, "one of the two may give in"
    assert todo(summary, Viewer("wipa", REVIEWER)).second == 0
    assert todo(summary, prani).second == 1


def test_a_page_left_out_says_why_and_is_taken_up_again(house):
    document = house.source(1)
    house.fail(1)
    ws = house.ws
    waive(ws, document, 1, "ปกเปล่า", SOMCHAI)
    [row] = Lists(Overview(ws), ShownSearch(ws, SearchIndex(ws))).document(
        Overview(ws).document(document), ListRequest(), Viewer("somchai")
    )["rows"]
    assert (row.page.stage, row.page.reason) == (Stage.WAIVED, "สมชาย: ปกเปล่า")
    take_up_again(ws, document, 1, MALEE)
    assert Overview(ws).document(document).pages[1].stage is Stage.FAILED
    with pytest.raises(UsageError, match="not left out"):
        take_up_again(ws, document, 1, MALEE)
    waive(ws, document, 1, "ปกเปล่าจริง", MALEE)
    assert Overview(ws).document(document).pages[1].stage is Stage.WAIVED


def test_a_long_queue_is_shown_in_sheets(house):
    for number in range(120):
        house.source(1, name=f"{number}.pdf")
    lists = Lists(Overview(house.ws, seconds=9), ShownSearch(house.ws, SearchIndex(house.ws)))

    def sheet(number):
        view = lists.queue(asked_of({"sheet": number}), Viewer("somchai"))
        return [row.entry.name for row in view["documents"]], view["sheets"], view["found"]

    names, sheets, found = zip(*(sheet(str(number)) for number in (1, 2, 3)), strict=True)
    assert (sheets[0], found[0]) == (3, 120)
    assert [one for part in names for one in part] == [f"{number}.pdf" for number in range(120)]
    assert sheet("99")[0] == names[2]
    assert sheet("nonsense")[0] == names[0]


def test_a_search_gives_every_place_with_its_spaces_and_its_line(house):
    document = house.source(1)
    text = "ท่ี ต ำบล กํา แพง\nพบ ตำบล ท ี่สอง และตําบลที่สาม"
    house.read(1, text, replace(ON_SECOND, proposals=(), flags=()))
    index = SearchIndex(house.ws)
    assert index.follow(9) == 0
    assert list(index.pages("ตำบล")) == [(document, 1)]
    hits = index.hits(document, 1, "ตำ บล")
    assert [(one.row, one.found) for one in hits] == [(0, "ต ำบล"), (1, "ตำบล"), (1, "ตําบล")]
    assert hits[0].before == "ท่ี "
    assert hits[0].after.startswith(" กํา แพง พบ ตำบล")
    assert list(index.pages("พง พบ")) == [(document, 1)], "a word may go on in the next line"
    assert list(index.pages("ไม่มี")) == []
    assert list(index.pages("ก")) == [(document, 1)], "shorter than what the index is made of"
    assert list(index.pages(" \n")) == []
    assert list(index.pages('"ต" OR *')) == []


def test_a_search_finds_the_text_as_it_is_now_and_what_was_read(house):
    document = house.two_pages()
    index = SearchIndex(house.ws)
    index.follow(9)
    assert [(one.found, one.as_read) for one in index.hits(document, 2, "จังหวัดเชียงใหม่")] == [
        ("จังหวัดเชียงใหม่", False)
    ]
    assert [(one.found, one.as_read) for one in index.hits(document, 2, "เชียงไหม่")] == [("เชียงไหม่", True)]
    reject(house.ws, document, [f"2:{CHIANG_MAI.id}"], SOMCHAI)
    index.follow(9)
    assert list(index.pages("เชียงใหม่")) == []
    assert list(index.pages("เชียงไหม่")) == [(document, 2)]


def test_the_index_is_a_cache_that_may_be_lost_damaged_or_half_made(house):
    document = house.two_pages()
    path = house.ws.path / FILE
    index = SearchIndex(house.ws)
    assert index.follow(0) == 2, "no time: both pages are left, and said to be"
    assert SearchIndex(house.ws).follow(9) == 0, "another one goes on"
    assert list(SearchIndex(house.ws).pages("กระทู้")) == [(document, 1)]
    path.write_bytes(b"no database" * 100)
    fresh = SearchIndex(house.ws)
    fresh.follow(9)
    assert list(fresh.pages("กระทู้")) == [(document, 1)]
    path.unlink()
    again = SearchIndex(house.ws)
    again.follow(9)
    assert list(again.pages("กระทู้")) == [(document, 1)]


def test_the_pace_is_the_median_of_what_people_took_and_breaks_count_for_nothing(house):
    document = house.two_pages()
    pace = Pace(house.ws.ledger)
    assert pace.seconds() == USUAL
    for _ in range(FEWEST):
        for decide in (accept, reject):
            house.clock.now += house.clock.now.resolution * 11_000_000  # 11 s, and the clock's own
            decide(house.ws, document, [KATHU.id], SOMCHAI)
    house.clock.now += house.clock.now.resolution * 3_600_000_000
    accept(house.ws, document, [YEAR.id], SOMCHAI)
    decision, page = pace.seconds()
    assert 11 < decision < 20
    assert page == USUAL[1], "nothing was signed"
    summary = replace(Overview(house.ws).document(document).pages[1], expected=Expectation(50, 6.0, 3.0, 9.0))
    open_for = todo(summary, Viewer("malee")).decide
    assert minutes_for(summary, Viewer("malee"), (decision, page)) == pytest.approx(
        (open_for * decision + page) / 60
    )
    assert minutes_for(summary, Viewer("anong", frozenset({Role.AUDITOR})), (decision, page)) == 0


def test_queue_and_pages_are_ordered_by_errors_removed_per_minute(house):
    easy, hard = Expectation(50, 6.0, 3.0, 9.0), Expectation(50, 6.0, 3.0, 9.0)
    document = house.source(2)
    house.read(1, FIRST, replace(ON_FIRST, expected=hard))
    house.read(2, SECOND, replace(ON_SECOND, expected=easy))
    lists = Lists(Overview(house.ws), ShownSearch(house.ws, SearchIndex(house.ws)))
    view = lists.document(lists.overview.document(document), ListRequest(order="gain"), Viewer("somchai"))
    assert [one.page.number for one in view["rows"]] == [2, 1], "as many errors in less time"
    assert view["rows"][0].gain > view["rows"][1].gain > 0
    asks, pace = view["row"].asks, lists.overview.pace.seconds()
    assert asks.gain(pace) == pytest.approx(12 / view["row"].minutes)


def test_the_kept_summaries_are_what_the_lists_begin_with(house):
    document = house.two_pages()
    accept(house.ws, document, [SATUN.id], SOMCHAI)
    reject(house.ws, document, [SATUN.id], MALEE)
    before = Overview(house.ws).document(document).pages
    assert before[1].conflict_by == {"somchai": 1, "malee": 1}
    document_lines(house.ws)
    kept = Overview(house.ws)
    assert kept.documents(0.0)[0].pages == before
    assert kept.uncounted == 0


def test_what_was_counted_before_a_stop_is_not_counted_again(house, monkeypatch):
    for number in range(3):
        house.source(1, name=f"{number}.pdf")
        house.read(1, SECOND, ON_SECOND)
    looked_at = []

    def count_one(ws, document, required):
        looked_at.append(document)
        return summarise(ws, document, required)

    monkeypatch.setattr("review.summary_store.summarise", count_one)
    assert len(document_lines(house.ws, lambda: len(looked_at) >= 2)) == 2
    assert len(document_lines(house.ws)) == 3
    assert len(looked_at) == len(set(looked_at)) == 3
    document_lines(house.ws)
    assert len(looked_at) == 3


def test_between_requests_everything_is_counted_and_indexed(house):
    house.two_pages()
    overview, index = Overview(house.ws, seconds=0), SearchIndex(house.ws)
    with keeping_up(house.ws, overview, index):
        for word in ("กระทู้", "เชียงใหม่"):
            until = monotonic() + 20
            while not any(index.pages(word)) and monotonic() < until:
                sleep(0.02)
            assert any(index.pages(word))
        assert overview.uncounted == 0


def test_what_was_kept_of_pages_is_taken_up_before_somebody_asks(house):
    house.two_pages()
    house.source(1, name="สอง.pdf")
    house.read(1, FIRST, ON_FIRST)
    document_lines(house.ws)
    overview = Overview(house.ws)
    entries = overview.documents()
    assert [one.is_taken_up for one in entries] == [False, False]
    assert overview.warm_up(1)
    assert [one.is_taken_up for one in entries] == [True, False]
    assert overview.warm_up(5)
    assert not overview.warm_up(5)
    assert [one.is_taken_up for one in entries] == [True, True]


def test_what_is_still_expected_to_be_wrong_falls_with_every_decision_and_every_line_seen(house):
    document = house.source(1)
    text = f"{FIRST}\n{SECOND}"
    house.read(1, text, samples.findings(text, samples.proposal(text, "กระทู้", "กะทู้")))

    def rest(seen=()):
        return expected_rest(page_state(house.ws, document, 1), seen)

    before = rest()
    assert 0 < before.errors <= before.letters
    assert before.low <= before.errors <= before.high
    accept(house.ws, document, list(page_state(house.ws, document, 1).open_findings), SOMCHAI)
    decided = rest()
    assert decided.letters == before.letters - len("กระทู้")
    assert decided.errors < before.errors
    assert rest(seen=[1]).letters < decided.letters
    assert rest(seen=[0, 1]).letters == 0
    assert rest(seen=[0, 1]).errors == 0


def test_a_document_is_found_by_the_name_under_which_it_came_last(house):
    document = house.two_pages()
    overview = Overview(house.ws)
    lists = Lists(overview, ShownSearch(house.ws, SearchIndex(house.ws)))

    def found(words):
        return lists.queue(ListRequest(words), Viewer("somchai"))["found"]

    assert (found("ประกาศ"), found("คำสั่ง")) == (1, 0)
    (entry,) = overview.documents()
    entry.name = "คำสั่ง.PDF"
    assert (entry.id, found("คำสั่ง"), found("คําสั่ง.pdf")) == (document, 1, 0)


def test_two_characters_are_found_wherever_they_stand(house):
    document = house.source(2)
    house.read(1, "จังหวัดตรัง")
    house.read(2, '"ก๗" ตรอก')
    index = SearchIndex(house.ws)
    index.follow(60)
    for words, pages in {
        "จั": [1],
        "รั": [1],
        "ัง": [1],
        "อก": [2],
        '"ก': [2],
        "ตร": [1, 2],
        "๗ก": [],
        "ต": [1, 2],
        '"': [2],
        "ก": [2],
    }.items():
        assert list(index.pages(words)) == [(document, page) for page in pages], words


def test_pages_are_found_by_the_order_in_which_documents_came_whichever_changed_last(house):
    first = house.source(300, name="หนึ่ง.pdf")
    for page in range(1, 301):
        house.read(page, "ตำบลกำแพง อำเภอละงู")
    second = house.source(1, name="สอง.pdf")
    house.read(1, "ตำบลกำแพง")
    index = SearchIndex(house.ws)
    index.follow(60)
    house.document = first
    house.read(2, "ตำบลกมลา")
    index.follow(60)
    whole = [(first, page) for page in range(1, 301) if page != 2] + [(second, 1)]
    for words in ("กำแพง", "แพ", "พ"):
        assert list(index.pages(words)) == whole, words
        assert list(index.pages(words, second)) == [(second, 1)]
        assert list(index.pages(words, first)) == whole[:-1]
        assert list(index.pages(words, "0" * 64)) == []
    assert list(index.pages("กมลา")) == list(index.pages("มล")) == [(first, 2)]


def test_a_word_that_stands_everywhere_is_counted_so_far_and_looked_through_as_far_as_somebody_goes(
    house, monkeypatch
):
    monkeypatch.setattr("review.web.queue_view.MOST", 2)
    monkeypatch.setattr("review.web.queue_view.COUNTED", 3)
    documents = []
    for number in range(12):
        documents.append(house.source(1, name=f"{'ตำบล' if number == 7 else 'อำเภอ'}-{number}.pdf"))
        house.read(1, "อำเภอละงู" if number in (4, 7) else "ตำบลกำแพง")
    lists = Lists(Overview(house.ws, seconds=9), ShownSearch(house.ws, SearchIndex(house.ws)), 60)
    with_it = [one for number, one in enumerate(documents) if number != 4]

    def sheet(number, **more):
        return lists.queue(ListRequest("ตำบล", sheet=number, **more), Viewer("somchai"))

    seen = [sheet(number) for number in range(1, 7)]
    assert [one["found"] for one in seen] == [5, 7, 9, 11, 11, 11]
    assert [one["more"] for one in seen] == [True, True, True, False, False, False]
    assert [row.entry.id for one in seen for row in one["documents"]] == with_it
    waiting = sheet(1, show=Stage.WAITING)
    assert (waiting["found"], waiting["more"]) == (5, True)
    assert sheet(1, show=Stage.SIGNED)["found"] == 0
    by_errors = sheet(1, order="errors")
    assert (by_errors["found"], by_errors["more"]) == (11, False)


def test_among_all_documents_the_first_pages_of_one_are_shown_and_how_many_more_there_are(house):
    document = house.source(14)
    for page in range(1, 15):
        house.read(page, "ตำบลกำแพง")
    lists = Lists(Overview(house.ws, seconds=9), ShownSearch(house.ws, SearchIndex(house.ws)), 60)
    for asked in (ListRequest("กำแพง"), ListRequest(show=Stage.WAITING)):
        (row,) = lists.queue(asked, Viewer("somchai"))["documents"]
        assert [one.page.number for one in row.rows] == list(range(1, MOST_ROWS + 1))
        assert row.more_rows == 14 - MOST_ROWS
        whole = lists.document(lists.overview.document(document), asked, Viewer("somchai"))
        assert [one.page.number for one in whole["rows"]] == list(range(1, 15))


def test_what_a_document_asks_of_somebody_is_worked_out_again_when_a_page_changes(house):
    document = house.two_pages()
    overview = Overview(house.ws)
    viewers = [Viewer("somchai"), Viewer("malee"), Viewer("anong", frozenset({Role.AUDITOR}))]
    before = [overview.document(document).asks(one) for one in viewers]
    assert [one.open for one in before] == [4, 4, 0]
    assert overview.document(document).asks(viewers[0]) is before[0]
    accept(house.ws, document, [KATHU.id], SOMCHAI)
    assert [overview.document(document).asks(one).open for one in viewers] == [3, 3, 0]
