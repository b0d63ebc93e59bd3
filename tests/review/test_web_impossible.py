"""Requests that nobody's browser makes by itself: pages that no document has, half characters, numbers without end."""

import json
from typing import Any

import pytest

from model.user import Role
from review.web.permissions import PERMISSIONS, UPLOADS
from tests.review.house import KATHU
from tests.review.web_users import UsersHouse, add_person, address_of, cheap_passwords

HALF = ("\ud800", "ก\udfffข")
HUGE = (10**30, -(10**30))
PAGES = ("0", "3", "1000000000", "9" * 18, "9" * 40)
POSTED = sorted(path for method, path in PERMISSIONS if method == "POST" and path.startswith("/api/"))
OF_A_PAGE = sorted(one for one in PERMISSIONS if "{page:int}" in one[1])

Body = dict[str, Any]


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """Nothing is ever written here after it was made, so one is enough."""
    with pytest.MonkeyPatch.context() as patch:
        cheap_passwords(patch)
        made = UsersHouse(tmp_path_factory.mktemp("house"))
        made.two_pages()
        add_person(made.ws, "everybody", "ทุกคน", set(Role))
        yield made
        made.ws.close()


@pytest.fixture(scope="module")
def browser(house):
    made = house.user("everybody")
    made.client._transport.raise_server_exceptions = False
    return made


def posted(browser, path, body):
    own = {"origin": browser.origin, "x-chamra-token": browser.token, "content-type": "application/json"}
    return browser.client.post(path, content=json.dumps(body), headers=own, follow_redirects=False)


def is_refused_in_words(answer):
    assert 400 <= answer.status_code < 500, (answer.status_code, answer.text[:200])
    said = answer.json() if answer.headers["content-type"] == "application/json" else {"message": answer.text}
    assert said["message"].strip()


def bodies(house, browser) -> dict[str, Body]:
    """What our own page sends, by the last part of the address; elsewhere a remark."""
    line = browser.page()["lines"][0]
    one = {"finding": KATHU.id, "expected_version": []}
    return {
        "decisions": {"decisions": [one | {"verdict": "edit", "after": "ก"}], "note": ""},
        "texts": {"kind": "line", "line": 0, "was": line["text"], "text": "ก", "note": ""},
        "marks": {"mark": "doubtful", "finding": KATHU.id, "note": "ก"},
        "seen": {
            "lines": [{"key": line["key"], "was": line["text"], "milliseconds": 5000, "shown": line["shown"]}]
        },
        "alike": {
            "verdict": "edit",
            "after": "ก",
            "note": "",
            "cases": [one | {"document": house.document, "page": 1}],
        },
        "sign": {"pages": [1], "expected_version": 1, "texts": {"1": "ก"}, "looked": {"1": [0]}},
    }


@pytest.mark.parametrize(("method", "path"), OF_A_PAGE)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_that_no_document_has_is_refused_and_nothing_is_written(house, browser, method, path, page):
    body = bodies(house, browser).get(path.rpartition("/")[2], {"note": "ก"})
    where = address_of(path.replace("{page:int}", page), house.document, KATHU.id)
    head = house.ws.ledger.head().seq
    is_refused_in_words(
        browser.client.get(where, follow_redirects=False) if method == "GET" else posted(browser, where, body)
    )
    assert house.ws.ledger.head().seq == head


@pytest.mark.parametrize("path", [path for path in POSTED if path != UPLOADS])
@pytest.mark.parametrize("odd", [*HALF, *HUGE], ids=ascii)
def test_half_characters_and_endless_numbers_are_refused_wherever_they_stand(house, browser, path, odd):
    where = address_of(path, house.document, KATHU.id)
    head = house.ws.ledger.head().seq
    body = bodies(house, browser).get(path.rpartition("/")[2], {"note": "ก"})
    for place in _places(body):
        is_refused_in_words(posted(browser, where, _with(body, place, odd)))
    if isinstance(odd, str):
        is_refused_in_words(posted(browser, where, body | {odd: 1}))
    assert house.ws.ledger.head().seq == head


def test_half_a_character_is_refused_however_it_is_written(house, browser):
    where = f"/api/documents/{house.document}/pages/1/texts"
    own = {"origin": browser.origin, "x-chamra-token": browser.token, "content-type": "application/json"}
    for raw in (b'{"kind": "\xed\xa0\x80"}', rb'{"kind": "\ud800"}', rb'{"kind": ["\uDFFF"]}'):
        is_refused_in_words(browser.client.post(where, content=raw, headers=own))


@pytest.mark.parametrize(
    "query",
    ["/?sheet=-1", "/?sheet=²", "/?sheet=" + "9" * 40, "/?min=" + "9" * 400, "/?q=%ED%A0%80",
     "/?q=a%00bc", "/?q=%00", "/?q=%1b%22a%7f%C2%85%C2%A0",
     "/next?document=x&page=0",
     "/documents/{document}?sheet=" + "9" * 40, "/next?document={document}&page=" + "9" * 40,
     "/next?document={document}&page=-5", "/documents/{document}/letters?letter=%ED%A0%80",
     "/documents/{document}/pages/1/alike/{finding}?sheet=" + "9" * 40,
     "/api/documents/{document}/pages/1/image?w=" + "9" * 40, "/api/documents/{document}/pages/1/cut?box=0,0,0,0",
     "/api/documents/{document}/pages/1/cut?box=" + ",".join(["9" * 40] * 4),
     "/api/documents/{document}/pages/1/trace?line=0&letter=" + "9" * 40],
)  # fmt: skip
def test_no_question_makes_an_address_fall_over(house, browser, query):
    where = query.replace("{document}", house.document).replace("{finding}", KATHU.id)
    assert browser.client.get(where, follow_redirects=False).status_code < 500


def _places(body: Any, above: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    parts = body.items() if isinstance(body, dict) else enumerate(body) if isinstance(body, list) else ()
    found = [place for name, part in parts for place in _places(part, (*above, name))]
    return found or [above]


def _with(body: Body, place: tuple[Any, ...], value: object) -> Body:
    made: Any = json.loads(json.dumps(body))
    at = made
    for name in place[:-1]:
        at = at[name]
    at[place[-1]] = value
    return dict(made)
