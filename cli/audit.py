"""`chamra audit`: verify that everything holds together."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from cli.given_file import must_be_there
from cli.options import JsonOption, ReportLanguage, WorkspaceOption
from cli.trusted import CaOption, CrlOption, trusted_authorities
from model.errors import Exit, UsageError

DocumentsArgument = Annotated[
    list[str] | None, typer.Argument(help="Only these documents.", show_default=False)
]
TextOption = Annotated[
    Path | None, typer.Option(help="Also compare this exported text with the one document given.")
]
AnchorsOption = Annotated[
    list[Path] | None,
    typer.Option("--anchors", help="Your own copy of an anchor file, kept elsewhere.", show_default=False),
]
SignersOption = Annotated[
    Path | None, typer.Option("--signers", help="Your own list of whose key is whose.", show_default=False)
]
TimestampOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--timestamp", help="An answer of a time-stamping authority (RFC 3161).", show_default=False
    ),
]
SinceOption = Annotated[
    str, typer.Option(help="List what was recorded from this day on (2026-01-31).", show_default=False)
]
AgainOption = Annotated[
    bool, typer.Option("--again", help="Read pages again, a sample, and compare readings and findings.")
]
EveryPageOption = Annotated[bool, typer.Option("--every-page", help="Read every page again, not a sample.")]
ImagesOption = Annotated[
    bool, typer.Option("--images/--no-images", help="Make every page image anew and compare it.")
]
JobsOption = Annotated[
    int | None,
    typer.Option(min=1, help="Page images looked at at the same time.", show_default="one per processor"),
]
WhoOption = Annotated[
    str, typer.Option("--who", help="Who audits, for the report in HTML.", show_default=False)
]
LanguageOption = Annotated[ReportLanguage, typer.Option(help="The language of its words.")]
HtmlOption = Annotated[Path | None, typer.Option(help="Write the report to this HTML file, too.")]


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("audit")(audit)


def audit(
    workspace: WorkspaceOption,
    documents: DocumentsArgument = None,
    text: TextOption = None,
    anchors: AnchorsOption = None,
    signers: SignersOption = None,
    timestamp: TimestampOption = None,
    ca: CaOption = None,
    crl: CrlOption = None,
    since: SinceOption = "",
    again: AgainOption = False,
    every_page: EveryPageOption = False,
    images: ImagesOption = True,
    jobs: JobsOption = None,
    html: HtmlOption = None,
    who: WhoOption = "",
    language: LanguageOption = ReportLanguage.ENGLISH,
    as_json: JsonOption = False,
) -> int:
    """Verify that source, image, reading, decisions, signatures and published text hold together."""
    from audit.audit import audit as verify
    from audit.report_json import report_json
    from audit.report_text import report_text
    from audit.trust import Trust
    from ledger.signing.allowed_signers import read_signers
    from ocr.source.textfile import decode_text
    from pipeline.full_audit import full_audit
    from pipeline.look_again import Reread
    from pipeline.settings import Settings
    from workspace.workspace import Workspace

    if text is not None and len(documents or ()) != 1:
        raise UsageError("--text needs exactly one document to compare with.")
    given = (*(anchors or ()), *(timestamp or ()), signers)
    for path in given:
        if path is not None:
            must_be_there(path)
    own = None if signers is None else read_signers(signers, lenient=True)
    if timestamp and ca is None:
        raise UsageError("--timestamp needs --ca.", remedy="Give the authority's certificates, PEM.")
    trust = Trust(
        tuple(anchors or ()), own, tuple(timestamp or ()), trusted_authorities(ca, crl), _moment(since)
    )
    exported = None if text is None else decode_text(text.read_bytes(), str(text))
    with Workspace.open(workspace, readonly=True) as ws:
        chosen = [ws.find_document(one) for one in documents] if documents else None
        settings = Settings() if jobs is None else Settings(jobs=jobs)
        if images or again or every_page:
            reread = Reread.ALL if every_page else Reread.DRAWN if again else Reread.NONE
            report = full_audit(ws, chosen, text=exported, trust=trust, reread=reread, settings=settings)
        else:
            report = verify(ws, chosen, text=exported, trust=trust, jobs=settings.jobs)
    if html is not None:
        from audit.report_html import audit_html
        from reports.atomic import write_atomically

        write_atomically(html, audit_html(report, who, language=language.value).encode())
    words = json.dumps(report_json(report), ensure_ascii=False) if as_json else None
    typer.echo(report_text(report, language.value) if words is None else words, nl=as_json)
    return Exit.DONE if report.holds else Exit.NEEDS_A_PERSON


def _moment(day: str) -> str:
    """A day's beginning, or a moment, on this machine's clock as the ledger writes it; empty where none is given."""
    if not day:
        return ""
    from datetime import UTC, datetime

    try:
        moment = datetime.fromisoformat(day).astimezone(UTC)
    except ValueError as error:
        raise UsageError(f"{day!r} is no day.", remedy="Write 2026-01-31 or 2026-01-31T08:00.") from error
    return moment.isoformat(timespec="microseconds").replace("+00:00", "Z")
