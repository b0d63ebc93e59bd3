"""Pages whose ink is held against their texts by other threads, while the records go by."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import AbstractContextManager, contextmanager

from audit.report import About, AuditReport, Severity


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
                for message in future.result():
                    self._report.add(Severity.WARNING, About.INK, message, document=self._document, page=page)
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
