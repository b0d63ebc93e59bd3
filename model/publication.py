"""What is published, together with what it was made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from model.decision import Published
from model.page import Page
from model.state import DocumentState, PageState


@dataclass(frozen=True, slots=True)
class PublishedPage:
    """A published text and the page that it is of.

    `state` is the page as it stood when it was signed: the reading whose code points the edits count, the findings
    and the decisions behind them. Whatever was read, found or decided later is not in it; `read_anew` says that
    the page was read again since, and that the text is not of the newest reading.

    Raises:
        ValueError: the text was made from another reading.
    """

    state: PageState
    published: Published
    read_anew: bool = False

    def __post_init__(self) -> None:
        if self.state.page is None or self.published.reading_sha256 not in ("", self.page.reading.sha256):
            raise ValueError(f"the text of page {self.published.page} was made from another reading")

    @property
    def page(self) -> Page:
        """The page with the reading that was published."""
        if self.state.page is None:
            raise ValueError(f"page {self.state.number} was not read")
        return self.state.page


@dataclass(frozen=True, slots=True)
class Edition:
    """A document as reports and exports take it: where each page stands now, and those that are published, by
    page number. A page of which a newer reading waits may be published all the same."""

    state: DocumentState
    published: Mapping[int, PublishedPage] = field(default_factory=dict)
