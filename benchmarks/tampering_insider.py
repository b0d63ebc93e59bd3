"""What somebody who owns the machine can do to a workspace: records, blobs, anchors and files, no guard in the way."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from ledger.canonical import canonical_json
from ledger.chain import GENESIS, filed_under, record_sha256
from ledger.sqlite import GUARDS
from model.decision import AppliedEdit, Published
from model.edit import Findings, text_sha256
from model.page import Page
from workspace.codec import decode_findings, decode_page, encode_findings, encode_page, encode_published
from workspace.store import BlobStore

Row = dict[str, Any]
Change = Callable[[list[Row]], list[Row]]

_COLUMNS = ("seq", "when", "kind", "payload", "previous", "sha256", "document", "page")


@dataclass(frozen=True, slots=True)
class Insider:
    """Somebody at work on the workspace in `path`, whose anchor file they may write, too."""

    path: Path

    @property
    def anchors(self) -> Path:
        """The anchor file beside the workspace."""
        return self.path.with_name(f"{self.path.name}.anchors.log")

    @property
    def ledger(self) -> Path:
        """The database."""
        return self.path / "ledger.sqlite"

    def rows(self) -> list[Row]:
        """Every record, payloads as objects."""
        with closing(sqlite3.connect(self.ledger)) as connection:
            connection.row_factory = sqlite3.Row
            rows = [dict(row) for row in connection.execute("SELECT * FROM records ORDER BY seq")]
        return [{**row, "payload": json.loads(row["payload"])} for row in rows]

    def newest(self, kind: str, page: int = 0, document: str = "") -> Row:
        """The newest record of a kind, about a page or document where these are given."""
        return next(
            row
            for row in reversed(self.rows())
            if row["kind"] == kind and page in (0, row["page"]) and document in ("", row["document"])
        )

    def statement(self, *statements: str) -> None:
        """Run SQL as the database's owner."""
        with closing(sqlite3.connect(self.ledger)) as connection:
            for one in statements:
                connection.execute(one)
            connection.commit()

    def add_word(self, file: str, word: str) -> None:
        """Put a word into a file of the workspace's own dictionaries."""
        folder = self.path / "dictionaries"
        folder.mkdir(exist_ok=True)
        (folder / file).write_text(f"word: {word}\n")

    def rewrite(self, change: Change, *, rehash: bool = False, anchors: bool = False) -> None:
        """Put other records in the place of all, and the guards back.

        `rehash` makes the chain sound again; `anchors` makes the anchor file agree with it.
        """
        rows = change(self.rows())
        renamed: dict[str, str] = {}
        previous = GENESIS
        for number, row in enumerate(rows, start=1):
            if rehash:
                row["seq"], row["previous"] = number, previous
                for key in {"ledger_head", "signoff", "seed", "sample", "returned"} & row["payload"].keys():
                    row["payload"][key] = renamed.get(row["payload"][key], row["payload"][key])
                if row["kind"] == "published":
                    row["payload"]["blob"] = self._published_anew(row["payload"]["blob"], renamed)
                text = canonical_json(row["payload"]).decode()
                new = record_sha256(number, row["when"], row["kind"], text, previous)
                renamed[row["sha256"]] = row["sha256"] = previous = new
                row["document"], row["page"] = filed_under(row["payload"])
        with closing(sqlite3.connect(self.ledger)) as connection:
            for name in GUARDS:
                connection.execute(f"DROP TRIGGER IF EXISTS {name}")
            connection.execute("DELETE FROM records")
            for row in rows:
                self._insert(connection, {**row, "payload": canonical_json(row["payload"]).decode()})
            for statement in GUARDS.values():
                connection.execute(statement)
            connection.commit()
        if anchors:
            self.rewrite_anchors(renamed)

    def _published_anew(self, sha256: str, renamed: Mapping[str, str]) -> str:
        """A published text that names the state of the ledger by the hash that it has now."""
        body = json.loads(self.blob(sha256))
        head = renamed.get(body["ledger_head"], body["ledger_head"])
        return self.put(canonical_json({**body, "ledger_head": head}))

    def rewrite_anchors(self, renamed: Mapping[str, str]) -> None:
        """Make each anchor name what stands now where it named a record; those of records that are gone go."""
        now = {row["sha256"]: row for row in self.rows()}
        lines = []
        for line in self.anchors.read_text().splitlines():
            anchor = json.loads(line)
            row = now.get(renamed.get(anchor["head"], anchor["head"]))
            if row is not None:
                lines.append({**anchor, "head": row["sha256"], "seq": row["seq"], "when": row["when"]})
        self.anchors.write_bytes(b"".join(canonical_json(line) + b"\n" for line in lines))

    def append(self, kind: str, payload: Mapping[str, Any], when: str = "", text: str = "") -> str:
        """Append a record that follows the chain and return its hash; `text` is the payload as it shall lie there."""
        rows = self.rows()
        head = rows[-1]
        text = text or canonical_json(payload).decode()
        seq, time = head["seq"] + 1, when or later(head["when"])
        sha256 = record_sha256(seq, time, kind, text, head["sha256"])
        document, page = filed_under(payload)
        row = dict(
            zip(_COLUMNS, (seq, time, kind, text, head["sha256"], sha256, document, page), strict=True)
        )
        with closing(sqlite3.connect(self.ledger)) as connection:
            self._insert(connection, row)
            connection.commit()
        return sha256

    def anchor(self) -> None:
        """Anchor the newest record in the workspace's own anchor file."""
        head = self.rows()[-1]
        line = {
            "schema": "chamra/anchor/1",
            "workspace": json.loads((self.path / "workspace.json").read_text())["id"],
            "seq": head["seq"],
            "head": head["sha256"],
            "when": head["when"],
        }
        with self.anchors.open("ab") as file:
            file.write(canonical_json(line) + b"\n")

    def blob(self, sha256: str) -> bytes:
        """A blob's bytes."""
        return self._blob_path(sha256).read_bytes()

    def put(self, data: bytes) -> str:
        """Keep a blob under its own hash."""
        return BlobStore(self.path).put(data)

    def spoil(self, sha256: str, change: Callable[[bytes], bytes]) -> None:
        """Put other bytes under a blob's name."""
        path = self._blob_path(sha256)
        data = path.read_bytes()
        path.unlink()
        path.write_bytes(change(data))

    def drop(self, sha256: str) -> None:
        """Take a blob away."""
        self._blob_path(sha256).unlink()

    def clock(self) -> Callable[[], datetime]:
        """The clock of the workspace, going on by a second from its newest record."""
        moments = count(1)
        newest = datetime.fromisoformat(self.rows()[-1]["when"])
        return lambda: newest + timedelta(seconds=next(moments))

    def point_recipe(self, key: str, blob: str) -> None:
        """Let a recipe name a blob."""
        path = self.path / "recipes" / key[:2] / key
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        path.write_text(f"{blob}\n")

    def page(self, document: str, number: int) -> tuple[Page, Row]:
        """A page as it was read last, and the record of that."""
        row = self.newest("page", number, document)
        return decode_page(self.blob(row["payload"]["blob"])), row

    def findings(self, document: str, number: int) -> tuple[Findings, Row]:
        """What was found on a page last, and the record of that."""
        row = self.newest("findings", number, document)
        return decode_findings(self.blob(row["payload"]["blob"])), row

    def _blob_path(self, sha256: str) -> Path:
        return self.path / "blobs" / sha256[:2] / sha256

    @staticmethod
    def _insert(connection: sqlite3.Connection, row: Row) -> None:
        names = ", ".join(f'"{name}"' for name in row)
        marks = ", ".join("?" for _ in row)
        connection.execute(f"INSERT INTO records ({names}) VALUES ({marks})", list(row.values()))


def later(when: str) -> str:
    """A moment after that, as a record has it."""
    moment = datetime.fromisoformat(when) + timedelta(seconds=1)
    return moment.isoformat(timespec="microseconds").replace("+00:00", "Z")


def with_text(page: Page, before: str, after: str) -> Page:
    """A page whose base reading, and every witness, says something else, letter for letter."""
    assert len(before) == len(after)
    readings = tuple(replace(one, text=one.text.replace(before, after)) for one in page.readings)
    assert readings[0].text != page.reading.text
    return replace(page, readings=readings)


def sign_forged(
    insider: Insider,
    page: Page,
    who: Mapping[str, Any],
    *,
    whens: str = "",
    found: Findings | None = None,
    edits: tuple[AppliedEdit, ...] = (),
    policy: str = "safe-1",
    anchored: bool = True,
) -> None:
    """Append a reading, what was found on it, a signature in somebody's name, the publication and an anchor."""
    old = insider.newest("page", page.number, page.document)["payload"]
    base, row = insider.findings(page.document, page.number)
    blob = insider.put(encode_page(page))
    read = {**old, "document": page.document, "blob": blob, "image": page.image_sha256}
    insider.append("page", read, whens)
    made = found or replace(base, reading_sha256=page.reading.sha256, proposals=(), flags=(), expected=None)
    kept = insider.put(encode_findings(made))
    insider.append("findings", {**row["payload"], "blob": kept, "page_blob": blob}, whens)
    for one in edits:
        decision = {
            "document": page.document, "page": page.number, "finding": one.finding, "verdict": "accept",
            "after": None, "who": who, "how": f"policy:{policy}", "note": "",
        }  # fmt: skip
        insider.append("decision", decision, whens)
    publish_forged(insider, page, blob, who, edits=edits, policy=policy, whens=whens)
    if anchored:
        insider.anchor()


def publish_forged(
    insider: Insider,
    page: Page,
    blob: str,
    who: Mapping[str, Any],
    *,
    edits: tuple[AppliedEdit, ...] = (),
    policy: str = "safe-1",
    whens: str = "",
) -> None:
    """Append a signature in somebody's name as the ledger stands, and the publication under it."""
    text = page.reading.text
    for one in sorted(edits, key=lambda one: one.edit.span, reverse=True):
        text = text[: one.edit.span.start] + one.edit.after + text[one.edit.span.end :]
    head = insider.rows()[-1]["sha256"]
    signed = {
        "document": page.document, "page": page.number, "ledger_head": head,
        "text_sha256": text_sha256(text), "policy": policy, "who": who,
    }  # fmt: skip
    signoff = insider.append("signoff", signed, whens)
    published = Published(page.document, page.number, page.reading.sha256, blob, text, edits, head)
    event = {
        "document": page.document, "page": page.number, "blob": insider.put(encode_published(published)),
        "text_sha256": text_sha256(text), "signoff": signoff,
    }  # fmt: skip
    insider.append("published", event, whens)
