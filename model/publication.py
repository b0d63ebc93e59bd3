"""What is published, together with what it was made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

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


TextLayer = Literal["raw", "safe", "proposed", "published"]
"""Which text of a page is meant: as read, with what is safe, with all that is proposed, as it was published."""


@dataclass(frozen=True, slots=True)
class LedgerPart:
    """What the ledger has about a document, with proofs for those who do not have the rest.

    `records` are JSON Lines (docs/ledger.md), `proofs` JSON; `anchors` and `timestamps` by file name; `head` is the
    hash of the newest record that is proven.
    """

    records: bytes
    proofs: bytes
    anchors: Mapping[str, bytes]
    timestamps: Mapping[str, bytes]
    head: str


class Archive(Protocol):
    """What is kept behind a document, for those who give out more than its text."""

    def blob(self, sha256: str) -> bytes:
        """What is kept under that SHA-256: the source file, a page image, a page, findings, a published text.

        Raises:
            DamagedBlob: it is missing, or is not what its name says.
        """

    def ledger_part(self, document: str) -> LedgerPart:
        """What the ledger has about a document, with proofs."""

    @property
    def password(self) -> str | None:
        """The password of the source file, where one was given."""


@dataclass(frozen=True, slots=True)
class Edition:
    """A document as reports and exports take it: where each page stands now, and those that are published, by
    page number. A page of which a newer reading waits may be published all the same.

    `layer` is the text that an export is asked for, `replaces_text` whether text that the source has of its own is to
    be replaced by it, `package_sha256` the SHA-256 of its evidence package where a file is to name that. `archive` is
    what is kept behind the document.
    """

    state: DocumentState
    published: Mapping[int, PublishedPage] = field(default_factory=dict)
    layer: TextLayer = "published"
    replaces_text: bool = False
    package_sha256: str = ""
    archive: Archive | None = None

    @property
    def kept(self) -> Archive:
        """What is kept behind the document.

        Raises:
            ValueError: the edition was made without.
        """
        if self.archive is None:
            raise ValueError("an edition without what is kept behind it")
        return self.archive
