"""Editions of pages whose every letter has its place, with what is kept behind them."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pikepdf
from PIL import Image

from model.box import Box
from model.decision import AppliedEdit, Decision, Published, SignOff, Subject, Verdict, Who
from model.edit import Edit, Findings, Proposal, Safety, Span, apply_edits, finding_id, text_sha256
from model.geometry import to_page
from model.page import Line, Page, Preparation, Quality, Reader, Reading
from model.publication import Edition, LedgerPart, PublishedPage
from model.state import DocumentState, Outcome, PageState, Stage
from model.thai import MARKS

MARK = re.compile(f"[{MARKS}]")
WIDTH, HEIGHT, DPI = 1240, 1754, 150.0
LETTER = 16  # pixels from letter to letter
READER = Reader("line-reader", "3", (("code", "abc"), ("model", "def")))
MALEE = Who("มาลี", "malee", claimed=False)


@dataclass(frozen=True, slots=True)
class Given:
    """An archive of the blobs that a test gives."""

    blobs: Mapping[str, bytes]
    password: str | None = None

    def blob(self, sha256: str) -> bytes:
        return self.blobs[sha256]

    def ledger_part(self, document: str) -> LedgerPart:
        raise NotImplementedError(document)


def page(
    text: str, number: int = 1, preparation: Preparation | None = None, document: str = "d" * 64
) -> Page:
    """A page of these lines: letters of one width, marks above their letters, a TAB a wide gap."""
    preparation = preparation or Preparation()
    sideways = preparation.quarter_turns % 2
    width, height = (HEIGHT, WIDTH) if sideways else (WIDTH, HEIGHT)
    boxes: list[Box | None] = []
    lines: list[Line] = []
    for row, line in enumerate(text.split("\n")):
        start, x, y = len(boxes) + (row > 0), 100, 100 + 44 * row
        if row:
            boxes.append(None)
        for character in line:
            box: Box | None = None
            if MARK.match(character):
                box = Box(x - 10, y - 6, x - 2, y + 2)
            elif character == "\t":
                x += 3 * LETTER
            else:
                box = None if character.isspace() else Box(x, y, x + LETTER - 3, y + 22)
                x += LETTER
            boxes.append(box and to_page(box, preparation, width, height))
        lines.append(Line(Span(start, start + len(line)), None))
    confidences = tuple(None if box is None else 0.9 for box in boxes)
    reading = Reading(number, READER, text, tuple(lines), tuple(boxes), confidences, (None,) * len(text))
    png = picture(width, height)
    return Page(
        document, number, hashlib.sha256(png).hexdigest(), width, height, DPI,
        Quality(22.0, 0.8, 0.01, 3.0, 0.05, blank=False), (reading,), preparation,
    )  # fmt: skip


def picture(width: int = WIDTH, height: int = HEIGHT) -> bytes:
    """A grey page image."""
    data = io.BytesIO()
    Image.fromarray(np.full((height, width), 240, np.uint8)).save(data, "PNG")
    return data.getvalue()


def corrected(read: Page, *changes: tuple[str, str]) -> PublishedPage:
    """The page as it was published with the first of each text replaced, each accepted by a person."""
    text = read.reading.text
    proposals, decisions = [], {}
    for before, after in changes:
        start = text.index(before)
        span = Span(start, start + len(before))
        identity = finding_id(read.reading.sha256, "LEX001", span, after)
        edit = Edit(span, before, after)
        proposals.append(Proposal(identity, "LEX001", 1, edit, "Misspelt word", (), 0.9, Safety.REVIEW))
        subject = Subject(read.document, read.number, identity)
        decisions[identity] = (
            Decision(
                subject, Verdict.ACCEPT, None, MALEE, "browser", "2026-11-22T03:14:15.000000Z", "เทียบแล้ว"
            ),
        )
    edits = tuple(AppliedEdit(one.edit, one.id) for one in proposals)
    final = apply_edits(text, [one.edit for one in edits])
    signoff = SignOff(
        read.document,
        read.number,
        "ab" * 32,
        text_sha256(final),
        "safe",
        MALEE,
        "2026-11-22T04:00:00.000000Z",
    )
    state = PageState(
        read.number, Stage.PUBLISHED, read,
        findings=Findings(read.reading.sha256, tuple(proposals), (), "rules-7", "dictionaries-1"),
        outcomes=dict.fromkeys(decisions, Outcome.ACCEPTED), edits=edits, decisions=decisions, signoff=signoff,
    )  # fmt: skip
    published = Published(
        read.document, read.number, read.reading.sha256, "cd" * 32, final, edits, signoff.ledger_head
    )
    return PublishedPage(state, published)


def edition(source: bytes, kind: str, pages: Sequence[PublishedPage], **more: bytes) -> Edition:
    """A document of these published pages."""
    document = hashlib.sha256(source).hexdigest()
    renamed = [_of(one, document) for one in pages]
    blobs = {document: source}
    for one in renamed:
        blobs[one.page.image_sha256] = picture(one.page.width, one.page.height)
    state = DocumentState(
        document,
        f"ประกาศ.{kind}",
        f"/in/ประกาศ.{kind}",
        kind,
        len(pages),
        tuple(one.state for one in renamed),
    )
    return Edition(state, {one.state.number: one for one in renamed}, archive=Given(blobs))


def _of(one: PublishedPage, document: str) -> PublishedPage:
    state = replace(one.state, page=replace(one.page, document=document))
    return PublishedPage(state, replace(one.published, document=document))


def blank_pdf(pages: Iterable[Page], rotate: int = 0, *, box: tuple[float, float] = (0.0, 0.0)) -> bytes:
    """A PDF whose pages are as large as these are shown, turned by `rotate` degrees; `box`: their lower left corner."""
    pdf = pikepdf.new()
    for one in pages:
        width, height = one.width * 72 / one.dpi, one.height * 72 / one.dpi
        if rotate % 180:
            width, height = height, width
        pdf.add_blank_page(page_size=(width, height))
        pdf.pages[-1].obj.MediaBox = pikepdf.Array([box[0], box[1], box[0] + width, box[1] + height])
        pdf.pages[-1].obj.Rotate = rotate
        pdf.pages[-1].obj.Contents = pdf.make_stream(b"0.5 g 2 0 0 2 10 10 cm q 0 0 30 30 re f")
    data = io.BytesIO()
    pdf.save(data, deterministic_id=True)
    return data.getvalue()
