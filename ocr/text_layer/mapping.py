"""What each glyph of a font means, found out from everything that speaks of it.

A broken character map is wrong about single glyphs: a nikhahit that is called a space, a shifted tone mark that
has no character at all. What the map claims is believed where it agrees with what the glyph draws: a mark above
is above, a space is blank, a sara am has its ring. Where it does not, the font's own map, the glyph's name, the
glyphs that it is put together from, the same letter elsewhere in the font, known shapes and, last, what OCR
read where the glyph stands are asked, in that order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from model.thai import SARA_AA, SARA_AM
from ocr.text_layer.claims import UNKNOWN, How, candidates, is_thai, one_of, printable, standard
from ocr.text_layer.glyph_orders import kept_order
from ocr.text_layer.glyphs import Font, FontGlyph, GlyphKey
from ocr.text_layer.shapes import Distances, Gallery, Shape, reference, reference_distances, shape_of
from ocr.text_layer.symbol_fonts import is_symbol_font, symbol

ABOVE = frozenset("ัิีึื็่้๊๋์ํ๎")
BELOW = frozenset("ฺุู")
RING_TOP = 1.2
"""Sara am reaches so many x-heights up, sara aa less: the ring is above the letters."""

ABOVE_FROM, BELOW_FROM = 0.7, 0.25
"""A mark above has its lower edge over the one, a mark below its upper edge under the other, in x-heights."""

ALIKE = 0.12
"""Shapes nearer than this are the same letter, if no other letter is nearly as near. In 16 free typefaces, each held
against the others, 1,664 of 2,349 letters are told this way, 8 of them wrongly."""

CLEARLY = 0.03
"""By so much the nearest letter must be nearer than the next."""

ALONE, FAR_LESS, NOTHING_NEAR = 0.2, 1.6, 0.07
"""Or it is as near as the first, and every other letter so many times as far and by so much further: among 1,392
letters of eight looped typefaces, each held against the others, that tells 149 more and none of them wrongly."""

CONTRADICTED = 0.06
"""By so much another letter must be nearer than the claimed one for the claim to be doubted; it happens to 3 of 2,349
letters that are what is claimed."""

TWIN = 0.09
"""Within a font a raised or lowered form of a letter is this near to the letter."""

PLAIN = 0.06
"""Shapes nearer than this are the same letter beyond doubt."""

GARBLED, FEWEST_GARBLED = 0.3, 8
"""A character map of which so many of the plain letters, and at least so many, are called what looks otherwise
has no say against shapes. Of 58 fonts the three of a garbled map have 74 to 92 %, the others 4 % at most."""

VOTES, AGREED = 3, 0.75
"""So often OCR must have read the same where the glyph stands, and in such a share of all cases."""

OVERRULED, OVERWHELMING = 6, 0.9
"""The same for contradicting a claim that nothing else speaks against."""

_X_HEIGHT_LETTERS = frozenset("กคงจดตถนบพมยรลวหอ")
_MARKS_AND_DIGITS = ABOVE | BELOW | frozenset("๐๑๒๓๔๕๖๗๘๙")
_DIGITS = {str(value): chr(0x0E50 + value) for value in range(10)}


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a glyph stands for: `text` (empty: nothing; U+FFFD: not known), how that is known, and what the
    character map claims. `doubt` says that its shape speaks against it."""

    text: str
    how: How
    claim: str | None
    doubt: bool = False

    @property
    def repaired(self) -> bool:
        """True when the meaning is another than the character map's."""
        return self.text != self.claim


Votes = Mapping[GlyphKey, Mapping[str, int]]
"""For each glyph how often OCR read what where the glyph stands."""


def identify(
    fonts: Sequence[Font], votes: Votes | None = None, distances: Distances = reference_distances
) -> tuple[dict[int, Meaning], ...]:
    """The meaning of every glyph of the fonts, by font and code.

    `distances` are worked out anew by default; whoever reads many pages of a document keeps them.
    """
    found = [_FontBeingIdentified(font, distances) for font in fonts]
    # The document's other fonts are nearer to a glyph than the reference: the same family, bold or not.
    everything = Gallery.of([pair for font in found for pair in font.sure_shapes()])
    for font in found:
        font.settle(everything, votes or {})
    return tuple(font.meanings for font in found)


class _FontBeingIdentified:
    """One font while its glyphs are being identified."""

    def __init__(self, font: Font, distances: Distances) -> None:
        self.font = font
        self._distances = distances
        self.x_height = _x_height(font)
        self.shapes: dict[int, Shape | None] = {
            code: shape_of(glyph.outline, self.x_height)
            for code, glyph in font.glyphs.items()
            if glyph.outline is not None
        }
        self._symbols = is_symbol_font(font.name)
        self._order = {} if self._symbols else kept_order(self._looks())
        self._garbled = not self._order and not self._symbols and self._map_is_garbled()
        self.meanings: dict[int, Meaning] = {}
        for code, glyph in font.glyphs.items():
            meaning = self._by_claims(glyph)
            if meaning is not None:
                self.meanings[code] = meaning

    def _looks(self) -> Iterator[tuple[int, Callable[[], str | None]]]:
        """The glyphs that draw something by their numbers, each with what it is most like."""
        for code, shape in self.shapes.items():
            glyph = self.font.glyphs[code]
            if shape is not None and glyph.number is not None:
                yield glyph.number, partial(self._most_like, glyph)

    def _most_like(self, glyph: FontGlyph) -> str | None:
        """The letter of the reference that is nearest to the glyph by its shape alone."""
        distances = self._distances(glyph.outline or (), self.x_height)
        return min(distances, key=lambda letter: distances[letter], default=None)

    def _plainly(self, glyph: FontGlyph) -> str | None:
        """The Thai letter that the glyph draws beyond doubt, None where its shape leaves doubt."""
        if self.shapes.get(glyph.code) is None:
            return None
        distances = self._distances(glyph.outline or (), self.x_height)
        nearest, *others = sorted((distance, letter) for letter, distance in distances.items()) or [(1.0, "")]
        clear = not others or others[0][0] - nearest[0] >= CLEARLY
        return nearest[1] if nearest[0] <= PLAIN and clear and is_thai(nearest[1]) else None

    def _map_is_garbled(self) -> bool:
        """Does the character map call letters by what looks quite otherwise, one after the other?"""
        plain = wrong = 0
        for code in self.shapes:
            glyph = self.font.glyphs[code]
            letter = self._plainly(glyph)
            if letter is None or letter in _MARKS_AND_DIGITS:
                continue
            claim = standard(glyph.claim)
            far = self._distances(glyph.outline or (), self.x_height).get(claim, 1.0) > ALIKE
            plain += 1
            wrong += far and claim not in (letter, "")
        return wrong >= max(FEWEST_GARBLED, GARBLED * plain)

    def sure_shapes(self) -> list[tuple[str, Shape]]:
        """The Thai letters whose meaning is beyond doubt, with their shapes."""
        return [
            (meaning.text, shape)
            for code, meaning in self.meanings.items()
            if (shape := self.shapes.get(code)) is not None
            and not meaning.doubt
            and len(meaning.text) == 1
            and "\u0e01" <= meaning.text <= "\u0e5b"
        ]

    def settle(self, document: Gallery, votes: Votes) -> None:
        """Find meanings for the rest; what OCR read decides where shape cannot, or speaks against it."""
        own = Gallery.of(self.sure_shapes())
        for code in sorted(self.font.glyphs):
            glyph = self.font.glyphs[code]
            voted = votes.get(self.font.key(code), {})
            meaning = self.meanings.get(code)
            if meaning is None and not self._symbols:
                meaning = (
                    self._by_parts(glyph)
                    or self._by_gallery(glyph, own, How.TWIN, TWIN)
                    or self._by_gallery(glyph, document, How.TWIN, TWIN)
                    or self._by_gallery(glyph, reference(), How.SHAPE, ALIKE)
                )
                meaning = self._by_vote(glyph, meaning, voted)
            elif voted:
                meaning = self._by_vote(glyph, meaning, voted)
            self.meanings[code] = meaning or Meaning(UNKNOWN, How.NOTHING, glyph.claim)

    def _by_claims(self, glyph: FontGlyph) -> Meaning | None:
        """What those who name the glyph say, if it is possible; None when none of them can be right."""
        if self._symbols:
            text = symbol(self.font.name, glyph.claim, glyph.own)
            if text:
                return Meaning(text, How.SYMBOL, glyph.claim)
        if glyph.outline is None:
            text = standard(glyph.claim)
            return Meaning(text, How.MAP, glyph.claim) if printable(text) else None
        shape = self.shapes[glyph.code]
        if shape is None:
            text = " " if glyph.advance > 0 else ""
            return Meaning(text, How.MAP if glyph.claim == text else How.BLANK, glyph.claim)
        doubted: Meaning | None = None
        for text, how in self._candidates(glyph):
            if not printable(text) or text.isspace() or not self._possible(text, shape):
                continue
            if text == glyph.claim and text in glyph.own and text not in _DIGITS:
                return Meaning(text, how, glyph.claim)
            distances = self._distances(glyph.outline, self.x_height) if _is_judged(text) else {}
            digit = self._thai_digit(text, distances)
            if digit is not None:
                return Meaning(digit, How.SHAPE, glyph.claim)
            nearest = self._nearest(shape, distances)
            doubt = nearest is not None and distances[nearest] < min(
                ALIKE, distances.get(text, 1.0) - CONTRADICTED
            )
            if how is How.LEGACY and (doubt or distances.get(text, 1.0) > ALIKE + CLEARLY):
                continue
            if not doubt or glyph.own == text == glyph.claim:
                return Meaning(text, how, glyph.claim)
            doubted = doubted or Meaning(text, how, glyph.claim, doubt=True)
        return doubted

    def _candidates(self, glyph: FontGlyph) -> list[tuple[str, How]]:
        """What the glyph may be, the most trusted first."""
        if self._garbled and (plain := self._plainly(glyph)) is not None:
            return [(plain, How.SHAPE)]
        ordered = self._order.get(glyph.number) if glyph.number is not None else None
        return [*([] if ordered is None else [(ordered, How.ORDER)]), *candidates(glyph)]

    def _possible(self, text: str, shape: Shape) -> bool:
        """Does the shape stand where that letter stands?"""
        if len(text) != 1 or not "\u0e01" <= text <= "\u0e5b":
            return len(text) != 1 or not _is_mark_place(shape, self.x_height) or not text.isalnum()
        if place(shape, self.x_height) != _place_of(text):
            return False
        if text == SARA_AM:
            return shape.top >= RING_TOP * self.x_height
        return text != SARA_AA or shape.top < RING_TOP * self.x_height

    def _thai_digit(self, text: str, distances: Mapping[str, float]) -> str | None:
        """The Thai digit of the same value, where a font draws that for an ASCII one, as TH Sarabun IT9 does."""
        thai = _DIGITS.get(text)
        if thai is None or not distances:
            return None
        return thai if distances.get(thai, 1.0) < distances.get(text, 1.0) - CLEARLY else None

    def _nearest(self, shape: Shape, distances: Mapping[str, float]) -> str | None:
        possible = [letter for letter in distances if self._possible(letter, shape) and _is_judged(letter)]
        return min(possible, key=lambda letter: distances[letter], default=None)

    def _by_parts(self, glyph: FontGlyph) -> Meaning | None:
        """A composite of glyphs that are known: a vowel and a tone mark in one glyph."""
        if len(glyph.parts) < 2:
            return None
        by_number = {g.number: code for code, g in self.font.glyphs.items() if g.number is not None}
        parts = [self.meanings.get(by_number.get(number, -1)) for number in glyph.parts]
        if any(part is None or part.doubt or part.text == UNKNOWN for part in parts):
            return None
        return Meaning("".join(part.text for part in parts if part), How.PARTS, glyph.claim)

    def _by_gallery(self, glyph: FontGlyph, gallery: Gallery, how: How, near: float) -> Meaning | None:
        shape = self.shapes.get(glyph.code)
        if shape is None:
            return None
        distances = gallery.distances(shape)
        possible = sorted((distance, letter) for letter, distance in distances.items()
                          if self._possible(letter, shape))  # fmt: skip
        if not possible:
            return None
        nearest, letter = possible[0]
        next_one = possible[1][0] if len(possible) > 1 else 1.0
        near_enough = nearest <= near and next_one - nearest >= CLEARLY
        alone = nearest <= ALONE and next_one >= max(FAR_LESS * nearest, nearest + NOTHING_NEAR)
        if not (near_enough or alone):
            return None
        if how is How.TWIN and glyph.outline is not None:
            # A letter of which these fonts have no other glyph may be nearer still: sara ii looks much like sara uee.
            likeliest = self._nearest(shape, self._distances(glyph.outline, self.x_height))
            if likeliest is not None and likeliest != letter and likeliest not in gallery.letters:
                return None
        return Meaning(letter, how, glyph.claim)

    def _by_vote(self, glyph: FontGlyph, so_far: Meaning | None, voted: Mapping[str, int]) -> Meaning | None:
        if not voted:
            return so_far
        text, count = max(voted.items(), key=lambda item: (item[1], item[0]))
        share = count / sum(voted.values())
        shape = self.shapes.get(glyph.code)
        if so_far is not None and text == so_far.text:
            return Meaning(so_far.text, so_far.how, so_far.claim)
        told = so_far is not None and (so_far.how is not How.SHAPE or self._garbled)
        sure = so_far is not None and not so_far.doubt and told
        least, agreed = (OVERRULED, OVERWHELMING) if sure else (VOTES, AGREED)
        if count < least or share < agreed or (so_far is not None and so_far.text in OCR_BLIND):
            return so_far
        if shape is not None and len(text) == 1 and not self._possible(text, shape):
            return so_far
        if sure and so_far is not None and so_far.how in _ON_RECORD and _alike(so_far.text, text):
            return so_far
        return Meaning(text, How.VOTE, glyph.claim)


_ON_RECORD = (How.MAP, How.OWN, How.ORDER, How.SHAPE)

OCR_BLIND = frozenset("๔๖๗๘๙ฌฃฅฦๅ฿ำ")
"""Letters that no Thai model of Tesseract has: what it reads there says nothing."""

_LOOK_ALIKE = ("ฎฏ", "ขฃช ซ", "คดต", "ุู", "ิีึื", "่'", "๐o0O", "1lI|", "-–—", "ใไโ", "บป", "พฟ", "ผฝ", ",.")


def _alike(one: str, other: str) -> bool:
    """Letters that OCR confuses: its vote alone is no reason to go from one to the other."""
    return one.lower() == other.lower() or any(one in group and other in group for group in _LOOK_ALIKE)


def place(shape: Shape, x_height: float) -> str:
    """Where the ink stands: 'above' the letters, 'below' the baseline, or 'on' it."""
    if shape.bottom >= ABOVE_FROM * x_height:
        return "above"
    return "below" if shape.top <= BELOW_FROM * x_height else "on"


def _place_of(letter: str) -> str:
    return "above" if letter in ABOVE else "below" if letter in BELOW else "on"


def _is_mark_place(shape: Shape, x_height: float) -> bool:
    return place(shape, x_height) != "on"


def _is_judged(text: str) -> bool:
    """Only Thai letters and digits are held against their shapes: Latin ones come in too many."""
    return len(text) == 1 and ("\u0e01" <= text <= "\u0e5b" or text in _DIGITS)


def _x_height(font: Font) -> float:
    """The height of the letters without ascender, thousandths of an em.

    From the letters that should have it, by the map or by the font; else from all glyphs on the baseline.
    """
    tops: list[int] = []
    others: list[int] = []
    for glyph in font.glyphs.values():
        if glyph.ink is None:
            continue
        _, bottom, _, top = glyph.ink
        if {standard(glyph.claim), one_of(glyph.own, None)} & _X_HEIGHT_LETTERS:
            tops.append(top)
        if bottom < 0.1 * top:
            others.append(top)
    chosen = tops if len(tops) >= 3 else others
    return float(np.median(chosen)) if chosen else 500.0
