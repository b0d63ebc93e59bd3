"""A letter of the page is traced by where it is shown, and tells nobody what they must not know yet."""

import pytest
from playwright.sync_api import expect

from model.edit import Safety
from review.decide import accept, reject
from review.trace_readers import ReaderThere
from tests.review.house import FIRST, KATHU, MALEE, SARA_AM, SATUN, SOMCHAI
from tests.review.web_desk import needs_chromium
from tests.workspace import samples

HIDDEN = "ก\u202eข<b>ค</b>"


def ask(visitor, **place):
    path = f"/api/documents/{visitor.house.document}/pages/1/trace"
    return visitor.client.get(path, params=place)


def traced(visitor, **place):
    answer = ask(visitor, **place)
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.fixture
def somchai(web_house):
    return web_house.visitor()


def test_every_letter_of_the_page_is_traced_from_where_it_is_shown(somchai):
    line = "".join(text for text, _ in somchai.page()["lines"][0]["runs"])
    at: int | None = 0
    found = []
    while at is not None:
        found.append(traced(somchai, line=0, letter=at))
        assert (found[-1]["text"], found[-1]["letter"]) == (line, at)
        at = found[-1]["next"]
    assert "".join(line[one["letter"]] for one in found) == line
    assert [one["previous"] for one in found] == [None, *(one["letter"] for one in found[:-1])]
    made = {one["findings"][0]["id"] for one in found if one["edit"]}
    assert made == {SARA_AM.id, KATHU.id, SATUN.id}
    assert all(one["box"] for one in found if one["reading"]["text"].strip("␣"))


def test_a_finding_is_traced_at_its_first_letter_and_at_what_was_read_where_that_was_taken_away(house_of):
    text = "กขค งจ"
    gap = samples.proposal(text, " ", "", safety=Safety.REVIEW)
    visitor = house_of(text, gap, samples.flag(text, "งจ"))
    assert traced(visitor, finding=gap.id)["taken_away"]
    assert traced(visitor, finding=gap.id)["reading"]["text"] == "␣"
    flagged = traced(visitor, finding=samples.flag(text, "งจ").id)
    assert (flagged["character"], flagged["letter"], flagged["taken_away"]) == ("ง", 3, False)
    reject(visitor.house.ws, visitor.house.document, [gap.id], SOMCHAI)
    kept = traced(visitor, finding=gap.id)
    assert (kept["taken_away"], kept["letter"], kept["edit"]) == (False, 3, None)
    assert [one["verdict"] for one in kept["findings"][0]["decisions"]] == ["reject"]


def test_letters_are_counted_as_they_are_shown(house_of):
    visitor = house_of(HIDDEN)
    found = traced(visitor, line=0, letter=4)
    assert (found["letter"], found["next"], found["character"]) == (1, 9, "[U+202E]")
    assert traced(visitor, line=0, letter=9)["character"] == "ข"
    assert "\u202e" not in ask(visitor, line=0, letter=0).json()["text"]


def test_the_second_person_is_told_of_no_decision_before_their_own(web_house):
    accept(web_house.ws, web_house.document, [SATUN.id], MALEE)
    (blind,) = traced(web_house.visitor(SOMCHAI), finding=SATUN.id)["findings"]
    assert (blind["blind"], blind["decisions"]) == (True, [])
    (own,) = traced(web_house.visitor(MALEE), finding=SATUN.id)["findings"]
    assert (own["blind"], len(own["decisions"])) == (False, 1)


def test_what_the_other_readers_made_of_the_place_is_told_and_each_of_their_letters_can_be_seen(
    somchai, monkeypatch
):
    there = (ReaderThere("tesseract", "\u0e48", False), ReaderThere("line-reader", None, False))
    monkeypatch.setattr("review.trace.readers_at", lambda *_: there)
    assert traced(somchai, line=0, letter=0)["reading"]["others"] == [
        {"reader": "tesseract", "text": "◌\u0e48", "gave": False},
        {"reader": "line-reader", "text": None, "gave": False},
    ]


@pytest.mark.parametrize(
    ("place", "status"),
    [({}, 400), ({"line": "-1", "letter": "0"}, 400), ({"line": "๑", "letter": "0"}, 400),
     ({"line": "0", "letter": "9999"}, 404), ({"line": "7", "letter": "0"}, 404),
     ({"finding": "0" * 16}, 404), ({"finding": "x"}, 400)],
)  # fmt: skip
def test_a_place_that_is_none_is_refused(somchai, place, status):
    assert ask(somchai, **place).status_code == status


def test_no_path_of_the_server_is_told(somchai, web_house):
    answer = ask(somchai, line=0, letter=0).text
    assert "/inbox" not in answer
    assert str(web_house.ws.path) not in answer


@pytest.fixture
def house_of(web_house):
    """A visitor to a document of one page with this text."""

    def made(text, *found):
        web_house.source(1, name="หนังสือ.pdf")
        web_house.read(1, text, samples.findings(text, *found), run=3)
        return web_house.visitor()

    return made


@pytest.mark.browser
@needs_chromium
def test_a_click_and_a_key_show_what_stands_behind_a_letter(desk):
    dialog, rows = desk.page.locator("#trace"), desk.page.locator("#trace-rows")
    desk.press("o")
    expect(rows).to_contain_text(KATHU.id)
    desk.press("Escape")
    expect(dialog).to_be_hidden()
    expect(desk.page.locator("#lines")).to_be_focused()
    desk.page.locator(f'mark[data-finding="{SATUN.id}"]').click()
    desk.press("o")
    expect(rows).to_contain_text("made it")
    expect(desk.page.locator("#trace-line mark")).to_have_text("ส")
    desk.press("ArrowRight")
    expect(desk.page.locator("#trace-line mark")).to_have_text("ต")
    desk.press("Escape")
    desk.page.locator(".line").click(position={"x": 2, "y": 14})
    desk.press("Escape")
    desk.press("o")
    expect(desk.page.locator("#trace-line mark")).to_have_text(FIRST[0])
    expect(rows).to_contain_text("stands as it was read")
    assert desk.complaints == []
