"""What a browser keeps: scripts under the name of their content, the page's picture in the size that is shown."""

import gzip
import json
import re
from io import BytesIO

import pytest
from PIL import Image

from review.web.changes import ShownPages, changed
from review.web.messages import LANGUAGES, catalogue
from review.web.pictures import WIDTHS, width_of
from review.web.static_files import FOLDER, version
from tests.review.house import KATHU
from tests.review.web_house import decision_body


@pytest.fixture
def visitor(web_house):
    return web_house.visitor()


def get(visitor, path, encoding="gzip"):
    return visitor.client.get(path, headers={"accept-encoding": encoding})


def test_every_address_of_a_page_names_the_content_and_is_kept_for_ever(visitor, web_house):
    page = visitor.client.get(f"/documents/{web_house.document}/pages/1").text
    found = re.findall(r'(?:src|href)="(/static/[^"]+)"', page)
    assert {"page.js", "station.css", "review.css", "icon.svg"} == {one.rpartition("/")[2] for one in found}
    for path in found:
        assert path.startswith(f"/static/{version()}/")
        answer = get(visitor, path)
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert answer.headers["content-encoding"] == "gzip"
        assert answer.content == (FOLDER / path.rpartition("/")[2]).read_bytes()


def test_what_scripts_and_styles_ask_for_is_there(visitor):
    for file in FOLDER.glob("*.js"):
        for name in re.findall(r'from "\./([^"]+)"', file.read_text("utf-8")):
            assert get(visitor, f"/static/{version()}/{name}").status_code == 200, (file.name, name)
    for file in FOLDER.glob("*.css"):
        for name in re.findall(r'url\("([^"]+)"\)', file.read_text("utf-8")):
            answer = get(visitor, f"/static/{version()}/{name}")
            assert (answer.status_code, answer.headers["content-type"]) == (200, "font/woff2")


def test_another_version_is_not_given_out_as_this_one(visitor):
    assert get(visitor, f"/static/{'0' * 16}/page.js").status_code == 404
    assert get(visitor, "/static/page.js").headers["cache-control"] == "no-cache"
    assert get(visitor, f"/static/{version()}/../app.py").status_code == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_come_as_a_module_of_their_own(visitor, language):
    answer = get(visitor, f"/static/{version()}/words.{language}.js", encoding="identity")
    assert json.loads(answer.text.removeprefix("export const words = ").rstrip(";\n")) == catalogue(language)
    assert "content-encoding" not in answer.headers


def test_the_picture_has_the_size_that_is_asked_for_and_no_more_than_the_page(visitor, web_house):
    path = f"/api/documents/{web_house.document}/pages/1/image"
    for asked, wide in (("900", 900), ("901", 1300), ("9000", 2480), ("x", 2480)):
        answer = get(visitor, f"{path}?v=k&w={asked}")
        assert answer.headers["content-type"] == "image/jpeg"
        assert "immutable" in answer.headers["cache-control"]
        assert Image.open(BytesIO(answer.content)).width == wide
    assert width_of("1") == WIDTHS[0]


def test_an_answer_is_compressed_where_the_browser_takes_that(visitor, web_house):
    path = f"/api/documents/{web_house.document}/pages/1"
    answer = get(visitor, path)
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.json()["lines"] == get(visitor, path, encoding="identity").json()["lines"]
    assert len(gzip.compress(answer.content)) < len(answer.content) / 2


def test_a_change_makes_of_the_page_that_was_shown_the_page_as_it_is(visitor, web_house):
    before = visitor.page()
    body = decision_body(KATHU.id, "reject", stamp=before["stamp"])
    change = visitor.post(f"/api/documents/{web_house.document}/pages/1/decisions", body).json()["change"]
    after = visitor.page()
    assert change["base"] == before["stamp"]
    assert [row["id"] for row in change["changed_findings"]] == [KATHU.id]
    assert dict(change["changed_lines"])[0] == after["lines"][0]
    assert change == json.loads(json.dumps(changed(before, after)))


def test_a_page_that_is_not_kept_any_more_is_told_whole():
    page = {"document": "d", "page": 1, "lines": [], "findings": []}
    shown = ShownPages()
    assert shown.answer(page, "unknown")["page"]["stamp"] == shown.answer(page, None)["page"]["stamp"]
    stamp = shown.stamped(page)["stamp"]
    assert shown.answer(page | {"seq": 2}, stamp)["change"]["seq"] == 2
    assert "page" in shown.answer(page | {"page": 2}, stamp), "another page is no change of this one"


def test_elements_are_made_in_one_place_alone():
    scripts = {one.name: one.read_text("utf-8") for one in FOLDER.glob("*.js")}
    assert [name for name, text in scripts.items() if "createElement" in text] == ["dom.js"]
    assert not [
        name for name, text in scripts.items() if re.search(r"(inner|outer)HTML|insertAdjacent", text)
    ]
