"""The text of a document in one of its layers, page by page, with the edits that lead to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from correction.layers import layer_edits
from model.decision import AppliedEdit
from model.edit import apply_edits
from model.errors import GateError
from model.page import Page
from model.publication import Edition, PublishedPage, TextLayer
from model.state import PageState, Stage


@dataclass(frozen=True, slots=True)
class LayerPage:
    """A page's text in a layer, the edits that lead to it from the raw text, and the state of the page that they
    belong to: of the published layer the one that was signed. A page without text (failed, left out, not read) has no
    `page`; `publication` is what was published of it, None in the other layers."""

    state: PageState
    text: str
    edits: tuple[AppliedEdit, ...] = ()
    publication: PublishedPage | None = None

    @property
    def number(self) -> int:
        """The page's number, from 1."""
        return self.state.number

    @property
    def page(self) -> Page | None:
        """The page with the reading that the text is made from; None for a page without text."""
        return self.state.page


def layer_pages(edition: Edition, layer: TextLayer) -> Iterator[LayerPage]:
    """The pages of one layer in order.

    Raises:
        GateError: the published layer is asked for and a page is neither published nor left out.
    """
    if layer == "published":
        require_published(edition)
    for state in edition.state.pages:
        yield (
            _published(state, edition.published.get(state.number))
            if layer == "published"
            else _other(state, layer)
        )


def _published(state: PageState, publication: PublishedPage | None) -> LayerPage:
    if publication is None:
        # What was left out has no text, even where a reader had one.
        return LayerPage(PageState(state.number, state.stage, failed=state.failed, waived=state.waived), "")
    made = publication.published
    return LayerPage(publication.state, made.text, made.edits, publication)


def _other(state: PageState, layer: TextLayer) -> LayerPage:
    if state.page is None:
        return LayerPage(state, "")
    raw = state.page.reading.text
    if layer not in ("safe", "proposed") or state.findings is None:
        return LayerPage(state, raw)
    edits = layer_edits(state.findings.proposals, layer)
    return LayerPage(state, apply_edits(raw, [one.edit for one in edits]), edits)


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
