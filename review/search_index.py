"""Finding words in all texts of a workspace at once: as they stand now, and as they were read.

White space counts for nothing, for a reader puts it where none is, and sara am is found however it was read. What is
looked in is a cache in the workspace's folder, made from the ledger and never part of it: pages that new records are
about are put into it anew, and where it is lost, damaged or of other code, it is made again. It is SQLite's own
full-text index over every three characters, whatever database the ledger lies in: a server's would take rights on it
that the account which writes records is better without.
"""

from __future__ import annotations

import json
import sqlite3
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import accumulate
from threading import Lock
from time import monotonic

from ledger.event import Event
from ledger.history import read_page_history
from model.errors import ChamraError
from model.thai import SARA_AM, SPLIT_SARA_AM
from review.own_text import current_rows
from review.state import page_state_of
from workspace.cache_file import code_stamp, in_memory, open_cache
from workspace.workspace import Workspace

FILE = "search.sqlite"
_ROOMS = ("model", "ledger", "correction", "workspace", "review")
_TABLES = """
CREATE TABLE IF NOT EXISTS made (code TEXT NOT NULL, seq INTEGER NOT NULL, sha256 TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS pages (
    id INTEGER PRIMARY KEY, document TEXT NOT NULL, page INTEGER NOT NULL, rows TEXT NOT NULL, UNIQUE (document, page)
);
CREATE TABLE IF NOT EXISTS changed (document TEXT NOT NULL, page INTEGER NOT NULL, PRIMARY KEY (document, page));
CREATE VIRTUAL TABLE IF NOT EXISTS bare USING fts5(text, tokenize = 'trigram');
"""
_THREES = "CREATE VIRTUAL TABLE temp.threes USING fts5vocab(main, bare, row)"
_TRIGRAM = 3
_LAST = chr(0x10FFFF)
_AT_ONCE = 16  # pages that are written in one transaction
_RECORDS_AT_LEAST = 200  # that are gone through however little time there is
_AROUND = 24  # code points shown on each side of what was searched for


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
                for document, page in batch:
                    if monotonic() < until:
                        made.append((document, page, self._rows(document, page)))
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

    def pages(self, words: str) -> dict[str, list[int]]:
        """The pages in whose text the words stand, by document."""
        wanted = Bare(words).text
        if not wanted:
            return {}
        if len(wanted) < _TRIGRAM - 1:
            where, value = "instr(bare.text, ?) > 0", wanted
        else:
            where, value = "bare MATCH ?", self._match(wanted)
        query = f"SELECT document, page FROM bare JOIN pages ON pages.id = bare.rowid WHERE {where}"
        found: dict[str, list[int]] = {}
        with self._lock:
            for document, page in self._database.execute(query, (value,)):
                found.setdefault(document, []).append(page)
        for numbers in found.values():
            if len(numbers) > 1:
                numbers.sort()
        return found

    def _match(self, wanted: str) -> str:
        """What asks the index for a text; for one of two characters, for all threes that begin with it."""
        parts = [wanted]
        if len(wanted) < _TRIGRAM:
            with self._lock, suppress(sqlite3.OperationalError):  # it is there
                self._database.execute(_THREES)
            with self._lock:
                query = "SELECT term FROM temp.threes WHERE term >= ? AND term < ?"
                parts = [term for (term,) in self._database.execute(query, (wanted, wanted + _LAST))]
        return " OR ".join('"{}"'.format(one.replace('"', '""')) for one in parts or [_LAST * _TRIGRAM])

    def hits(
        self, document: str, page: int, words: str, otherwise: Mapping[int, str] | None = None
    ) -> list[Hit]:
        """Every place of a page where the words stand, in the order of the text; `otherwise` has the text of rows of
        which who looks is shown another than theirs."""
        wanted = Bare(words).text
        with self._lock:
            query = "SELECT rows FROM pages WHERE document = ? AND page = ?"
            kept = self._database.execute(query, (document, page)).fetchone()
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
        if found is None or found[0] != code_stamp(*_ROOMS):
            return False
        with suppress(ChamraError):
            return not found[1] or self._ws.ledger.at(found[1]).sha256 == str(found[2])
        return False

    def _empty(self) -> None:
        with suppress(sqlite3.Error), self._database:
            for table in ("made", "pages", "changed", "bare"):
                self._database.execute(f"DELETE FROM {table}")
            self._database.execute("INSERT INTO made VALUES (?, 0, '')", (code_stamp(*_ROOMS),))

    def _note_changes(self, until: float) -> int:
        """Note which pages new records are about, for as long; gives how many records are left."""
        (seq,) = self._database.execute("SELECT seq FROM made").fetchone()
        head = self._ws.ledger.head()
        changed: list[tuple[str, int]] = []
        last = None
        for last in self._ws.ledger.events(Event, after=seq, upto=head.seq):
            touched = last.event.touches()
            changed += [(touched.document, page) for page in touched.pages]
            if last.seq % _RECORDS_AT_LEAST == 0 and monotonic() >= until:
                break
        if last is None:
            return 0
        with self._database:
            self._database.executemany("INSERT OR IGNORE INTO changed VALUES (?, ?)", changed)
            self._database.execute("UPDATE made SET seq = ?, sha256 = ?", (last.seq, last.sha256))
        return head.seq - last.seq

    def _next(self) -> list[tuple[str, int]]:
        with self._lock:
            return self._database.execute(
                "SELECT document, page FROM changed LIMIT ?", (_AT_ONCE,)
            ).fetchall()

    def _rows(self, document: str, page: int) -> list[list[str]]:
        """The rows of a page as they stand now, each with what was read where that is another."""
        with suppress(ChamraError):  # what is damaged is told where it is looked at
            state = page_state_of(self._ws.store, read_page_history(self._ws.ledger, document, page))
            return [
                [row.corrected, row.raw] if row.changed else [row.corrected] for row in current_rows(state)
            ]
        return []

    def _put(self, made: list[tuple[str, int, list[list[str]]]]) -> None:
        with self._lock, self._database:
            run = self._database.execute
            for document, page, rows in made:
                about = (document, page)
                for (key,) in run("SELECT id FROM pages WHERE document = ? AND page = ?", about).fetchall():
                    run("DELETE FROM bare WHERE rowid = ?", (key,))
                    run("DELETE FROM pages WHERE id = ?", (key,))
                if rows:
                    kept = json.dumps(rows, ensure_ascii=False)
                    query = "INSERT INTO pages (document, page, rows) VALUES (?, ?, ?)"
                    key = run(query, (*about, kept)).lastrowid
                    texts = dict.fromkeys(Bare("".join(row[at] for row in rows)).text for at in (0, -1))
                    # Every two characters begin three, the last ones too.
                    run("INSERT INTO bare (rowid, text) VALUES (?, ?)", (key, "\n".join((*texts, ""))))
                run("DELETE FROM changed WHERE document = ? AND page = ?", about)


class Bare:
    """A text as it is searched: without white space, every sara am in one piece, in lower case. `starts` and `ends` say
    for each of its characters which code points of the text it stands for."""

    def __init__(self, text: str) -> None:
        kept = [at for at, letter in enumerate(text) if not letter.isspace()]
        folded = "".join([text[at] for at in kept]).casefold()
        if len(folded) == len(kept) and not SPLIT_SARA_AM.search(text):  # as nearly always, and far quicker
            self.text, self.starts, self.ends = folded, kept, [at + 1 for at in kept]
            return
        pieces: list[str] = []
        self.starts, self.ends = [], []
        for start, end, letter in _composed(text):
            if letter.isspace():
                continue
            folded = letter.casefold()
            pieces.append(folded)
            self.starts += [start] * len(folded)
            self.ends += [end] * len(folded)
        self.text = "".join(pieces)


def _composed(text: str) -> Iterator[tuple[int, int, str]]:
    """The letters of a text, every sara am in one piece, each with the code points that it stands for."""
    at = 0
    for split in SPLIT_SARA_AM.finditer(text):
        yield from ((index, index + 1, text[index]) for index in range(at, split.start()))
        if split["tone"]:
            yield split.start("tone"), split.end("tone"), split["tone"]
        yield split.start(), split.end(), SARA_AM
        at = split.end()
    yield from ((index, index + 1, text[index]) for index in range(at, len(text)))


def _hits(rows: list[str], wanted: str, *, as_read: bool) -> Iterator[Hit]:
    text = "".join(rows)
    ends = list(accumulate(map(len, rows)))
    bare = Bare(text)
    at = bare.text.find(wanted)
    while at >= 0:
        start, end = bare.starts[at], bare.ends[at + len(wanted) - 1]
        row = bisect_right(ends, start)
        around = text[max(0, start - _AROUND) : start], text[start:end], text[end : end + _AROUND]
        before, found, after = (part.replace("\n", " ") for part in around)
        yield Hit(row, before, found, after, as_read)
        at = bare.text.find(wanted, at + len(wanted))
