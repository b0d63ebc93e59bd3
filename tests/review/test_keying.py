"""Numbers and names typed by two people from the image alone: the gate, the audit, what the browser is told."""

import pytest

from audit.audit import audit
from audit.report import Severity
from ledger.events.keyed import Keyed
from ledger.history import read_page_history
from model.decision import Who
from model.edit import Edit, Span
from model.errors import GateError, Outdated, UsageError
from model.keyed import KeyedValue, is_confirmed, places_to_key, same_value, standing_at
from model.state import Stage
from review.add import add_text
from review.keying import PlacesToKey, key
from review.own_text import Draft
from review.publish import publish
from review.requirements import require
from review.sign import sign
from review.state import page_state, summarise
from tests.ledger import raw
from tests.review.house import MALEE, SOMCHAI, document_text
from tests.review.web_house import WebHouse
from tests.workspace import samples

TEXT = "วงเงิน ๑๒,๓๔๕ บาท ที่ ๗\nลงชื่อ นายสมชาย ใจดี นายกเทศมนตรี"
AMOUNT, NAME = (Span(TEXT.index(part), TEXT.index(part) + len(part)) for part in ("๑๒,๓๔๕", "สมชาย ใจดี"))
PRANI = Who("ปราณี", "prani", claimed=True)


def page_of(house):
    house.source(1)
    house.read(1, TEXT, samples.findings(TEXT))
    require(house.ws, "", SOMCHAI, keyed=True)
    return house


@pytest.fixture
def page(house):
    """A page with an amount and a name, in a collection that has them typed twice."""
    return page_of(house)


def left(house, who):
    past = read_page_history(house.ws.ledger, house.document, 1)
    return PlacesToKey(house.ws.store).left(past, who.account)


def typed(house, place, value, who, reading=None):
    sha256 = reading or samples.findings(TEXT).reading_sha256
    key(house.ws, house.document, 1, place, sha256, value, who, how="browser")


def both(house, amount="12,345", name="สมชาย ใจดี"):
    for who in (SOMCHAI, MALEE):
        typed(house, 0, amount, who)
        typed(house, 1, name, who)


def stage(house):
    (found,) = summarise(house.ws, house.document).pages
    assert page_state(house.ws, house.document, 1).stage is found.stage
    return found.stage


def errors(house):
    return [one.message for one in audit(house.ws).findings if one.severity is Severity.ERROR]


def test_numbers_of_two_digits_and_names_behind_titles_are_typed():
    assert places_to_key(TEXT) == (AMOUNT, NAME)
    assert places_to_key("นายอำเภอเมือง นายกองค์การบริหาร ที่ ๗ มานายดี") == ()
    text = "นางสาวมาลี แสนสุข โทร. 02-123-4567 พ.ศ. ๒๕๖๖"
    assert [text[one.start : one.end] for one in places_to_key(text)] == ["มาลี แสนสุข", "02-123-4567", "๒๕๖๖"]


def test_neither_spaces_nor_the_script_of_digits_make_two_values():
    assert same_value("๑๒,๓๔๕ ") == same_value("12,345") != same_value("12.345")


def test_a_value_is_confirmed_by_two_people_who_typed_all_of_it():
    def confirmed(*values, edits=()):
        said = [KeyedValue(AMOUNT, value, "", account) for value, account in values]
        return is_confirmed(said, standing_at(TEXT, edits, AMOUNT))

    assert confirmed(("12,345", "a"), ("๑๒,๓๔๕", "b"))
    assert confirmed(("", "a"), (" ", "b"))  # neither can read it
    for some in ([("12,345", "a")], [("12,345", "a"), ("12,345", "a")], [("12,345", "a"), ("12,346", "b")],
                 [("1", "a"), ("1", "b")], [("12,345", "a"), ("", "b")]):  # fmt: skip
        assert not confirmed(*some)
    wide = Edit(Span(AMOUNT.start - 7, AMOUNT.end), TEXT[AMOUNT.start - 7 : AMOUNT.end], "วงเงิน 12,346")
    assert confirmed(("12,346", "a"), ("12,346", "b"), edits=[wide])
    assert not confirmed(("12,345", "a"), ("12,345", "b"), edits=[wide])


def test_a_page_waits_until_two_people_have_typed_what_it_has(page):
    assert stage(page) is Stage.WAITING
    with pytest.raises(GateError, match=r"not typed by two people as the text has them \(2\)"):
        sign(page.ws, page.document, SOMCHAI)
    typed(page, 0, "12,345", SOMCHAI)
    typed(page, 1, "สมชาย ใจดี", SOMCHAI)
    assert stage(page) is Stage.WAITING
    both(page)
    assert stage(page) is Stage.DECIDED
    sign(page.ws, page.document, SOMCHAI)
    publish(page.ws)
    assert (stage(page), errors(page)) == (Stage.PUBLISHED, [])


def test_what_two_typed_otherwise_than_it_was_read_must_be_corrected_by_somebody(page):
    both(page, amount="12,845")
    with pytest.raises(GateError, match=r"not typed by two people as the text has them \(1\): ๑๒,๓๔๕"):
        sign(page.ws, page.document, SOMCHAI)
    draft = Draft(AMOUNT, "๑๒,๓๔๕", "๑๒,๘๔๕", None)
    add_text(page.ws, page.document, 1, lambda _: [draft], SOMCHAI, how="browser")
    sign(page.ws, page.document, SOMCHAI)
    publish(page.ws)
    assert document_text(page.ws, page.document) == TEXT.replace("๑๒,๓๔๕", "๑๒,๘๔๕")
    assert errors(page) == []


def test_each_sees_what_is_left_for_them_and_a_third_where_two_differ(page):
    typed(page, 0, "12,345", SOMCHAI)
    assert [one.place for one in left(page, SOMCHAI)] == [1]
    typed(page, 0, "12,346", MALEE)
    assert [one.place for one in left(page, PRANI)] == [0, 1]
    assert [one.place for one in left(page, SOMCHAI)] == [0, 1]  # once more, as blind as before
    typed(page, 0, "12,345", SOMCHAI)
    assert [one.place for one in left(page, SOMCHAI)] == [1]
    typed(page, 0, "12,345", PRANI)
    assert [one.place for one in left(page, MALEE)] == [1]


def test_what_is_no_place_or_was_read_anew_is_refused(page):
    head = page.ws.ledger.head()
    with pytest.raises(Outdated):
        typed(page, 2, "1", SOMCHAI)
    with pytest.raises(Outdated):
        typed(page, 0, "1", SOMCHAI, reading="0" * 64)
    with pytest.raises(UsageError):
        typed(page, 0, "1\u202e2", SOMCHAI)
    with pytest.raises(UsageError):
        typed(page, 0, "1" * 201, SOMCHAI)
    require(page.ws, "", SOMCHAI, keyed=False)
    with pytest.raises(UsageError, match="to be typed"):
        typed(page, 0, "1", SOMCHAI)
    assert page.ws.ledger.head().seq == head.seq + 1
    assert left(page, SOMCHAI) == ()


def test_the_audit_finds_what_was_published_without(page):
    require(page.ws, page.document, SOMCHAI, keyed=False)
    sign(page.ws, page.document, SOMCHAI)
    publish(page.ws)
    assert errors(page) == []
    require(page.ws, page.document, SOMCHAI, keyed=True)
    assert stage(page) is Stage.PUBLISHED
    raw.append(page.ws.ledger, "published", dict(next(page.ws.ledger.records(kind="published")).payload))
    (found,) = errors(page)
    assert found.startswith("has 2 numbers and names that two people have not typed as they stand: '๑๒,๓๔๕'")


@pytest.fixture
def visitor(tmp_path):
    house = page_of(WebHouse(tmp_path))
    yield house.visitor()
    house.ws.close()


def test_the_browser_is_told_of_places_and_of_no_text(visitor):
    typed(visitor.house, 0, "99,999", MALEE)
    answer = visitor.client.get(f"/api/documents/{visitor.house.document}/keying")
    assert answer.status_code == 200
    first, second = answer.json()["places"]
    assert first["cut"].startswith(f"/api/documents/{visitor.house.document}/pages/1/cut?box=")
    assert visitor.client.get(first["cut"]).headers["content-type"] == "image/png"
    assert set(first) == {"page", "place", "reading", "cut"}
    said = answer.text + visitor.client.get(f"/documents/{visitor.house.document}/keying").text
    for secret in ("๑๒,๓๔๕", "99,999", "ใจดี"):
        assert secret not in said
    body = {"place": second["place"], "reading": second["reading"], "value": "สมชาย ใจดี"}
    done = visitor.post(f"/api/documents/{visitor.house.document}/pages/1/keyed", body)
    assert (done.status_code, done.json()) == (200, {"recorded": 1})
    (_, mine) = visitor.house.ws.ledger.events(Keyed)
    assert (mine.event.value, mine.event.start, mine.event.who.account) == (
        "สมชาย ใจดี",
        NAME.start,
        "somchai",
    )


@pytest.mark.parametrize(
    "body",
    [{}, {"place": "0", "reading": "a" * 64, "value": "1"}, {"place": 0, "reading": 1, "value": "1"},
     {"place": 0, "reading": "a" * 64, "value": None}, {"place": True, "reading": "a" * 64, "value": "1"}],
)  # fmt: skip
def test_what_our_page_does_not_send_is_refused(visitor, body):
    assert visitor.post(f"/api/documents/{visitor.house.document}/pages/1/keyed", body).status_code == 400
