"""What is odd in a PDF keeps it from claiming PDF/A-2u, and never from being exported."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.misc.psCharStrings import T2CharString
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables.DefaultTable import DefaultTable
from pikepdf import Array, Dictionary, Name

from reports.searchable.archival import Archival
from reports.searchable.archive.fitness import hindrances
from reports.searchable.archive.programs import program_of
from tests.reports.scanned_pdf import rooted, scan
from tests.reports.test_archival import archival_of, claimed, with_font, written


def in_its_program(change: Callable[[TTFont], None]) -> Callable[[pikepdf.Object, pikepdf.Object], None]:
    """The font's program with something of it changed."""

    def changed(_: pikepdf.Object, inner: pikepdf.Object) -> None:
        with TTFont(io.BytesIO(inner.FontDescriptor.FontFile2.read_bytes())) as font:
            change(font)
            data = io.BytesIO()
            font.save(data)
        inner.FontDescriptor.FontFile2.write(data.getvalue())

    return changed


def no_units(font: TTFont) -> None:
    font["head"].unitsPerEm = 0


def cut_off(tag: str) -> Callable[[TTFont], None]:
    def change(font: TTFont) -> None:
        cut = DefaultTable(tag)
        cut.data = font.getTableData(tag)[:3]
        font[tag] = cut

    return change


NOT_LOOKED_INTO = "is embedded in a form that is not looked into"


@pytest.mark.parametrize("change", [no_units, *map(cut_off, ("hmtx", "hhea", "head", "maxp"))],
                         ids=["no units", "hmtx", "hhea", "head", "maxp"])  # fmt: skip
def test_a_font_whose_tables_are_odd_is_named_and_refuses_no_export(change: Callable[[TTFont], None]) -> None:
    with pikepdf.open(io.BytesIO(with_font(in_its_program(change)))) as pdf:
        assert f"the font Test {NOT_LOOKED_INTO}" in hindrances(pdf)


def compact_font(matrix: list[float], drawn: bytes = b"\x0e") -> bytes:
    """A CFF font of one letter besides .notdef."""
    made = FontBuilder(1000, isTTF=False)
    made.font.recalcBBoxes = False
    made.setupGlyphOrder([".notdef", "a"])
    made.setupCharacterMap({97: "a"})
    letters = {name: T2CharString(bytecode=drawn) for name in (".notdef", "a")}
    made.setupCFF("Made", {"FontMatrix": matrix}, letters, {})
    return bytes(made.font.getTableData("CFF "))


@pytest.mark.parametrize(("matrix", "drawn"), [
    ([0, 0, 0, 0, 0, 0], b"\x0e"), ([0.001, 0, 0, 0.001, 0, 0], b"\x0a"), ([0.001, 0, 0, 0.001, 0, 0], b"\x1c"),
], ids=["no size", "a subroutine that is not there", "half a number"])  # fmt: skip
def test_a_compact_font_that_cannot_be_read_has_no_widths(matrix: list[float], drawn: bytes) -> None:
    found = program_of(compact_font(matrix, drawn))
    assert found is None or found.width("a") is None
    sound = program_of(compact_font([0.001, 0, 0, 0.001, 0, 0]))
    assert sound is not None
    assert sound.width("a") == 0


def test_whatever_a_look_meets_it_refuses_no_export(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reports.searchable.archive.fitness.document_faults", lambda _: 1 / 0)
    assert archival_of(claimed(scan())) == Archival("", ("its parts are not as PDF has them",))


ODD_INTENTS: dict[str, object] = {
    "a dictionary": Dictionary(S=Name.GTS_PDFA1),
    "a name": Name.GTS_PDFA1,
    "null in a list": Array([None]),
    "a number behind one": Array([Dictionary(S=Name.GTS_PDFA1), 7]),
}


@pytest.mark.parametrize("what", ODD_INTENTS)
def test_odd_output_intents_are_left_alone_and_refuse_no_export(what: str) -> None:
    pdf = written(scan(rooted("OutputIntents", ODD_INTENTS[what])))
    assert "its output intents do not say which colours are meant" in archival_of(pdf).hindrances
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert opened.Root.OutputIntents == ODD_INTENTS[what]
