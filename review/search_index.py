"""Finding words in all texts of a workspace at once: as they stand now, and as they were read.

White space counts for nothing, for a reader puts it where none is, and sara am is found however it was read. What is
looked in is a cache in the workspace's folder, made from the ledger and never part of it: pages that new records are
about are put into it anew, and where it is lost, damaged or of other code, it is made again. It is SQLite's own
full-text index, over every three characters for words and over one and two for what is shorter, whatever database the
ledger lies in: a server's would take rights on it that the account which writes records is better without.

Pages are numbered by the order in which their documents came, and found in that order: whoever wants the first fifty
stops there, however often a word stands in the workspace.
"""

from __future__ import annotations

import json
import sqlite3
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from operator import add
from threading import Lock
from time import monotonic

from ledger.event import Event
from ledger.events.source_registered import SourceRegistered
from ledger.history import read_page_history
from model.errors import ChamraError
from review.bare_text import BareText
from review.own_text import current_rows
from review.state import ROOMS, page_state_of
from workspace.cache_file import code_stamp, in_memory, open_cache
from workspace.workspace import Workspace

FILE = "search.sqlite"
_TABLES = """
CREATE TABLE IF NOT EXISTS made (code TEXT NOT NULL, seq INTEGER NOT NULL, sha256 TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS documents (number INTEGER PRIMARY KEY, document TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS pages (id INTEGER PRIMARY KEY, rows TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS changed (id INTEGER PRIMARY KEY);
CREATE VIRTUAL TABLE IF NOT EXISTS threes USING fts5(said, content='', columnsize=0, tokenize='trigram');
CREATE VIRTUAL TABLE IF NOT EXISTS shorter USING fts5(said, content='', columnsize=0, detail=none, tokenize='ascii');
"""
_DOCUMENT = 1 << 24
"""What a document's number is multiplied with in the id of a page: more pages than any document has."""
_TRIGRAM = 3
_AT_ONCE = 16  # pages that are written in one transaction
_RECORDS_AT_LEAST = 200  # that are gone through however little time there is
_FOUND_AT_ONCE = (200, 20_000)  # pages that are asked for: at first, and at most
_AROUND = 24  # code points shown on each side of what was searched for


Rows = list[list[str]]
"""The rows of a page as they stand now, each with what was read where that is another."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where something was found: the row of the page's text, counted from 0, and the text around it with its
    spaces. `as_read` says that it stands only in what was read and not in the text as it is now."""

    row: int
    before: str
    found: str
    after: str
    as_read: bool = False


class SearchIndex:
    """Finds words in the texts of a workspace. Safe to use from several threads."""

    def __init__(self, ws: Workspace) -> None:
        self._ws = ws
        self._lock = Lock()
        self._database = open_cache(ws.path / FILE, _TABLES, writable=ws.store.writable)
        with self._lock:
            if not self._sound():
                self._empty()

    def follow(self, seconds: float) -> int:
        """Put pages that have changed into the index, for so many seconds at most; gives how many are left."""
        until = monotonic() + seconds
        try:
            with self._lock:
                behind = self._note_changes(until)
            while monotonic() < until and (batch := self._next()):
                made = []
                for key, document in batch:
                    if monotonic() < until:
                        made.append((key, self._rows(document, key % _DOCUMENT)))
                self._put(made)
            with self._lock:
                left = int(self._database.execute("SELECT count(*) FROM changed").fetchone()[0])
                return left + behind
        except (
            sqlite3.OperationalError
        ):  # no space, no permission, another writer: then it is known in memory only
            with self._lock:
                self._database = in_memory(self._database)
            return 0

    def pages(self, words: str, document: str = "") -> Iterator[tuple[str, int]]:
        """The pages in whose text the words stand, of one document or of all, by the order in which documents came
        and by number. Asked for as they are taken."""
        wanted = BareText(words).text
        if not wanted:
            return
        table, phrase = _phrase(wanted)
        query = f"""
            SELECT found.rowid, document FROM {table} AS found JOIN documents ON number = found.rowid / {_DOCUMENT}
            WHERE {table} MATCH ? AND found.rowid BETWEEN ? AND ? ORDER BY found.rowid LIMIT ?
        """
        first, last = self._range(document)
        many, most = _FOUND_AT_ONCE
        while True:
            with self._lock:
                batch = self._database.execute(query, (phrase, first, last, many)).fetchall()
            for key, identity in batch:
                yield identity, key % _DOCUMENT
            if len(batch) < many:
                return
            first, many = batch[-1][0] + 1, min(2 * many, most)

    def _range(self, document: str) -> tuple[int, int]:
        """The first and the last id that a page of this document, or of any, can have."""
        if not document:
            return 0, (1 << 63) - 1
        query = "SELECT number FROM documents WHERE document = ?"
        with self._lock:
            known = self._database.execute(query, (document,)).fetchone()
        number = 0 if known is None else int(known[0])  # none has 0
        return number * _DOCUMENT, (number + 1) * _DOCUMENT - 1

    def hits(
        self, document: str, page: int, words: str, otherwise: Mapping[int, str] | None = None
    ) -> list[Hit]:
        """Every place of a page where the words stand, in the order of the text; `otherwise` has the text of rows of
        which who looks is shown another than theirs."""
        wanted = BareText(words).text
        query = f"SELECT rows FROM pages JOIN documents ON id = number * {_DOCUMENT} + ? WHERE document = ?"
        with self._lock:
            kept = self._database.execute(query, (page, document)).fetchone()
        if kept is None or not wanted:
            return []
        rows = json.loads(kept[0])
        for index, text in (otherwise or {}).items():
            if index < len(rows):
                rows[index] = [rows[index][0].replace(rows[index][0].removesuffix("\n"), text, 1)]
        now = list(_hits([row[0] for row in rows], wanted, as_read=False))
        there = {one.row for one in now}
        if all(len(row) == 1 for row in rows):
            return now
        was = _hits([row[-1] for row in rows], wanted, as_read=True)
        gone = [one for one in was if one.row not in there and len(rows[one.row]) > 1]
        return sorted([*now, *gone], key=lambda one: one.row)

    def _sound(self) -> bool:
        found = self._database.execute("SELECT code, seq, sha256 FROM made").fetchone()
        if found is None or found[0] != code_stamp(*ROOMS):
            return False
        with suppress(ChamraError):
            return not found[1] or self._ws.ledger.at(found[1]).sha256 == str(found[2])
        return False

    def _empty(self) -> None:
        with suppress(sqlite3.Error), self._database:
            for table in ("made", "documents", "pages", "changed"):
                self._database.execute(f"DELETE FROM {table}")
            for table in ("threes", "shorter"):
                self._database.execute(f"INSERT INTO {table} ({table}) VALUES ('delete-all')")
            self._database.execute("INSERT INTO made VALUES (?, 0, '')", (code_stamp(*ROOMS),))

    def _note_changes(self, until: float) -> int:
        """Note which pages new records are about, for as long; gives how many records are left."""
        (seq,) = self._database.execute("SELECT seq FROM made").fetchone()
        head = self._ws.ledger.head()
        came: list[tuple[str]] = []
        changed: list[tuple[int, str]] = []
        last = None
        for last in self._ws.ledger.events(Event, after=seq, upto=head.seq):
            touched = last.event.touches()
            if isinstance(last.event, SourceRegistered) or touched.pages:
                came.append((touched.document,))
            changed += [(page, touched.document) for page in touched.pages]
            if last.seq % _RECORDS_AT_LEAST == 0 and monotonic() >= until:
                break
        if last is None:
            return 0
        query = (
            f"INSERT OR IGNORE INTO changed SELECT number * {_DOCUMENT} + ? FROM documents WHERE document = ?"
        )
        with self._database:
            self._database.executemany("INSERT OR IGNORE INTO documents (document) VALUES (?)", came)
            self._database.executemany(query, changed)
            self._database.execute("UPDATE made SET seq = ?, sha256 = ?", (last.seq, last.sha256))
        return head.seq - last.seq

    def _next(self) -> list[tuple[int, str]]:
        """Ids of pages that have changed, with their documents."""
        query = f"SELECT id, document FROM changed JOIN documents ON number = id / {_DOCUMENT} ORDER BY id LIMIT ?"
        with self._lock:
            return self._database.execute(query, (_AT_ONCE,)).fetchall()

    def _rows(self, document: str, page: int) -> Rows:
        """The rows of a page as they stand now, each with what was read where that is another."""
        with suppress(ChamraError):  # what is damaged is told where it is looked at
            state = page_state_of(self._ws.store, read_page_history(self._ws.ledger, document, page))
            return [
                [row.corrected, row.raw] if row.changed else [row.corrected] for row in current_rows(state)
            ]
        return []

    def _put(self, made: Sequence[tuple[int, Rows]]) -> None:
        with self._lock, self._database:
            run = self._database.execute
            for key, rows in made:
                kept = run("SELECT rows FROM pages WHERE id = ?", (key,)).fetchone()
                if kept is not None:  # nothing but what was put in can be taken out
                    for table, said in _said(json.loads(kept[0])):
                        run(
                            f"INSERT INTO {table} ({table}, rowid, said) VALUES ('delete', ?, ?)", (key, said)
                        )
                    run("DELETE FROM pages WHERE id = ?", (key,))
                if rows:
                    run("INSERT INTO pages VALUES (?, ?)", (key, json.dumps(rows, ensure_ascii=False)))
                    for table, said in _said(rows):
                        run(f"INSERT INTO {table} (rowid, said) VALUES (?, ?)", (key, said))
                run("DELETE FROM changed WHERE id = ?", (key,))


def _phrase(wanted: str) -> tuple[str, str]:
    """The table in which a bare text is looked for, and what asks it."""
    if len(wanted) < _TRIGRAM:
        return "shorter", f'"{_token(wanted)}"'
    return "threes", '"{}"'.format(wanted.replace('"', '""'))


def _said(rows: Rows) -> Iterable[tuple[str, str]]:
    """What each table is told of a page: its text as it stands and, where that is another, as it was read."""
    layers = (0, -1) if any(len(row) > 1 for row in rows) else (0,)
    texts = dict.fromkeys(BareText("".join(row[at] for row in rows)).text for at in layers)
    short = {one for text in texts for one in (*text, *map(add, text, text[1:]))}
    return ("threes", "\n".join(texts)), ("shorter", " ".join(map(_token, short)))


@lru_cache(1 << 16)
def _token(characters: str) -> str:
    """One or two characters as a word that no tokenizer takes apart."""
    return "z".join(f"{ord(one):x}" for one in characters)


def _hits(rows: list[str], wanted: str, *, as_read: bool) -> Iterator[Hit]:
    text = "".join(rows)
    ends = list(accumulate(map(len, rows)))
    bare = BareText(text)
    at = bare.text.find(wanted)
    while at >= 0:
        start, end = bare.span(at, at + len(wanted))
        row = bisect_right(ends, start)
        around = text[max(0, start - _AROUND) : start], text[start:end], text[end : end + _AROUND]
        before, found, after = (part.replace("\n", " ") for part in around)
        yield Hit(row, before, found, after, as_read)
        at = bare.text.find(wanted, at + len(wanted))
