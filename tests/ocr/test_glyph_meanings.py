"""Symbols by their codes, letters by the order of a font's glyphs, and letters by shape where a map is garbled."""

import random
from dataclasses import replace

import pytest

from ocr.source.rasterise import open_source
from ocr.text_layer.claims import How
from ocr.text_layer.glyph_orders import TH_SARABUN, kept_order
from ocr.text_layer.glyphs import Font, FontGlyph
from ocr.text_layer.lay_out import lay_out
from ocr.text_layer.mapping import identify
from ocr.text_layer.symbol_fonts import is_symbol_font, symbol
from tests.ocr import thai_pdf
from tests.ocr.test_text_layer import DRAWN, TEXT

BY_LETTER = {letter: number for number, letter in sorted(TH_SARABUN.items(), reverse=True)}


def test_the_order_has_the_letters_where_th_sarabun_has_them():
    assert [TH_SARABUN[n] for n in (214, 259, 261, 270, 273, 279, 280, 285, 286)] == list("กฮะูเๆ็์ํ")
    assert [TH_SARABUN[n] for n in (289, 298, 310, 311, 346, 352, 353, 356, 358, 360, 362)] == list("๐๙“”ื่้์ั็้")
    assert TH_SARABUN[ord("A") - 31] == "A"


def test_an_order_is_kept_where_nearly_all_letters_look_so():
    def font(wrong):
        letters = [TH_SARABUN[number] for number in range(214, 234)]
        return [
            (214 + at, lambda letter=letter, at=at: "ฮ" if at < wrong else letter)
            for at, letter in enumerate(letters)
        ]

    assert kept_order(font(0)) is TH_SARABUN
    assert kept_order(font(2)) is TH_SARABUN
    assert kept_order(font(3)) == {}
    assert kept_order(font(0)[:11]) == {}


@pytest.mark.parametrize(
    ("font", "claim", "own", "drawn"),
    [
        ("ABCDEF+Wingdings-Regular", "\uf06f", "", "☐"),
        ("ABCDEF+Wingdings-Regular", "\uf0a8", "", "☐"),
        ("ABCDEF+Wingdings-Regular", "\uf0fe", "", "☑"),
        ("ABCDEF+Wingdings-Regular", "\uf0fd", "", "☒"),
        ("ABCDEF+Wingdings-Regular", "\uf0fc", "", "✓"),
        ("Wingdings", "þ", "", "☑"),
        ("Wingdings", None, "\uf06e", "■"),
        ("Wingdings", "\uf046", "", "☞"),
        ("ABCDEF+Wingdings2", "\uf052", "", "☑"),
        ("ABCDEF+Wingdings2", "\uf06b", "", "②"),
        ("TNAQTH+Webdings", "\uf063", "", "☐"),
        ("SymbolMT", "\uf0b7", "", "•"),
        ("Symbol", "\uf061", "", "α"),
        ("Symbol", "×", "", ""),
        ("ABCDEF+THSarabunPSK", "\uf06f", "", ""),
        ("Wingdings", None, "", ""),
    ],
)
def test_a_symbol_is_told_by_its_code(font, claim, own, drawn):
    assert symbol(font, claim, own) == drawn


def test_a_symbol_font_is_told_by_its_name():
    assert is_symbol_font("ZapfDingbats")
    assert is_symbol_font("ABCDEF+Symbol,Bold")
    assert not is_symbol_font("SymbolicSans")


def test_no_symbol_is_taken_for_a_letter_that_looks_like_it():
    ring = (((0, 0), (400, 0), (400, 400), (0, 400)), ((100, 100), (100, 300), (300, 300), (300, 100)))
    glyph = FontGlyph(1, "\uf0ee", "", "", 1, 500.0, ring, (), (0, 0, 400, 400))
    (meanings,) = identify([Font("ABCDEF+Wingdings", {1: glyph})])
    assert (meanings[1].text, meanings[1].how) == ("\ufffd", How.NOTHING)


def as_sarabun(font, claim):
    """The font with its glyphs numbered as TH Sarabun has them, and with what the map claims."""
    glyphs = {
        code: replace(glyph, claim=claim(glyph.claim), own="", number=BY_LETTER.get(glyph.claim, 900))
        for code, glyph in font.glyphs.items()
    }
    return replace(font, glyphs=glyphs)


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "source.pdf"
    path.write_bytes(thai_pdf.build(DRAWN, face=thai_pdf.Face("Laksaman")))
    with open_source(path) as source:
        found = source.glyphs(1)
    assert found
    return found


@pytest.mark.slow
def test_a_font_that_keeps_the_order_is_read_exactly_whatever_its_map_says(page):
    garbled = replace(page, fonts=(as_sarabun(page.fonts[0], lambda _: "\x0f"),))
    meanings = identify(garbled.fonts)
    assert lay_out(garbled, meanings).text == TEXT
    assert {m.how for m in meanings[0].values() if m.text.isalpha()} == {How.ORDER}


@pytest.mark.slow
@pytest.mark.parametrize("name", ["Garuda", "Norasi", "Laksaman"])
def test_a_map_that_calls_the_letters_by_others_has_no_say_against_their_shapes(tmp_path, name):
    signs = random.Random(7).choices("!#$%&/0123456789:;<=>?@ABCNOPQR^_`", k=200)

    def claims(letter, number):
        return signs[number % 200] if "ก" <= letter <= "๎" else letter

    path = tmp_path / "source.pdf"
    path.write_bytes(thai_pdf.build(DRAWN, face=thai_pdf.Face(name), claims=claims))
    with open_source(path) as source:
        found = source.glyphs(1)
    assert found
    text = lay_out(found, identify(found.fonts)).text
    wrong = sum(one != other for one, other in zip(text, TEXT, strict=True))
    assert wrong <= 6, text
