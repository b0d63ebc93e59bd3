"""What leaves in one form and is imported again comes back the same, for every form that can be imported and for every
two of them one after the other."""

from dataclasses import replace

import pytest

from reports.laid_out import laid_out
from tests.reports.made_pages import blank_pdf, corrected, edition
from tests.reports.round_trip import document, exported, imported, word_boxes

FORMS = {
    "text": "text",
    "tei": "TEI",
    "jsonl": "JSON-Lines",
    "alto": "ALTO",
    "page": "PAGE-XML",
    "hocr": "hOCR",
}
WITH_LINES = set(FORMS) - {"text"}
WITH_WORDS = WITH_LINES - {"tei"}


def taken_in(name, found):
    """The edition that a workspace has after a file of that form was imported: the readings on the same page images."""
    pages = [one.page for one in found.published.values()]
    form, readings = imported(exported(name, found), pages)
    assert form == FORMS[name]
    read = [replace(page, readings=(one,)) for page, one in zip(pages, readings, strict=True)]
    return edition(blank_pdf(read), "pdf", [corrected(page) for page in read])


def lines_of(found):
    return [[line.box for line in page.lines] for page in laid_out(found)]


def words_of(found):
    return [
        [one for line in page.lines for one in word_boxes(line.text, tuple(c.box for c in line.characters))]
        for page in laid_out(found)
    ]


@pytest.mark.parametrize("second", FORMS)
@pytest.mark.parametrize("first", FORMS)
def test_what_leaves_in_one_form_and_then_in_another_comes_back_the_same(first: str, second: str) -> None:
    before = document()
    after = taken_in(second, taken_in(first, before))
    assert [one.page.reading.text for one in after.published.values()] == [
        one.published.text for one in before.published.values()
    ]
    # On the second page a word stands on two printed lines: as it was read, its line is around both.
    if {first, second} <= WITH_LINES:
        assert lines_of(after)[0] == lines_of(before)[0]
    if {first, second} <= WITH_WORDS:
        assert words_of(after) == words_of(before)


def test_json_lines_bring_back_the_place_and_confidence_of_every_letter() -> None:
    before = document()
    after = taken_in("jsonl", before)
    letters = [
        [one for page in laid_out(found) for line in page.lines for one in line.characters]
        for found in (after, before)
    ]
    assert letters[0] == letters[1]
