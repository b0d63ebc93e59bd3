"""Where all documents stand, a line for each, with what lies before the gate: refused files and the inbox."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ledger.events.seeded import Seeded
from model.counted import counted, waiting
from model.state import Stage
from model.visible import in_a_row
from reports.letters import safe_text
from reports.reading_trust import ReaderTrust, miss_rate_object, reader_trust
from review.inbox_view import InboxScan, inbox_scans
from review.refused import RefusedFile, dismissed_files, refused_files
from review.summary_store import DocumentLine, document_lines
from workspace.workspace import Workspace

SCHEMA = "chamra/status-list/3"

MOST = 50
"""Documents, and lines of what needs somebody, that the terminal shows where nobody asks for all."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which documents are asked for: those with a page that failed, with something that waits for a person, that came
    at this day or later (ISO 8601), whose name holds this. What is not set asks for all."""

    failed: bool = False
    waiting: bool = False
    since: str = ""
    name: str = ""

    def takes(self, one: DocumentLine) -> bool:
        """True for a document that is asked for."""
        return (
            (not self.failed or _in_trouble(one))
            and (not self.waiting or one.waiting > 0)
            and one.came >= self.since
            and self.name.casefold() in one.name.casefold()
        )


@dataclass(frozen=True, slots=True)
class WorkspaceStanding:
    """Where a workspace stands: the documents asked for, counts over all, refused files, the newest inbox scans,
    how many wrong letters each reviewer passes over, and the refused files about which nothing is to be done."""

    documents: tuple[DocumentLine, ...]
    totals: dict[str, int]
    refused: tuple[RefusedFile, ...]
    scans: tuple[InboxScan, ...]
    trust: tuple[ReaderTrust, ...] = ()
    dismissed: tuple[RefusedFile, ...] = ()

    @property
    def needs_operator(self) -> bool:
        """True when a page failed, a file was refused, or something in the inbox or the store cannot be read."""
        return bool(self.totals["failed"] or self.totals["damaged"] or self.refused) or any(
            one.troubles for one in self.scans
        )


def standing(ws: Workspace, asked: Filter = Filter()) -> WorkspaceStanding:
    """Where a workspace stands. Looks only at what has new records since it was asked last."""
    lines = document_lines(ws)
    return WorkspaceStanding(
        tuple(one for one in lines if asked.takes(one)),
        _totals(lines),
        refused_files(ws.ledger),
        inbox_scans(ws.path),
        reader_trust(one.event.put_back for one in ws.ledger.events(Seeded)),
        dismissed_files(ws.ledger),
    )


def status_list_object(found: WorkspaceStanding) -> dict[str, Any]:
    """All of it as one object; its schema is `docs/schemas/status-list.json`."""
    return {
        "schema": SCHEMA,
        "totals": found.totals,
        "documents": [_document(one) for one in found.documents],
        "refused": [_refused(one) for one in found.refused],
        "dismissed": [_refused(one) | _dismissal(one) for one in found.dismissed],
        "inboxes": [_inbox(one) for one in found.scans],
        "reviewers": [miss_rate_object(one) for one in found.trust],
    }


def _document(one: DocumentLine) -> dict[str, Any]:
    return asdict(one) | {
        "failed": [{"page": page, "reason": reason} for page, reason in one.failed],
        "returned": list(one.returned),
        "revoked": list(one.revoked),
    }


def _refused(one: RefusedFile) -> dict[str, Any]:
    return {key: value for key, value in asdict(one).items() if key != "dismissed"}


def _dismissal(one: RefusedFile) -> dict[str, str]:
    said = one.dismissed
    return (
        {} if said is None else {"dismissed": said.reason, "who": said.who.name, "account": said.who.account}
    )


def _inbox(one: InboxScan) -> dict[str, Any]:
    def rows(pairs: Iterable[tuple[str, str]], second: str) -> list[dict[str, str]]:
        return [{"path": path, second: other} for path, other in pairs]

    return {
        "inbox": one.inbox,
        "scanned": one.when,
        "taken": one.ready,
        "waiting": rows(one.waiting, "reason"),
        "troubles": rows(one.troubles, "reason"),
        "copies": rows(one.copies, "of"),
    }


def _totals(lines: Sequence[DocumentLine]) -> dict[str, int]:
    def pages(*stages: Stage) -> int:
        return sum(one.stages[stage] for one in lines for stage in stages)

    return {
        "documents": len(lines),
        "pages": sum(one.requested for one in lines),
        "missing": pages(Stage.MISSING),
        "failed": pages(Stage.FAILED),
        "signed": pages(Stage.SIGNED, Stage.PUBLISHED),
        "published": pages(Stage.PUBLISHED),
        "waiting": sum(one.waiting for one in lines),
        "damaged": sum(bool(one.problem) for one in lines),
    }


def show_status_list(
    found: WorkspaceStanding, console: Console | None = None, *, everything: bool = False
) -> None:
    """Print the counts, a table of the documents asked for, and what failed, was refused or waits, and why."""
    console = console or Console()

    def say(text: str) -> None:
        console.print(text, markup=False, highlight=False)

    if not (found.totals["documents"] or found.refused or found.dismissed or found.scans):
        say("No documents yet. `chamra digitise FILE -w WORKSPACE` reads the first one.")
        return
    say(_counts(found))
    most = len(found.documents) if everything else MOST
    if found.documents:
        console.print(_table(found.documents[-most:]))
    if len(found.documents) > most:
        say(
            f"The newest {most} of {len(found.documents):,} documents. Ask for --failed, --waiting, --since or --name; "
            "--all shows all."
        )
    notes = [note for one in found.documents for note in _notes(one)] + _before_the_gate(found)
    for one in found.trust:
        say(_miss_rate(one))
    for note in notes if everything else notes[:MOST]:
        say(note)
    if not everything and len(notes) > MOST:
        say(f"and {len(notes) - MOST:,} more such lines; --all shows all")


def _miss_rate(one: ReaderTrust) -> str:
    low, high = one.interval
    return safe_text(
        f"{one.name} ({one.account}) missed {one.missed} of {counted(one.caught + one.missed, 'letter')} changed on "
        f"purpose: {one.rate:.0%} ({low:.0%}–{high:.0%})"
    )


def _counts(found: WorkspaceStanding) -> str:
    totals = found.totals
    words = [
        f"{counted(totals['documents'], 'document')} of {counted(totals['pages'], 'page')}",
        f"{waiting(totals['waiting'])} for a person",
        f"{counted(totals['signed'], 'page')} signed, {totals['published']:,} published",
    ]
    words += [
        f"{counted(count, noun)} {what}"
        for count, noun, what in (
            (totals["missing"], "page", "not read yet"),
            (totals["failed"], "page", "failed"),
            (len(found.refused), "file", "refused"),
            (len(found.dismissed), "file", "refused and dismissed"),
            (sum(len(one.troubles) for one in found.scans), "thing", "in the inbox that cannot be read"),
            (totals["damaged"], "document", "damaged"),
        )
        if count
    ]
    return "; ".join(words)


def _table(lines: Sequence[DocumentLine]) -> Table:
    table = Table(header_style="bold", box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("Document", overflow="fold", min_width=20)
    table.add_column("Id", no_wrap=True)
    for name in ("Pages", "Wait", "Failed", "Signed", "Publ."):
        table.add_column(name, justify="right", no_wrap=True)
    for one in lines:
        trouble = one.stages[Stage.FAILED] + one.stages[Stage.MISSING]
        table.add_row(
            Text(_in_a_row(one.name)),
            one.id[:12],
            str(one.requested),
            Text(str(one.waiting), style="yellow" if one.waiting else ""),
            Text(str(trouble), style="bold red" if trouble else ""),
            str(one.stages[Stage.SIGNED] + one.stages[Stage.PUBLISHED]),
            str(one.stages[Stage.PUBLISHED]),
        )
    return table


def _in_trouble(one: DocumentLine) -> bool:
    return bool(one.problem or one.stages[Stage.FAILED] or one.stages[Stage.MISSING])


def _notes(one: DocumentLine) -> list[str]:
    name = _in_a_row(one.name)
    notes = [f"{name} page {page}: FAILED: {safe_text(reason)}" for page, reason in one.failed]
    notes += [f"{name} page {page}: was returned to be worked on again" for page in one.returned]
    notes += [
        f"{name} page {page}: its signature was revoked; what was published is not given out"
        for page in one.revoked
    ]
    if one.problem:
        notes.append(f"{name} ({one.id[:12]}): DAMAGED: {safe_text(one.problem)}")
    return notes


def _before_the_gate(found: WorkspaceStanding) -> list[str]:
    """What was refused, and what the newest scan of each inbox has seen."""
    notes = []
    for one in found.refused:
        again = " It is tried again by itself." if one.again else ""
        notes.append(
            f"{_in_a_row(one.name)} ({one.content[:12]}): REFUSED {one.when[:10]}: {safe_text(one.reason)}{again}"
        )
    for scan in found.scans:
        notes += [f"{_in_a_row(path)}: {safe_text(reason)}" for path, reason in scan.troubles]
        copies = "1 copy" if len(scan.copies) == 1 else f"{len(scan.copies)} copies"
        counts = f"{scan.ready} taken, {len(scan.waiting)} waiting, {copies} of other files"
        notes.append(f"inbox {_in_a_row(scan.inbox)}: scanned {scan.when}: {counts}")
    return notes


def _in_a_row(name: str) -> str:
    """A name as one line, in which nothing hides."""
    return in_a_row(safe_text(name))
