"""Pages with tables made of plain data: what stands where, and ruling lines around it."""

from dataclasses import replace

from model.box import Box
from model.edit import Findings
from model.page import Line, Page, Reading
from model.publication import Edition
from model.region import Region, RegionKind, TableCellRole
from model.state import DocumentState, PageState, Stage
from tests.workspace import samples

LETTER, ROW = 20, 60  # pixels of a letter, and from line to line


def page(rows, *, number=1, top=200, tables=(), height=3508):
    """A page with these lines, each of pieces (left edge in pixels, text) with TABs between them."""
    text = ""
    boxes: list[Box | None] = []
    for at, row in enumerate(rows):
        for place, (x, piece) in enumerate(row):
            if place:
                text, boxes = text + "\t", [*boxes, None]
            for nth, letter in enumerate(piece):
                left = x + nth * LETTER
                box = Box(left, top + at * ROW, left + LETTER - 2, top + at * ROW + 40)
                text, boxes = text + letter, [*boxes, None if letter.isspace() else box]
        text, boxes = text + "\n", [*boxes, None]
    lines = tuple(Line(line.span, None) for line in Reading.of_text(text, samples.READER).lines)
    nothing = (None,) * len(text)
    reading = Reading(number, samples.READER, text, lines, tuple(boxes), nothing, nothing)
    return Page(
        samples.DOCUMENT,
        number,
        "c" * 64,
        2480,
        height,
        300.0,
        samples.QUALITY,
        (reading,),
        regions=tuple(tables),
    )


def grid(xs, ys, spans=()):
    """A ruled table with these rules; `spans`: roles of cells that span."""
    covered = {
        (row, column): role
        for role in spans
        for row in range(role.row, role.row + role.row_span)
        for column in range(role.column, role.column + role.column_span)
    }
    parts: list[Region] = []
    for row in range(len(ys) - 1):
        for column in range(len(xs) - 1):
            role = covered.get((row, column), TableCellRole(row, column))
            if (role.row, role.column) == (row, column):
                right, bottom = xs[column + role.column_span], ys[row + role.row_span]
                parts.append(
                    Region(RegionKind.CELL, Box(xs[column], ys[row], right, bottom), len(parts), cell=role)
                )
    return Region(RegionKind.TABLE, Box(xs[0], ys[0], xs[-1], ys[-1]), parts=tuple(parts))


def edition(*pages, findings=None, outcomes=None):
    """A document of these pages; the findings are those of the first."""
    states = [PageState(one.number, Stage.WAITING, one) for one in pages]
    if findings is not None:
        states[0] = replace(states[0], findings=findings, outcomes=outcomes or {})
    return Edition(
        DocumentState(samples.DOCUMENT, "budget.pdf", "budget.pdf", "pdf", len(pages), tuple(states))
    )


def found(page, *findings):
    """Findings of a page."""
    return Findings(page.reading.sha256, tuple(findings), (), "rules", "dictionaries")
