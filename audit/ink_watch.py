"""Pages whose ink is held against their texts by other threads, while the records go by."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future
from contextlib import AbstractContextManager, contextmanager

from audit.audit_context import AuditContext
from audit.ink import InkGrounds, looked_at, unaccounted
from audit.page_image import page_image
from audit.report import About, AuditReport, Severity
from model.addition import Addition
from model.decision import Published
from model.edit import Findings
from model.errors import ChamraError


def look_at_ink(
    context: AuditContext, read: InkGrounds, found: Findings, published: Published, added: Sequence[Addition]
) -> list[str]:
    """What is not accounted for when the image of a page is held against its published text, in words; the reading and
    what was found in it are those that were signed.

    Raises:
        DamagedBlob: the image is missing or not what its name says.
    """
    image = page_image(context.store.get(read.image_sha256)) if read.image_sha256 else None
    if image is None:
        return []
    context.seen(read, image)
    edits = [one.edit for one in published.edits]
    return list(unaccounted(image.pixels, read.letters, edits, looked_at(read, found, added)))


class InkWatch:
    """What is found about the ink of a document's pages stands in the report where it would stand if each page had been
    waited for."""

    def __init__(self, executor: Executor, report: AuditReport, document: str) -> None:
        self._executor = executor
        self._report = report
        self._document = document
        self._begun: list[tuple[int, int, Callable[[], AbstractContextManager[None]], Future[list[str]]]] = []

    def begin(
        self, page: int, look: Callable[[], list[str]], noting: Callable[[], AbstractContextManager[None]]
    ) -> None:
        """Have a page looked at; what goes wrong there is raised within `noting`."""
        future = self._executor.submit(look)
        self._begun.append((len(self._report.findings), page, noting, future))

    def finish(self) -> None:
        """Wait for all pages and put into the report what was said of them."""
        for place, page, noting, future in reversed(self._begun):
            with self._inserting(place), noting():
                severity, messages = _said(future)
                for message in messages:
                    self._report.add(severity, About.INK, message, document=self._document, page=page)
        self._begun.clear()

    @contextmanager
    def _inserting(self, place: int) -> Iterator[None]:
        """What is added to the report meanwhile comes to that place."""
        findings = self._report.findings
        self._report.findings = []
        try:
            yield
        finally:
            findings[place:place] = self._report.findings
            self._report.findings = findings


def _said(future: Future[list[str]]) -> tuple[Severity, list[str]]:
    """What was found; an error where the page could not be looked at, whatever the reason: the others are all the same.

    Raises:
        ChamraError, KeyError, TypeError, ValueError: what is on record cannot be read or understood.
    """
    try:
        return Severity.WARNING, future.result()
    except (ChamraError, KeyError, TypeError, ValueError):
        raise
    except Exception as error:  # noqa: BLE001
        return Severity.ERROR, [f"the page image could not be looked at: {type(error).__name__}: {error}"]
