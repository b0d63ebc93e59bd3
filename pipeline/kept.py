"""Pages and documents on which nothing has changed since they were done: told without opening any of their blobs.

A page is as it was when its newest reading and findings were made with what this run would make them with, and the
files of its image, reading and findings are those that were seen then, by size, time and inode (or ETag). What is wrong
with a file that looks the same, the audit finds.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from pipeline.admit import DocumentPlan
from pipeline.as_made import PageAsMade, pages_as_made
from pipeline.progress import PageDone, PageOutcome
from pipeline.read_page import reading_key
from pipeline.run import Run
from workspace.cache_file import code_stamp, open_cache
from workspace.workspace import Workspace

FILE = "kept.sqlite"
_ROOMS = ("model", "ledger", "correction", "workspace", "reports", "review", "pipeline")
_TABLES = """
CREATE TABLE IF NOT EXISTS pages (
    document TEXT NOT NULL, number INTEGER NOT NULL, looks TEXT NOT NULL,
    proposals INTEGER NOT NULL, flags INTEGER NOT NULL, PRIMARY KEY (document, number)
);
CREATE TABLE IF NOT EXISTS finished (
    document TEXT PRIMARY KEY, seq INTEGER NOT NULL, stamp TEXT NOT NULL, report TEXT NOT NULL
);
"""


def kept_pages(run: Run, plan: DocumentPlan) -> dict[int, PageDone]:
    """The pages of a plan on which nothing has changed since they were done."""
    with _database(run.workspace) as database:
        rows = database.execute(
            "SELECT number, looks, proposals, flags FROM pages WHERE document = ?", (plan.document,)
        )
        known = {number: (looks, proposals, flags) for number, looks, proposals, flags in rows}
    if not known:
        return {}
    made = _made_with(run, plan)
    return {
        number: PageDone(
            plan.document, plan.name, number, PageOutcome.KEPT, known[number][1], known[number][2]
        )
        for number in plan.pages
        if number in known and number in made and known[number][0] == _looks(run.workspace, made[number])
    }


def note_pages(run: Run, plan: DocumentPlan, pages: Sequence[PageDone]) -> None:
    """Keep how the pages of a document look that were seen through just now."""
    made = _made_with(run, plan)
    rows = [
        (plan.document, page.number, looks, page.proposals, page.flags)
        for page in pages
        if page.outcome in (PageOutcome.READ, PageOutcome.KEPT)
        and page.number in made
        and (looks := _looks(run.workspace, made[page.number]))
    ]
    with _database(run.workspace) as database, suppress(sqlite3.Error), database:
        database.executemany("INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?, ?)", rows)


def forget_pages(workspace: Workspace, document: str, numbers: Collection[int] | None = None) -> None:
    """Have the next run look at these pages of a document, or at every one, because this has not seen to them."""
    which = "" if numbers is None else f" AND number IN ({','.join('?' * len(numbers))})"
    with _database(workspace) as database, suppress(sqlite3.Error), database:
        database.execute(f"DELETE FROM pages WHERE document = ?{which}", (document, *(numbers or ())))


def kept_report(run: Run, document: str) -> str:
    """The path of a document's report, if nothing has changed since it was written; otherwise empty."""
    with _database(run.workspace) as database:
        found = database.execute(
            "SELECT seq, stamp, report FROM finished WHERE document = ?", (document,)
        ).fetchone()
    if found is None or found[:2] != (_newest(run.workspace, document), _stamp(run)):
        return ""
    return str(found[2]) if Path(found[2]).is_file() else ""


def note_report(run: Run, document: str, report: str) -> None:
    """Keep that a document was finished just now, with this report."""
    row = (document, _newest(run.workspace, document), _stamp(run), report)
    with _database(run.workspace) as database, suppress(sqlite3.Error), database:
        database.execute("INSERT OR REPLACE INTO finished VALUES (?, ?, ?, ?)", row)


@contextmanager
def _database(workspace: Workspace) -> Iterator[sqlite3.Connection]:
    with closing(open_cache(workspace.path / FILE, _TABLES, writable=True)) as database:
        yield database


def _made_with(run: Run, plan: DocumentPlan) -> Mapping[int, PageAsMade]:
    """Pages whose newest reading and findings were made with what this run would make them with."""
    return {
        number: made
        for number, made in pages_as_made(run.workspace.ledger, plan.document).items()
        if made.examined_by(run.knowledge)
        and made.page.key == reading_key(run.reading, plan.document, number)
    }


def _looks(workspace: Workspace, made: PageAsMade) -> str:
    """How the files of a page look: empty where one is missing."""
    looks: list[object] = []
    for blob in (made.page.image, made.page.blob, made.findings.blob):
        look = workspace.store.look(blob)
        if look is None:
            return ""
        looks.append((look.size, look.mark))
    return json.dumps([made.page.blob, made.findings.blob, *looks])


def _newest(workspace: Workspace, document: str) -> int:
    return workspace.ledger.newest_seq(document)


def _stamp(run: Run) -> str:
    """What a report depends on besides the document's records."""
    asks = "asks again" if run.settings.ask_again else ""
    return f"{code_stamp(*_ROOMS)} {run.knowledge.dictionaries} {asks}"
