"""A person's own text on a page: in place of what was read, or where the reader missed something."""

import pytest

from audit.audit import audit
from model.addition import DOUBTFUL, ILLEGIBLE
from model.box import Box
from model.decision import Verdict
from model.edit import Safety, Span
from model.errors import GateError, Outdated, UsageError
from model.state import Outcome, Stage
from review.add import add_text, mark, transcribe
from review.decide import DecisionRequest, accept, accept_remaining, decide
from review.own_text import Draft, drawn, edited_line, inserted_line, struck_line
from review.publish import publish
from review.sign import sign
from review.state import document_state, page_state
from tests.review.house import FIRST, KATHU, MALEE, SATUN, SOMCHAI, YEAR, document_text
from tests.workspace import samples

LINES = "องค์การบริหารส่วนตำบล\nกมลา อำเภอกระทู้\nจังหวัดภูเก็ต"
KATHU_HERE = samples.proposal(LINES, "กระทู้", "กะทู้")


@pytest.fixture
def page(house):
    """Three lines, one proposal on the second."""
    house.source(1)
    house.read(1, LINES, samples.findings(LINES, KATHU_HERE))
    return house


def write(house, drafts, who=SOMCHAI, number=1):
    return add_text(house.ws, house.document, number, drafts, who, how="browser")


def line(number, was, text):
    return lambda state: edited_line(state, number, was, text)


def published(house):
    accept_remaining(house.ws, house.document, SOMCHAI)
    sign(house.ws, house.document, SOMCHAI)
    publish(house.ws)
    assert audit(house.ws).holds
    return document_text(house.ws, house.document)


def test_an_edited_line_is_published_and_audited(page):
    (made,) = write(page, line(2, "จังหวัดภูเก็ต", "จังหวัดภูเก็ต ๘๓๑๒๐"))
    state = page_state(page.ws, page.document, 1)
    assert state.outcomes[made] is Outcome.ACCEPTED
    assert published(page) == "องค์การบริหารส่วนตำบล\nกมลา อำเภอกะทู้\nจังหวัดภูเก็ต ๘๓๑๒๐"


def test_two_changes_of_a_line_are_two_records(page):
    made = write(page, line(0, "องค์การบริหารส่วนตำบล", "องการบริหารส่วนตำบลที่"))
    assert len(made) == 2
    assert published(page).startswith("องการบริหารส่วนตำบลที่\n")


def test_a_change_inside_a_proposed_correction_words_that_correction(page):
    write(page, line(1, "กมลา อำเภอกะทู้", "กมลา อำเภอกะทุ้"))
    state = page_state(page.ws, page.document, 1)
    assert state.outcomes[KATHU_HERE.id] is Outcome.EDITED
    assert not list(page.ws.ledger.records(kind="addition"))
    assert published(page).split("\n")[1] == "กมลา อำเภอกะทุ้"


def test_who_writes_over_what_they_have_accepted_words_it_anew(page):
    accept(page.ws, page.document, [KATHU_HERE.id], SOMCHAI)
    write(page, line(1, "กมลา อำเภอกะทู้", "กมลา อำเภอกะทุ้"))
    assert published(page).split("\n")[1] == "กมลา อำเภอกะทุ้"
    write(page, line(1, "กมลา อำเภอกะทุ้", "กมลา อำเภอกระทู้"))
    assert page_state(page.ws, page.document, 1).outcomes[KATHU_HERE.id] is Outcome.REJECTED


def test_who_writes_over_more_than_they_have_accepted_rejects_it_with_their_text(page):
    accept(page.ws, page.document, [KATHU_HERE.id], SOMCHAI)
    made = write(page, line(1, "กมลา อำเภอกะทู้", "กมลา เขตกะตะ"))
    state = page_state(page.ws, page.document, 1)
    assert KATHU_HERE.id in made
    assert state.outcomes[KATHU_HERE.id] is Outcome.REJECTED
    assert state.stage is Stage.DECIDED
    assert published(page).split("\n")[1] == "กมลา เขตกะตะ"


def test_what_somebody_else_has_accepted_and_i_write_otherwise_waits_for_us_both(page):
    accept(page.ws, page.document, [KATHU_HERE.id], MALEE)
    write(page, line(1, "กมลา อำเภอกะทู้", "กมลา อำเภอกะทุ้"))
    assert page_state(page.ws, page.document, 1).outcomes[KATHU_HERE.id] is Outcome.CONFLICT


def test_what_is_typed_inside_a_flagged_place_is_the_text_of_the_flag(house):
    house.two_pages()
    shown = "เทศบาลตำบลกะทู้ ต.กำแพง อ.ละงู จ.สตูล พ.ศ. ๒๕๕๕"
    write(house, line(0, shown, shown.replace("๒๕๕๕", "๒๕๔๘")))
    assert page_state(house.ws, house.document, 1).outcomes[YEAR.id] is Outcome.EDITED
    assert not list(house.ws.ledger.records(kind="addition"))


def test_a_line_is_struck_out_with_its_line_end_and_comes_back(page):
    accept(page.ws, page.document, [KATHU_HERE.id], SOMCHAI)
    struck = write(page, lambda state: (struck_line(state, 1, "กมลา อำเภอกะทู้"),))
    assert published(page) == "องค์การบริหารส่วนตำบล\nจังหวัดภูเก็ต"
    (own,) = set(struck) - {KATHU_HERE.id}
    decide(page.ws, page.document, [DecisionRequest(own, Verdict.WITHDRAW),
                                    DecisionRequest(KATHU_HERE.id, Verdict.ACCEPT)], SOMCHAI)  # fmt: skip
    assert published(page) == LINES.replace("กระทู้", "กะทู้")


def test_a_second_missed_line_and_a_word_beside_it_do_not_stand_in_each_others_way(page):
    for words in ("สอง", "หนึ่ง"):
        write(page, lambda state, words=words: (inserted_line(state, 0, "องค์การบริหารส่วนตำบล", words),))
    assert published(page).split("\n")[:3] == ["องค์การบริหารส่วนตำบล", "หนึ่ง", "สอง"]
    row = "หนึ่ง\nสอง\nกมลา อำเภอกะทู้"
    write(page, line(1, row, row.replace("สอง", "สองสาม")))
    assert published(page).split("\n")[:3] == ["องค์การบริหารส่วนตำบล", "หนึ่ง", "สองสาม"]


def test_a_missed_line_is_put_between_two(page):
    write(page, lambda state: (inserted_line(state, 0, "องค์การบริหารส่วนตำบล", "ที่ทำการ"),))
    assert published(page) == "องค์การบริหารส่วนตำบล\nที่ทำการ\nกมลา อำเภอกะทู้\nจังหวัดภูเก็ต"


@pytest.mark.parametrize(
    ("after", "was", "text"),
    [(-1, "", "ครุฑ\n" + LINES), (2, "จังหวัดภูเก็ต", LINES + "\nครุฑ")],
)
def test_a_missed_line_is_put_before_all_and_behind_all(page, after, was, text):
    write(page, lambda state: (inserted_line(state, after, was, "ครุฑ"),))
    assert published(page) == text.replace("กระทู้", "กะทู้")


def test_two_texts_at_one_place_have_no_order_and_the_second_is_refused(page):
    write(page, lambda state: (inserted_line(state, 0, "องค์การบริหารส่วนตำบล", "ที่ทำการ"),))
    with pytest.raises(UsageError, match="overlap"):
        write(page, lambda state: (Draft(Span(22, 22), "", "อื่น\n", None),), MALEE)


def test_a_word_drawn_on_the_scan_goes_between_the_letters_beside_it(house):
    text = "กขค งจฉ"
    house.source(1)
    house.read(1, text, samples.findings(text))
    # Letters stand 20 pixels apart from 10 on (tests.workspace.samples).
    write(house, lambda state: (drawn(state, Box(71, 30, 89, 60), "ฆ"),))
    assert published(house) == "กขค ฆงจฉ"
    (record,) = house.ws.ledger.records(kind="addition")
    assert record.payload["box"] == [71, 30, 89, 60]


def test_a_place_below_the_text_is_a_line_of_its_own(house):
    text = "กขค"
    house.source(1)
    house.read(1, text, samples.findings(text))
    write(house, lambda state: (drawn(state, Box(10, 400, 300, 440), "ลงชื่อ"),))
    assert published(house) == "กขค\nลงชื่อ"


def test_a_place_outside_the_page_is_refused(page):
    with pytest.raises(UsageError, match="outside"):
        write(page, lambda state: (drawn(state, Box(10, 30, 9000, 60), "ก"),))


def test_a_line_that_has_changed_is_not_written_over(page):
    with pytest.raises(Outdated):
        write(page, line(1, "กมลา อำเภอกระทู้", "กมลา อำเภอกะทุ้"))


@pytest.mark.parametrize("number", [-(10**30), -5, -2, 3, 99])
@pytest.mark.parametrize(
    "draft",
    [
        lambda state, at, was: edited_line(state, at, was, "ครุฑ"),
        lambda state, at, was: (struck_line(state, at, was),),
        lambda state, at, was: (inserted_line(state, at, was, "ครุฑ"),),
    ],
    ids=["edited", "struck", "inserted"],
)
def test_a_line_that_the_page_does_not_have_was_not_shown(page, number, draft):
    with pytest.raises(Outdated):
        write(page, lambda state: draft(state, number, "จังหวัดภูเก็ต"))
    assert not list(page.ws.ledger.records(kind="addition"))


def test_asking_twice_records_once(page):
    first = write(page, lambda _: (Draft(Span(0, 0), "", "ครุฑ\n", None),))
    again = write(page, lambda _: (Draft(Span(0, 0), "", "ครุฑ\n", None),))
    assert first == again
    assert len(list(page.ws.ledger.records(kind="addition"))) == 1
    assert len(list(page.ws.ledger.records(kind="decision"))) == 1


def test_what_its_writer_took_back_is_not_there_and_can_be_written_again(page):
    (made,) = write(page, lambda _: (Draft(Span(0, 0), "", "ครุฑ\n", None),))
    decide(page.ws, page.document, [DecisionRequest(made, Verdict.WITHDRAW)], SOMCHAI)
    assert made not in page_state(page.ws, page.document, 1).outcomes
    write(page, lambda _: (Draft(Span(0, 0), "", "ครุฑ\n", None),))
    assert page_state(page.ws, page.document, 1).outcomes[made] is Outcome.ACCEPTED
    assert published(page).startswith("ครุฑ\n")


def test_what_was_written_can_be_worded_anew(page):
    (made,) = write(page, lambda _: (Draft(Span(0, 0), "", "ครุฑ\n", None),))
    decide(page.ws, page.document, [DecisionRequest(made, Verdict.EDIT, "ตราครุฑ\n")], SOMCHAI)
    assert published(page).startswith("ตราครุฑ\n")


def test_invisible_letters_are_refused(page):
    with pytest.raises(UsageError, match=r"U\+200B"):
        write(page, lambda _: (Draft(Span(0, 0), "", "ค\u200bรุฑ", None),))


def test_a_signature_does_not_stand_over_a_later_text(page):
    accept_remaining(page.ws, page.document, SOMCHAI)
    sign(page.ws, page.document, SOMCHAI)
    write(page, line(2, "จังหวัดภูเก็ต", "จังหวัดภูเก็ต ๘๓๑๒๐"))
    assert page_state(page.ws, page.document, 1).stage is Stage.DECIDED


def test_a_text_of_an_older_reading_lapses(page):
    write(page, line(2, "จังหวัดภูเก็ต", "จังหวัดภูเก็ต ๘๓๑๒๐"))
    page.read(1, LINES + " ", samples.findings(LINES + " "), run=2)
    state = page_state(page.ws, page.document, 1)
    assert [one.who for one in state.lapsed] == [SOMCHAI]
    assert not state.outcomes


def test_illegible_is_noted_and_the_text_stands_as_it_was_read(house):
    house.two_pages()
    made = mark(house.ws, house.document, 1, YEAR.id, ILLEGIBLE, SOMCHAI, how="browser", note="หมึกซึม")
    outcomes = page_state(house.ws, house.document, 1).outcomes
    assert [outcomes[one] for one in made] == [Outcome.ACKNOWLEDGED, Outcome.ACKNOWLEDGED]
    assert YEAR.id in made
    assert [r.payload["note"] for r in house.ws.ledger.records(kind="decision")] == ["หมึกซึม", "หมึกซึม"]


def test_a_doubt_keeps_the_page_open_until_somebody_has_looked(page):
    accept_remaining(page.ws, page.document, SOMCHAI)
    (made,) = mark(page.ws, page.document, 1, KATHU_HERE.id, DOUBTFUL, SOMCHAI, how="browser", note="ตัวที่สอง")
    with pytest.raises(GateError):
        sign(page.ws, page.document, SOMCHAI)
    accept(page.ws, page.document, [made], MALEE)
    assert sign(page.ws, page.document, SOMCHAI).signoffs
    publish(page.ws)
    assert audit(page.ws).holds


def test_a_doubt_needs_words(page):
    with pytest.raises(UsageError, match="note"):
        mark(page.ws, page.document, 1, KATHU_HERE.id, DOUBTFUL, SOMCHAI, how="browser")


def test_a_page_that_could_not_be_read_is_transcribed(house):
    house.source(1)
    house.fail(1)
    transcribe(house.ws, house.document, 1, "ประกาศ\nเทศบาลตำบลกะรน", SOMCHAI, how="browser")
    state = document_state(house.ws, house.document)
    assert state.pages[0].stage is Stage.DECIDED
    assert published(house) == "ประกาศ\nเทศบาลตำบลกะรน"


def test_reading_a_transcribed_page_after_all_asks_again(house):
    house.source(1)
    house.fail(1)
    transcribe(house.ws, house.document, 1, "ประกาศ", SOMCHAI, how="browser")
    house.read(1, FIRST, samples.findings(FIRST, KATHU, SATUN))
    state = page_state(house.ws, house.document, 1)
    assert state.stage is Stage.WAITING
    assert len(state.lapsed) == 1


def test_a_page_that_was_read_is_not_transcribed(page):
    with pytest.raises(UsageError, match="was read"):
        transcribe(page.ws, page.document, 1, "ประกาศ", SOMCHAI, how="browser")


def test_a_safe_correction_at_an_insertion_stays(house):
    text = "ตําบลกะรน"
    safe = samples.proposal(text, "ํา", "ำ", safety=Safety.SAFE, rule="ENC001")
    house.source(1)
    house.read(1, text, samples.findings(text, safe))
    write(house, line(0, "ตำบลกะรน", "ที่ตำบลกะรน"))
    assert published(house) == "ที่ตำบลกะรน"
