"""Where all documents stand, each in a few lines, kept between commands: only what has new records is looked at again.

A file of the workspace that is a cache and no more: it names the record up to which it was made and the code that
made it, and is thrown away where either does not fit. Where it cannot be written, everything is looked at again.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import asdict, dataclass, replace
from typing import Any

from ledger.event import Entry
from ledger.events.required import Required
from ledger.events.source_registered import SourceRegistered
from model.edit import Expectation
from model.errors import ChamraError
from model.state import Outcome, Stage
from review.state import ROOMS, DocumentSummary, PageSummary, summarise
from workspace.cache_file import code_stamp, in_memory, open_cache
from workspace.workspace import Workspace

FILE = "summaries.sqlite"
_TABLES = """
CREATE TABLE IF NOT EXISTS made (code TEXT NOT NULL, seq INTEGER NOT NULL, sha256 TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS documents (
    id TEXT PRIMARY KEY, seq INTEGER NOT NULL, came TEXT NOT NULL, number INTEGER NOT NULL,
    name TEXT NOT NULL, path TEXT NOT NULL, line TEXT NOT NULL, pages TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS by_number ON documents (number, id, name, path, seq);
"""
_DAMAGED = -1
"""Stands for the newest record of a document that could not be looked at: what is damaged may be brought back without
any record, so it is looked at again each time."""

_AT_ONCE = 500
"""Documents that are looked at before they are kept: so many are looked at again after a kill at most."""

_WAITS = (Outcome.OPEN, Outcome.SECOND, Outcome.CONFLICT)


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A document in one line: counts of its pages by stage and of its findings by outcome, and what needs somebody.

    `came` is when it was first asked for (UTC, ISO 8601). `failed` are pages that could not be read, with the reason;
    `returned` and `revoked` are pages; `expected` is how many letters are thought to be misread, as far as pages tell.
    `problem` says in words why nothing else is known, empty where all is well.
    """

    id: str
    name: str
    path: str
    kind: str
    came: str
    page_count: int
    requested: int
    stages: Mapping[str, int]
    outcomes: Mapping[str, int]
    waiting: int
    failed: tuple[tuple[int, str], ...]
    returned: tuple[int, ...]
    revoked: tuple[int, ...]
    expected: float = 0.0
    problem: str = ""


def document_lines(ws: Workspace, stop: Callable[[], bool] = lambda: False) -> list[DocumentLine]:
    """Every document in one line, in the order in which they came. Asked to `stop`, it keeps what it has found out and
    gives what is known."""
    with closing(_Store(ws)) as store:
        store.follow(stop)
        return list(store.lines())


def bring_up_to_date(ws: Workspace, stop: Callable[[], bool]) -> None:
    """Look at every document that has records since; asked to `stop`, it keeps what it has found out."""
    with closing(_Store(ws)) as store:
        store.follow(stop)


def kept_documents(ws: Workspace) -> tuple[int, list[tuple[str, str, str, int]]]:
    """Id, name and place of every document in the order in which they came, and whether its pages are kept; and the
    record up to which that is, 0 where nothing is. Brings nothing up to date."""
    with closing(_Store(ws)) as store:
        return store.seq, store.names() if store.seq else []


def kept_pages(ws: Workspace, documents: Collection[str] | None = None) -> dict[str, list[PageSummary]]:
    """What is kept of the pages of these documents, or of all (None)."""
    with closing(_Store(ws)) as store:
        return dict(store.pages(documents))


class _Store:
    """The file, or a database in memory where it cannot be used."""

    def __init__(self, ws: Workspace) -> None:
        self._ws = ws
        self._database = open_cache(ws.path / FILE, _TABLES, writable=ws.store.writable)
        found = self._database.execute("SELECT code, seq, sha256 FROM made").fetchone()
        self.seq, self._sha256 = 0, ""
        if found is not None and self._sound(*found):
            _, self.seq, self._sha256 = found
        else:
            self._database.executescript("DELETE FROM made; DELETE FROM documents;")

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def follow(self, stop: Callable[[], bool]) -> None:
        """Look at every document that has records since, until asked to stop; the next one goes on from there."""
        head = self._ws.ledger.head()
        damaged = self._database.execute("SELECT id FROM documents WHERE seq = ?", (_DAMAGED,))
        changed = {document: _DAMAGED for (document,) in damaged}
        if head.seq == self.seq and not changed:
            return
        for_all = any(not one.event.document for one in self._ws.ledger.events(Required, after=self.seq))
        newest = self._ws.ledger.newest_by_document(0 if for_all else self.seq)
        kept = {} if for_all else dict(self._database.execute("SELECT id, seq FROM documents"))
        changed |= {document: seq for document, seq in newest.items() if kept.get(document) != seq}
        came: dict[str, tuple[str, int]] = {}
        for entry in self._ws.ledger.events(SourceRegistered, after=self.seq):
            came.setdefault(entry.event.document, (entry.when, entry.seq))
        required = tuple(self._ws.ledger.events(Required))
        rows: list[tuple[Any, ...]] = []
        for document, seq in changed.items():
            if stop() or len(rows) >= _AT_ONCE:
                self._keep(rows, self.seq, self._sha256)
                rows = []
            if stop():
                return
            row = self._row(document, seq, came, required)
            if row is not None:
                rows.append(row)
        self._keep(rows, head.seq, head.sha256)

    def lines(self) -> Iterator[DocumentLine]:
        """What is known, in the order in which the documents came."""
        for came, line in self._database.execute("SELECT came, line FROM documents ORDER BY number"):
            yield _line(came, json.loads(line))

    def names(self) -> list[tuple[str, str, str, int]]:
        """Id, name and place of each document, in the order in which they came, and whether its pages are known."""
        query = "SELECT id, name, path, seq > 0 FROM documents ORDER BY number"
        return self._database.execute(query).fetchall()

    def pages(self, documents: Collection[str] | None) -> Iterator[tuple[str, list[PageSummary]]]:
        """The pages of these documents that are known, or of all (None)."""
        query = "SELECT id, pages FROM documents WHERE seq > 0"
        asked: tuple[str, ...] = ()
        if documents is not None:
            query, asked = f"{query} AND id IN (SELECT value FROM json_each(?))", (json.dumps([*documents]),)
        for document, pages in self._database.execute(query, asked):
            yield document, [_page(one) for one in json.loads(pages)]

    def _sound(self, code: str, seq: int, sha256: str) -> bool:
        """False where other code made the file, or of another ledger."""
        with suppress(ChamraError):
            return code == code_stamp(*ROOMS) and (not seq or self._ws.ledger.at(seq).sha256 == sha256)
        return False

    def _row(
        self,
        document: str,
        seq: int,
        came: Mapping[str, tuple[str, int]],
        required: tuple[Entry[Required], ...],
    ) -> tuple[Any, ...] | None:
        known = self._database.execute(
            "SELECT came, number FROM documents WHERE id = ?", (document,)
        ).fetchone()
        first = known or came.get(document)
        if first is None:
            return None  # a file that was refused is no document
        try:
            found = summarise(self._ws, document, required)
        except ChamraError as error:
            line: dict[str, Any] = {"id": document, "problem": str(error)}
            with suppress(ChamraError):
                newest = self._ws.ledger.newest(SourceRegistered, document=document)
                line["name"] = newest.event.name if newest is not None else ""
            return document, _DAMAGED, *first, line.get("name", ""), "", json.dumps(line), "[]"
        pages = json.dumps([_plain(one) for one in found.pages], ensure_ascii=False)
        counted = json.dumps(_counted(found), ensure_ascii=False)
        return document, seq, *first, found.name, found.path, counted, pages

    def _keep(self, rows: list[tuple[Any, ...]], seq: int, sha256: str) -> None:
        try:
            self._write(rows, seq, sha256)
        except sqlite3.Error:  # no space, no permission, another writer: then it is known in memory only
            self._database = in_memory(self._database)
            self._write(rows, seq, sha256)

    def _write(self, rows: list[tuple[Any, ...]], seq: int, sha256: str) -> None:
        with self._database:
            self._database.executemany(
                "INSERT OR REPLACE INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows
            )
            self._database.execute("DELETE FROM made")
            self._database.execute("INSERT INTO made VALUES (?, ?, ?)", (code_stamp(*ROOMS), seq, sha256))
        self.seq, self._sha256 = seq, sha256


def _counted(found: DocumentSummary) -> dict[str, Any]:
    stages = [page.stage for page in found.pages]
    outcomes = {str(one): sum(page.outcomes.get(one, 0) for page in found.pages) for one in Outcome}
    return {
        "id": found.id,
        "name": found.name,
        "path": found.path,
        "kind": found.kind,
        "page_count": found.page_count,
        "stages": {str(stage): stages.count(stage) for stage in Stage},
        "outcomes": outcomes,
        "failed": [(page.number, page.reason) for page in found.pages if page.stage is Stage.FAILED],
        "returned": [page.number for page in found.pages if page.returned],
        "revoked": [page.number for page in found.pages if page.revoked],
        "expected": sum(page.expected.errors for page in found.pages if page.expected is not None),
    }


def _line(came: str, line: Mapping[str, Any]) -> DocumentLine:
    stages, outcomes = line.get("stages", {}), line.get("outcomes", {})
    return DocumentLine(
        id=line["id"],
        name=line.get("name", ""),
        path=line.get("path", ""),
        kind=line.get("kind", ""),
        came=came,
        page_count=line.get("page_count", 0),
        requested=sum(stages.values()),
        stages={str(stage): stages.get(stage, 0) for stage in Stage},
        outcomes={str(one): outcomes.get(one, 0) for one in Outcome},
        waiting=sum(outcomes.get(one, 0) for one in _WAITS),
        failed=tuple((number, reason) for number, reason in line.get("failed", ())),
        returned=tuple(line.get("returned", ())),
        revoked=tuple(line.get("revoked", ())),
        expected=line.get("expected", 0.0),
        problem=line.get("problem", ""),
    )


def _plain(page: PageSummary) -> dict[str, Any]:
    # `asdict` does not know a Counter
    return asdict(replace(page, second_by=dict(page.second_by), conflict_by=dict(page.conflict_by)))


def _page(row: Mapping[str, Any]) -> PageSummary:
    expected = row["expected"]
    return PageSummary(
        row["number"],
        Stage(row["stage"]),
        {Outcome(one): count for one, count in row["outcomes"].items()},
        row["reason"],
        row["lapsed"],
        dict(row["second_by"]),
        dict(row["conflict_by"]),
        row["returned"],
        row["revoked"],
        None if expected is None else Expectation(**expected),
        tuple(row["signers"]),
    )
