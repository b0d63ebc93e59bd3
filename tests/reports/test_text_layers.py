"""The layers of a document's text, page by page."""

from dataclasses import replace

from model.edit import apply_edits
from model.publication import Edition, TextLayer
from model.state import Stage
from reports.text_layers import layer_pages
from tests.reports.sample_document import drawn_page, edition, finished, sample


def texts(layer: TextLayer) -> list[str]:
    return [page.text for page in layer_pages(edition(sample()[0]), layer)]


def test_layers_give_a_page_for_each_page_that_was_asked_for() -> None:
    state, _ = sample()
    raw = texts("raw")
    assert len(raw) == len(state.pages)
    assert raw[0] == state.pages[0].page.reading.text  # type: ignore[union-attr]
    assert raw[2:] == ["", "", "", ""]
    safe = texts("safe")
    assert "ํา" not in safe[0].replace("ํ า", "")
    assert "เชียงไหม่" in safe[0]
    assert "Sustainable" in texts("proposed")[0]


def test_a_published_layer_is_the_replay_of_its_edits_on_the_reading_that_was_signed() -> None:
    found = finished()
    first, waived = found.state.pages
    anew, _ = drawn_page(2, [("อื่น", "อื่นๆ")])
    now = Edition(
        replace(found.state, pages=(replace(first, stage=Stage.WAITING, page=anew), waived)), found.published
    )
    page = next(layer_pages(now, "published"))
    assert page.page is first.page
    assert first.page
    edits = [applied.edit for applied in found.published[2].published.edits]
    assert page.text == apply_edits(first.page.reading.text, edits)
