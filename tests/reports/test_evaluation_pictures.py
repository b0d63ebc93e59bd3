import pytest

from model.edit import Span
from model.errors import DamagedBlob
from model.publication import TextLayer
from reports.crops import PageImage
from reports.evaluate import evaluate
from reports.evaluation_html import EvaluatedText, evaluation_html
from reports.evaluation_pictures import LinePictures
from reports.text_layers import layer_pages
from tests.reports.sample_document import PROSE, edition, sample

STATE, IMAGES = sample()
SHOWN = edition(STATE)


def pictures(layer: TextLayer) -> tuple[str, LinePictures]:
    pages = list(layer_pages(SHOWN, layer))
    return "\f".join(page.text for page in pages), LinePictures(pages, IMAGES.__getitem__)


@pytest.mark.parametrize("layer", ["raw", "proposed"])
def test_each_line_of_a_text_has_the_picture_of_the_line_it_was_read_from(layer: TextLayer) -> None:
    text, pictures_of = pictures(layer)
    page = STATE.pages[1].page
    assert page is not None
    start = text.index("\f") + 1
    image = PageImage(IMAGES[page.image_sha256], page)
    at, raw_at = start, 0
    for line, raw in zip(
        text[start:].split("\f")[0].splitlines(), page.reading.text.splitlines(), strict=True
    ):
        box = image.line_box(Span(raw_at, raw_at + len(raw)))
        assert box is not None
        assert pictures_of(Span(at, at + len(line))) == (image.crop(box),)
        at, raw_at = at + len(line) + 1, raw_at + len(raw) + 1
    assert layer == "raw" or "ํา" not in text[start:]


def test_what_no_line_stands_behind_has_no_picture() -> None:
    text, pictures_of = pictures("raw")
    assert pictures_of(Span(len(text) - 1, len(text))) == ()


def test_an_image_that_is_no_picture_is_said_to_be_damaged() -> None:
    found = LinePictures(list(layer_pages(SHOWN, "raw")), lambda _: b"no picture")
    with pytest.raises(DamagedBlob):
        found(Span(0, 5))


@pytest.mark.parametrize("by_page", [True, False])
def test_the_view_shows_the_printed_line_over_each_line_of_both_texts(by_page: bool) -> None:
    text, pictures_of = pictures("raw")
    truth = text if by_page else text.replace("\f", "\n")
    html = "".join(evaluation_html(EvaluatedText("a", "b", evaluate(text, truth), pictures_of)))
    assert html.count('src="data:image/jpeg') == len(PROSE) + 4
    assert "img-src data:" in html
