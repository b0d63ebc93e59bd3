"""The text of a document in one of its layers, page by page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from correction.layers import layer_edits
from model.edit import Edit, apply_edits
from model.errors import GateError
from model.page import Page
from model.publication import Edition
from model.state import Stage

TextLayer = Literal["raw", "safe", "proposed", "published"]


@dataclass(frozen=True, slots=True)
class LayerPage:
    """A page's text in a layer, and the page whose reading it is made from: of the published layer the one that was
    signed. A page without text (failed, left out, not read) has neither. `edits` are what the layer has made of the
    raw text."""

    page: Page | None
    text: str
    edits: tuple[Edit, ...] = ()


def layer_pages(edition: Edition, layer: TextLayer) -> Iterator[LayerPage]:
    """The pages of one layer in order.

    Raises:
        GateError: the published layer is asked for and a page is neither published nor left out.
    """
    if layer == "published":
        require_published(edition)
    for page in edition.state.pages:
        published = edition.published.get(page.number)
        if layer == "published":
            yield (
                LayerPage(None, "")
                if published is None
                else LayerPage(
                    published.page,
                    published.published.text,
                    tuple(one.edit for one in published.published.edits),
                )
            )
        elif page.page is None:
            yield LayerPage(None, "")
        elif layer == "raw" or page.findings is None:
            yield LayerPage(page.page, page.page.reading.text)
        else:
            edits = layer_edits(page.findings.proposals, layer)
            yield LayerPage(page.page, apply_edits(page.page.reading.text, edits), edits)


def require_published(edition: Edition) -> None:
    """Refuse a document of which a page is neither published nor left out.

    Raises:
        GateError: it has such a page, or none at all.
    """
    state, published = edition.state, edition.published
    lacking = [p.number for p in state.pages if p.number not in published and p.stage is not Stage.WAIVED]
    if lacking or not state.pages:
        which = ", ".join(map(str, lacking[:20])) + (" and more" if len(lacking) > 20 else "")
        raise GateError(
            f"{state.name}: page {which} is not published." if lacking else f"{state.name} has no pages.",
            remedy="Review and sign what waits (`chamra status` lists it), then run `chamra publish`.",
        )
