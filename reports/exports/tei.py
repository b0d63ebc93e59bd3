"""TEI P5: the text with every correction beside what was read, who made it and when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from model.box import Box
from model.counted import counted
from model.decision import Decision, SignOff, Who
from model.edit import Finding
from model.mark import Mark
from model.program import NAME, program_version
from model.publication import Edition
from model.structure import LineRole
from reports.export_format import ExportFormat
from reports.laid_out import LaidOutPage, laid_out, letters_in_picture
from reports.lines import Piece, Row, rows
from reports.words import attested
from reports.xml_text import element, empty, identifier, text

NAMESPACE = "http://www.tei-c.org/ns/1.0"
_PLACES = {LineRole.RUNNING_HEAD: "header", LineRole.FOOTER: "footer", LineRole.PAGE_NUMBER: "pageNum"}


@dataclass(slots=True)
class _Register:
    """The people and the decisions that the text refers to, in the order in which they are met."""

    people: dict[str, str] = field(default_factory=dict)
    changes: list[str] = field(default_factory=list)

    def person(self, who: Who) -> str:
        """The reference to a person."""
        name = identifier("person", len(self.people) + 1)
        known = " (claimed)" if who.claimed else ""
        note = element("persName", text(who.name)) + element("note", text(f"account {who.account}{known}"))
        entry = next((one for one, body in self.people.items() if body == note), None)
        if entry is None:
            self.people[name] = note
            entry = name
        return f"#{entry}"

    def decision(self, decision: Decision, finding: Finding | None) -> tuple[str, str]:
        """The references to a decision and to who made it."""
        who = self.person(decision.who)
        name = identifier("change", len(self.changes) + 1)
        rule = "" if finding is None else f"{finding.rule}: {finding.message}"
        said = "; ".join(part for part in (str(decision.verdict), decision.how, rule, decision.note) if part)
        self.changes.append(
            element("change", text(said), xml__id=name, when=decision.when.replace("+00:00", "Z"), who=who)
        )
        return f"#{name}", who

    def signature(self, number: int, signoff: SignOff) -> None:
        """Say of a page who signed its text, and how that is known."""
        said = f"page {number} signed: {attested(signoff)}"
        name = identifier("change", len(self.changes) + 1)
        who = self.person(signoff.who)
        when = signoff.when.replace("+00:00", "Z")
        self.changes.append(element("change", text(said), xml__id=name, when=when, who=who))


def pieces(edition: Edition) -> Iterator[str]:
    """One TEI document: a facsimile with a surface a page and a zone a line, and the text with `choice`, `sic` and
    `corr`.

    Raises:
        GateError: the published layer is asked for and a page is neither published nor left out.
    """
    register = _Register()
    pages = list(laid_out(edition))
    # The head names everybody whom the text names, so the text is made first.
    body = [_page(page, register) for page in pages]
    for page in pages:
        signoff = page.source.state.signoff if page.source.publication else None
        if signoff is not None:
            register.signature(page.number, signoff)
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<TEI xmlns="{NAMESPACE}" xml:lang="th">\n'
    yield _header(edition, register)
    yield element("facsimile", "\n".join(_surface(page) for page in pages)) + "\n"
    yield "<text>\n<body>\n"
    yield from body
    yield "</body>\n</text>\n</TEI>\n"


def _header(edition: Edition, register: _Register) -> str:
    state = edition.state
    people = "".join(element("person", body, xml__id=name) for name, body in register.people.items())
    source = f"{state.name}, {state.kind}, {counted(state.page_count, 'page')}, SHA-256 {state.id}"
    layer = element(
        "p", text(f"Text layer: {edition.layer}. Each correction stands beside what was read (choice).")
    )
    application = element(
        "application", element("label", NAME), ident=NAME, version=_version(program_version())
    )
    description = (
        element("titleStmt", element("title", text(state.name)))
        + element("publicationStmt", element("p", "Made from a scan; not published by this file."))
        + element("sourceDesc", element("p", text(source)))
    )
    encoding = element("editorialDecl", layer) + element("appInfo", application)
    profile = element("particDesc", element("listPerson", people)) if people else ""
    language = element("langUsage", element("language", "ไทย", ident="th"))
    changes = "".join(reversed(register.changes))
    revision = element("revisionDesc", element("listChange", changes)) if changes else ""
    return (
        element(
            "teiHeader",
            element("fileDesc", description)
            + element("encodingDesc", encoding)
            + element("profileDesc", language + profile)
            + revision,
        )
        + "\n"
    )


def _version(version: str) -> str:
    return version if version[:1].isdigit() else "0"


def _surface(page: LaidOutPage) -> str:
    read = page.source.page
    size = {"lrx": read.width, "lry": read.height, "ulx": 0, "uly": 0} if read else {}
    zones = "".join(
        empty("zone", xml__id=_zone(page.number, at), **_corners(line.box))
        for at, line in enumerate(page.lines)
        if line.box is not None
    )
    zones += "".join(_picture(page.number, at, mark) for at, mark in enumerate(page.pictures, 1))
    graphic = empty("graphic", url=f"page-{page.number:04}.png") if read else ""
    return element(
        "surface", graphic + zones, xml__id=identifier("surface", page.number), n=page.number, **size
    )


def _picture(page: int, at: int, mark: Mark) -> str:
    """A picture on the page, with what was read in it as a note: it is no part of the text."""
    said = letters_in_picture(mark)
    note = "" if said is None else element("note", text(said), type="ocr")
    name = identifier("picture", page, at)
    return element("zone", note, xml__id=name, type="picture", **_corners(mark.box))


def _corners(box: Box | None) -> dict[str, int]:
    return {} if box is None else {"ulx": box.left, "uly": box.top, "lrx": box.right, "lry": box.bottom}


def _zone(page: int, line: int) -> str:
    return identifier("line", page, line + 1)


def _page(page: LaidOutPage, register: _Register) -> str:
    begin = empty("pb", n=page.number, facs=f"#{identifier('surface', page.number)}")
    read = page.source.page
    if read is None:
        why = page.source.state.waived.note if page.source.state.waived else "no text"
        return (
            element("div", begin + element("p", empty("gap", reason=_word(why))), type="page", n=page.number)
            + "\n"
        )
    edits = [applied.edit for applied in page.source.edits]
    by_span = {row.span: row for row in rows(read.reading.text, edits)}
    paragraphs: list[str] = []
    done: set[object] = set()
    for lines in page.groups:
        parts: list[str] = []
        for at in lines:
            line = page.lines[at]
            facs = f"#{_zone(page.number, at)}" if line.box is not None else None
            parts.append(empty("lb", n=at + 1, facs=facs))
            row = by_span.get(line.raw)
            if row is not None and row.span not in done:
                # A row that is several lines of the text is given at the first of them, its line ends within.
                done.add(row.span)
                parts.append(_row(row, page, register))
        paragraphs.append(_block("".join(parts), page.role_of(lines[0])))
    return element("div", begin + "\n".join(paragraphs), type="page", n=page.number) + "\n"


def _block(content: str, role: LineRole) -> str:
    if role is LineRole.FOOTNOTE:
        return element("note", element("p", content), place="bottom")
    if role in _PLACES:
        return element("fw", content, type=_PLACES[role])
    if role is LineRole.HEADING:
        return element("ab", content, type="heading")
    return element("p", content)


def _row(row: Row, page: LaidOutPage, register: _Register) -> str:
    pieces = list(row.pieces)
    found = "".join(_piece(piece, page, register) for piece in pieces)
    return found.removesuffix("\n")


def _piece(piece: Piece, page: LaidOutPage, register: _Register) -> str:
    if piece.edit is None:
        return text(piece.raw)
    state = page.source.state
    applied = next(one for one in page.source.edits if one.edit == piece.edit)
    finding = next((one for one in state.all_findings if one.id == applied.finding), None)
    decisions = state.decisions.get(applied.finding, ())
    refs = [register.decision(decision, finding) for decision in decisions]
    corrected = element(
        "corr", text(piece.corrected),
        resp=" ".join(dict.fromkeys(who for _, who in refs)) or None,
        change=" ".join(change for change, _ in refs) or None,
        type=None if finding is None else finding.rule,
    )  # fmt: skip
    return element("choice", element("sic", text(piece.raw)) + corrected)


def _word(content: str) -> str:
    """A reason as TEI wants it: words without punctuation, put together."""
    return "-".join("".join(c if c.isalnum() else " " for c in content).split()) or "unknown"


EXPORT = ExportFormat(
    name="tei",
    extension=".tei.xml",
    description="TEI P5: the text with every correction beside what was read, who made it and when.",
    pieces=pieces,
)
