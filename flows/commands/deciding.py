"""Commands of people: decide, sign, publish, export."""

from __future__ import annotations

import json
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.commands.options import DocumentArgument, JsonOption, WhoOption, WorkspaceOption
from model.errors import Exit, UsageError

if TYPE_CHECKING:
    from workspace.workspace import Workspace


class ExportFormat(StrEnum):
    """What `export` can write."""

    TEXT = "text"
    JSONL = "jsonl"


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command("decide")(decide)
    app.command("sign")(sign)
    app.command("publish")(publish)
    app.command("export")(export)


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
    note: Annotated[str, typer.Option(help="Why, for the record.")] = "",
) -> int:
    """Decide findings of a document. Everything given in one call is recorded together or not at all."""
    chosen = [name for name, given in (("--accept", accept), ("--reject", reject)) if given]
    if more and len(chosen) != 1:
        raise UsageError(f"{more[0]!r}: further ids need exactly one of --accept and --reject before them.")
    accepted = [*(accept or ()), *(more or () if chosen == ["--accept"] else ())]
    rejected = [*(reject or ()), *(more or () if chosen == ["--reject"] else ())]
    if not (accepted or rejected or edit or waive or accept_remaining or reject_remaining):
        raise UsageError(
            "nothing to decide.", remedy="Give --accept, --reject, --edit, --waive or --accept-remaining."
        )
    if accept_remaining and reject_remaining:
        raise UsageError("--accept-remaining and --reject-remaining exclude each other.")
    from model.decision import Verdict
    from review import decide as deciding
    from review.users import users_at
    from review.who import at_the_terminal
    from workspace.workspace import Workspace

    wishes = [
        *(deciding.Wish(one, Verdict.ACCEPT, note=note) for one in accepted),
        *(deciding.Wish(one, Verdict.REJECT, note=note) for one in rejected),
        *([deciding.Wish(edit[0], Verdict.EDIT, edit[1], note)] if edit else []),
    ]
    remaining = Verdict.ACCEPT if accept_remaining else Verdict.REJECT if reject_remaining else None
    with Workspace.open(workspace) as ws:
        person = at_the_terminal(who, users_at(ws.ledger))
        found = ws.find_document(document)
        waivers = {waive[0]: waive[1]} if waive else {}
        made = deciding.decide(ws, found, wishes, person, waivers=waivers, remaining=remaining)
        count = f"{len(made)} decision{'s' if len(made) != 1 else ''}"
        typer.echo(f"recorded {count} by {person.name} (account {person.account})")
        _say_what_waits(ws, found)
    return Exit.DONE


def _say_what_waits(ws: Workspace, document: str) -> None:
    from review.sign import obstacles
    from review.state import document_state

    lines = obstacles(document_state(ws, document))
    for line in lines:
        typer.echo(f"  waits: {line}")
    if not lines:
        typer.echo("  nothing waits: sign with `chamra sign`")


def _pages(numbers: Iterable[int]) -> str:
    listed = [str(number) for number in numbers]
    return f"page{'s' if len(listed) != 1 else ''} {', '.join(listed) or 'none'}"


def sign(document: DocumentArgument, workspace: WorkspaceOption, who: WhoOption) -> int:
    """Sign every page of a document as its text now stands."""
    from review.sign import sign as put_name
    from review.users import users_at
    from review.who import at_the_terminal
    from workspace.workspace import Workspace

    with Workspace.open(workspace) as ws:
        person = at_the_terminal(who, users_at(ws.ledger))
        signed = put_name(ws, ws.find_document(document), person)
    pages = _pages(signoff.page for signoff in signed.signoffs)
    typer.echo(f"signed by {person.name} (account {person.account}): {pages}")
    if signed.signoffs:
        typer.echo(f"  policy {signed.signoffs[0].policy} accepted {signed.accepted_by_policy} safe changes")
    if signed.unchanged:
        typer.echo(f"  signed before and unchanged: {_pages(signed.unchanged)}")
    if signed.waived:
        typer.echo(f"  left out: {_pages(signed.waived)}")
    if signed.anchor:
        typer.echo(f"  anchored: record {signed.anchor.seq} in {', '.join(map(str, ws.anchors))}")
    return Exit.DONE


def publish(
    workspace: WorkspaceOption,
    document: Annotated[str | None, typer.Argument(help="Only this document.", show_default=False)] = None,
    as_json: JsonOption = False,
) -> int:
    """Publish what is signed. Running it again changes nothing."""
    from flows.publishing import publish_signed
    from workspace.workspace import Workspace

    with Workspace.open(workspace) as ws:
        result = publish_signed(ws, ws.find_document(document) if document else None)
    if as_json:
        typer.echo(json.dumps(result, ensure_ascii=False))
        return Exit.DONE
    for row in result["published"]:
        typer.echo(f"{row['name']}: published {_pages(row['pages'])}")
    if not result["published"]:
        typer.echo("nothing new is signed")
    return Exit.DONE


def export(
    document: DocumentArgument,
    workspace: WorkspaceOption,
    output_format: Annotated[
        ExportFormat, typer.Option("--format", help="text, or JSON Lines with provenance.")
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write.", show_default=False)],
) -> int:
    """Write the published text of a document to a file."""
    from reports.atomic import write_atomically
    from reports.export import export_jsonl, export_text
    from review.publish import published_pages
    from review.state import document_state
    from workspace.workspace import Workspace

    with Workspace.open(workspace) as ws:
        found = ws.find_document(document)
        state, published = document_state(ws, found), published_pages(ws, found)
        pieces = export_text if output_format is ExportFormat.TEXT else export_jsonl
        write_atomically(output, pieces(state, published))
    typer.echo(str(output))
    return Exit.DONE
