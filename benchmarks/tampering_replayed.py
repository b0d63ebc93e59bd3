"""Tamperings that use what is sound once more, or hide it: older signatures and texts, indexes, time stamps, rules."""

from __future__ import annotations

import base64
import json
import sqlite3
from contextlib import closing

from benchmarks.tampering_case import Catalogue, Scene
from benchmarks.tampering_files import third
from benchmarks.tampering_forged import ANONG, BOON, MALEE, SOMCHAI, TRUE
from benchmarks.tampering_house import MALEE as MALEE_WHO
from benchmarks.tampering_house import register, tools, work_through
from correction.catalogue import every_rule
from ledger.canonical import canonical_json
from ledger.sqlite import GUARDS
from ledger.timestamp import timestamps_beside
from model.edit import Span
from model.state import PageState
from pipeline.examine import examine
from pipeline.knowledge import knowledge
from pipeline.read_page import read_page
from review.add import add_text
from review.own_text import Draft
from workspace.workspace import Workspace

REPLAYED = Catalogue()

_LATER = r"NOTE \[anchor\] record \d+.*covered by no anchor"


def _signed_twice(scene: Scene) -> dict[str, object]:
    """Malee changes a text that is published, signs and publishes again; the older publication."""
    insider, scan = scene.insider, scene.house.scan
    older: dict[str, object] = insider.newest("published", 1, scan)["payload"]
    with Workspace.open(insider.path, clock=insider.clock()) as ws:

        def drafts(state: PageState) -> list[Draft]:
            assert state.page is not None
            at = state.page.reading.text.index(TRUE)
            return [Draft(Span(at, at + len(TRUE)), TRUE, "2567", None)]

        add_text(ws, scan, 1, drafts, MALEE_WHO, how="terminal")
        work_through(ws, scan)
    return older


@REPLAYED(
    "an older text published again under its own signature",
    r"ERROR \[published\] .*page 1: .*another has replaced",
)
def _older_published(scene: Scene) -> None:
    scene.insider.append("published", _signed_twice(scene))
    scene.insider.anchor()


@REPLAYED("an older signature appended once more", r"ERROR \[signoff\] .*page 1: ")
def _older_signature(scene: Scene) -> None:
    insider, scan = scene.insider, scene.house.scan
    signed = insider.newest("signoff", 1, scan)["payload"]
    older = _signed_twice(scene)
    signoff = insider.append("signoff", signed)
    insider.append("published", {**older, "signoff": signoff})
    insider.anchor()


@REPLAYED("an index of the database that leaves out a revocation", r"ERROR \[guard\] .*index")
def _index(scene: Scene) -> None:
    """Whoever asks for the records of a document does not get it; whoever asks for all does."""
    insider = scene.insider
    signed = insider.newest("signoff", 1, scene.house.scan)
    payload = {
        "document": scene.house.scan, "page": 1, "signoff": signed["sha256"], "reason": "wrong", "who": ANONG,
        "how": "terminal",
    }  # fmt: skip
    insider.append("revocation", payload)
    with closing(sqlite3.connect(insider.ledger)) as connection:
        names = [
            (name, sql)
            for name, sql in connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index'")
            if sql
        ]
        for name, sql in names:
            connection.execute(f"DROP INDEX {name}")
            connection.execute(f"{sql} WHERE kind <> 'revocation'")
        connection.execute("PRAGMA writable_schema = ON")
        for name, sql in names:
            connection.execute("UPDATE sqlite_master SET sql = ? WHERE name = ?", (sql, name))
        connection.commit()


@REPLAYED("time stamps beside the anchors that are of nothing", r"(ERROR|WARNING) \[anchor\] .*time stamp")
def _stamps(scene: Scene) -> None:
    insider = scene.insider
    row = insider.rows()[3]
    kept = {
        "schema": "chamra/timestamp/1", "workspace": json.loads((insider.path / "workspace.json").read_text())["id"],
        "seq": row["seq"], "head": "0" * 64, "answer": base64.b64encode(b"no answer").decode(),
    }  # fmt: skip
    timestamps_beside(insider.anchors).write_bytes(canonical_json(kept) + b"\n")


@REPLAYED(
    "a source taken once more, with fewer pages asked for", rf"(ERROR|WARNING|NOTE) \[source\] |{_LATER}"
)
def _fewer(scene: Scene) -> None:
    insider = scene.insider
    old = insider.newest("source", 0, scene.house.scan)["payload"]
    insider.append("source", {**old, "requested": [1], "page_count": 1})


@REPLAYED("a report put into the folder that no record names", r"(WARNING|NOTE) \[report\] .*minutes\.html")
def _report(scene: Scene) -> None:
    folder = scene.insider.path / "reports"
    known = next(folder.glob("scan-*.html"))
    (folder / "minutes.html").write_text(known.read_text().replace("</h1>", " ๒</h1>", 1))


@REPLAYED("a decision by somebody whose role ended before", r"ERROR \[user\] |ERROR \[decision\] ")
def _ended(scene: Scene) -> None:
    insider, scan = scene.insider, scene.house.scan
    made = insider.newest("decision", 1, scan)["payload"]
    insider.append("decision", {**made, "who": BOON, "how": "browser", "verdict": "reject", "after": None})


@REPLAYED(
    "a page said to have failed, then left out, after it was published",
    r"NOTE \[(page|decision|published)\] .*page 1: .*(left out|leave the page out)",
)
def _failed(scene: Scene) -> None:
    insider, scan = scene.insider, scene.house.scan
    insider.append("failed", {"document": scan, "page": 1, "reason": "the page is black"})
    insider.append(
        "decision",
        {"document": scan, "page": 1, "finding": "", "verdict": "waive", "after": None, "who": SOMCHAI,
         "how": "terminal", "note": "black"},
    )  # fmt: skip


@REPLAYED("findings made while rules were switched off", r"NOTE \[findings\] .*page 1: .*rules at hand find")
def _rules_off(scene: Scene) -> None:
    """The program itself, told to leave every rule out."""
    insider, off = scene.insider, knowledge((), ",".join(f"{one.code}=off" for one in every_rule()))
    path, document = third(scene, 1)
    with Workspace.open(insider.path, clock=insider.clock()) as ws:
        register(ws, path, 1, (1,))
        read = read_page(ws, tools()[0], document, path.name, 1)
        examine(ws, off, read.page, read.blob, read.expected)
        work_through(ws, document)


@REPLAYED(
    "rules taught to leave alone what stands on a page",
    r"NOTE \[findings\] .*(words of one's own|rules at hand find)",
)
def _taught(scene: Scene) -> None:
    scene.insider.add_word("learned.txt", "พ.ศ")


@REPLAYED("the table of records put behind another of its form", r"ERROR \[guard\] ")
def _table(scene: Scene) -> None:
    """What one writes is another thing than what is read back: a column that SQLite works out."""
    scene.insider.statement(
        "CREATE TABLE kept AS SELECT * FROM records",
        *(f"DROP TRIGGER {name}" for name in GUARDS),
        "DROP TABLE records",
        'CREATE TABLE records (seq INTEGER PRIMARY KEY, "when" TEXT, kind TEXT, payload TEXT, previous TEXT, '
        "sha256 TEXT, document TEXT, page INTEGER, shown TEXT AS (payload))",
        'INSERT INTO records (seq, "when", kind, payload, previous, sha256, document, page) SELECT * FROM kept',
        "DROP TABLE kept",
        *GUARDS.values(),
    )


@REPLAYED("an answer to a return in the reviewer's name", _LATER)
def _answered(scene: Scene) -> None:
    insider, scan = scene.insider, scene.house.scan
    returned = insider.append(
        "returned",
        {"document": scan, "page": 1, "note": "read line 3 again", "who": ANONG, "how": "terminal"},
    )
    insider.append(
        "answered",
        {"document": scan, "page": 1, "returned": returned, "note": "done", "who": MALEE, "how": "terminal"},
    )


@REPLAYED("numbers typed by two people whom nobody saw", _LATER)
def _keyed(scene: Scene) -> None:
    insider, scan = scene.insider, scene.house.scan
    page, _ = insider.page(scan, 1)
    at = page.reading.text.index(TRUE)
    for who in (MALEE, SOMCHAI):
        insider.append(
            "keyed",
            {"document": scan, "page": 1, "reading_sha256": page.reading.sha256, "start": at, "end": at + 4,
             "value": TRUE, "who": who, "how": "browser"},
        )  # fmt: skip
