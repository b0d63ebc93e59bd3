"""The page for a meeting: its numbers are those of the record, and it prints on one sheet."""

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from lxml import html
from playwright.sync_api import Browser, sync_playwright

from model.errors import UsageError
from model.publication import Edition
from reports.director_page import director_page
from tests.reports.made_pages import Given, blank_pdf, corrected, edition, page
from tests.reports.round_trip import document, exported
from tests.reports.sample_document import finished, sample

CHROMIUM = Path("/usr/bin/chromium")


def with_pictures() -> Edition:
    _, images = sample()
    return replace(finished(), archive=Given(images))


def test_the_counts_are_those_of_what_was_published() -> None:
    found = director_page(document())
    texts = [one.published.text for one in document().published.values()]
    assert found.letters == len("".join("".join(texts).split()))
    assert (found.pages, found.left_out, found.by_people, found.by_policy, found.by_two) == (2, 0, 3, 0, 0)
    assert [(one.name, one.pages, one.by_key) for one in found.signers] == [("มาลี", 2, False)]
    assert found.expected is None
    other = director_page(with_pictures())
    assert (other.pages, other.left_out) == (1, 1)
    assert other.expected == (12.4, 7.6, 18.2)


def test_the_lines_are_drawn_by_lot_and_always_the_same() -> None:
    once, again = director_page(document()), director_page(document())
    assert [one.text for one in once.lines] == [one.text for one in again.lines]
    assert len(once.lines) == 4


def test_nothing_that_a_document_says_is_markup_and_nothing_is_fetched() -> None:
    read = page("<script>alert(1)</script>")
    found = edition(blank_pdf([read]), "pdf", [corrected(read)])
    found = replace(found, state=replace(found.state, name="<b>x</b>.pdf"))
    root = html.fromstring(exported("director", found).decode())
    assert not root.xpath("//script | //b | //link | //iframe")
    assert "<script>alert(1)</script>" in root.text_content()
    assert all(one.startswith("data:") for one in root.xpath("//img/@src"))


def test_only_published_text_has_such_a_page() -> None:
    with pytest.raises(UsageError):
        exported("director", replace(document(), layer="raw"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip("Debian's chromium is not installed")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"]
        )
        yield chromium
        chromium.close()


def crowded() -> Edition:
    """A long name, long lines, many pages."""
    read = page("\n".join(["ข้อความที่ยาวมาก " * 12] * 20))
    numbers = range(1, 13)
    pages = [corrected(replace(read, number=n, readings=(replace(read.reading, page=n),))) for n in numbers]
    found = edition(blank_pdf([read] * 12), "pdf", pages)
    return replace(found, state=replace(found.state, name="รายงานการประชุมสภาเทศบาล" * 12 + ".pdf"))


@pytest.mark.browser
@pytest.mark.parametrize(
    "found", [document(), with_pictures(), crowded()], ids=["short", "pictures", "crowded"]
)
def test_it_prints_on_one_sheet(browser, found, tmp_path) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(exported("director", found))
    opened = browser.new_page()
    opened.goto(path.as_uri())
    pdf = opened.pdf(prefer_css_page_size=True)
    with pypdfium2.PdfDocument(io.BytesIO(pdf)) as printed:
        assert len(printed) == 1
        assert printed[0].get_size() == pytest.approx((595, 842), abs=2)
    assert (
        opened.evaluate("document.querySelector('.foot').getBoundingClientRect().bottom")
        <= 272 * 96 / 25.4 + 2
    )
