"""`chamra decide`: decide findings from a terminal or a script."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.options import DocumentArgument, JsonOption, WhoOption, WorkspaceOption
from cli.told import tell
from model.errors import Exit, UsageError

if TYPE_CHECKING:
    from model.decision import Decision, Who
    from workspace.workspace import Workspace


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("decide")(decide)


def decide(
    document: DocumentArgument,
    workspace: WorkspaceOption,
    who: WhoOption,
    more: Annotated[list[str] | None, typer.Argument(help="Further ids for --accept or --reject.")] = None,
    accept: Annotated[list[str] | None, typer.Option(help="Accept this finding: ID or PAGE:ID.")] = None,
    reject: Annotated[list[str] | None, typer.Option(help="Reject this finding: ID or PAGE:ID.")] = None,
    edit: Annotated[
        tuple[str, str] | None, typer.Option(help="Replace this finding's place by TEXT.", metavar="ID TEXT")
    ] = None,
    waive: Annotated[
        tuple[int, str] | None,
        typer.Option(help="Leave a failed page out, for a reason.", metavar="PAGE REASON"),
    ] = None,
    accept_remaining: Annotated[
        bool, typer.Option("--accept-remaining", help="Accept what stands, acknowledge the flags.")
    ] = False,
    reject_remaining: Annotated[
        bool, typer.Option("--reject-remaining", help="Reject all that is open, acknowledge the flags.")
    ] = False,
    sheet: Annotated[
        Path | None,
        typer.Option(help="Decide as a spreadsheet says that `chamra sheet` wrote.", show_default=False),
    ] = None,
    note: Annotated[str, typer.Option(help="Why, for the record.")] = "",
    as_json: JsonOption = False,
) -> int:
    """Decide findings of a document. Everything given in one call is recorded together or not at all."""
    accepted, rejected = _accepted_and_rejected(accept or [], reject or [], more or [])
    given = bool(accepted or rejected or edit or waive or accept_remaining or reject_remaining)
    if sheet is not None:
        if given:
            raise UsageError("--sheet goes with no other decision.")
        return _by_sheet(document, workspace, who, sheet, as_json=as_json)
    if not given:
        raise UsageError(
            "nothing to decide.",
            remedy="Give --accept, --reject, --edit, --waive, --accept-remaining or --sheet.",
        )
    if accept_remaining and reject_remaining:
        raise UsageError("--accept-remaining and --reject-remaining exclude each other.")
    from ledger.people import users_at
    from model.decision import Verdict
    from review import decide as deciding
    from review.who import at_the_terminal
    from workspace.workspace import Workspace

    requests = [
        *(deciding.DecisionRequest(one, Verdict.ACCEPT, note=note) for one in accepted),
        *(deciding.DecisionRequest(one, Verdict.REJECT, note=note) for one in rejected),
        *([deciding.DecisionRequest(edit[0], Verdict.EDIT, edit[1], note)] if edit else []),
    ]
    remaining = Verdict.ACCEPT if accept_remaining else Verdict.REJECT if reject_remaining else None
    with Workspace.open(workspace) as ws:
        person = at_the_terminal(who, users_at(ws.ledger))
        found = ws.find_document(document)
        waivers = {waive[0]: waive[1]} if waive else {}
        made = deciding.decide(ws, found, requests, person, waivers=waivers, remaining=remaining)
        _say(ws, found, made, person, as_json=as_json)
    return Exit.DONE


def _accepted_and_rejected(
    accept: list[str], reject: list[str], more: list[str]
) -> tuple[list[str], list[str]]:
    """The ids to accept and to reject; further ids go with the one option that is given."""
    if more and bool(accept) == bool(reject):
        raise UsageError(f"{more[0]!r}: further ids need exactly one of --accept and --reject before them.")
    return (accept + more, reject) if accept else (accept, reject + more)


def _by_sheet(document: str, workspace: Path, who: str, sheet: Path, *, as_json: bool) -> int:
    from ledger.people import users_at
    from review.decide import decide as record
    from review.decision_sheet import MOST_BYTES, WAY, read_decision_sheet
    from review.who import at_the_terminal
    from workspace.workspace import Workspace

    if sheet.stat().st_size > MOST_BYTES:
        raise UsageError(f"{sheet} is too large.", remedy="Give the file that `chamra sheet` wrote.")
    with Workspace.open(workspace) as ws:
        person = at_the_terminal(who, users_at(ws.ledger))
        found = ws.find_document(document)
        asked = read_decision_sheet(ws, found, sheet.read_bytes(), sheet.name)
        made = record(ws, found, asked.requests, person, how=WAY, expected=asked.expected)
        _say(ws, found, made, person, as_json=as_json)
    return Exit.DONE


def _say(ws: Workspace, document: str, made: Sequence[Decision], person: Who, *, as_json: bool) -> None:
    from review.sign import obstacles
    from review.state import document_state

    waits = obstacles(document_state(ws, document))
    count = f"{len(made)} decision{'s' if len(made) != 1 else ''}"
    lines = [f"recorded {count} by {person.name} (account {person.account})"]
    lines += [f"  waits: {line}" for line in waits] or ["  nothing waits: sign with `chamra sign`"]
    values = {"who": person.name, "account": person.account, "decisions": len(made), "waits": list(waits)}
    tell("decide", values, lines, as_json=as_json)
