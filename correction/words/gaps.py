"""Spaces between Thai letters: how much likelier the text is without each, whether a word spans it, and how wide
it is on the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from correction.rule import Context
from correction.words.edits import THAI, Edits, weigh
from correction.words.running import Running
from dictionaries.language_model import LanguageModel
from dictionaries.letters import PAD, SPACE
from dictionaries.lexicon import LONGEST, Lexicon
from model.page import Reading

TEXT_FEATURES = ("gain", "spans", "quoted", "left", "right", "joins", "binds", "company")
"""What is known of a space without an image: nats gained by joining, letters of the word that would span it, whether
it stands in quotation marks, letters to the space before and behind (at most 20), a word behind it that often starts
a phrase, one before it that binds what follows, and how many other spaces of the text are strays by all appearance
(log of 1 + those in 1,000 letters), because strays come in company."""
IMAGE_FEATURES = (*TEXT_FEATURES, "width")
"""And with one: how much wider the gap is than the line's letters stand apart, in x-heights."""
WORTH_A_LOOK = -2.0
"""Gain in nats below which a space is never a stray without an image: of 1,000 such spaces 5 were."""
WIDE = 0.6
"""x-heights from which a gap is a space whatever the text says."""

_CONSONANTS = frozenset("กขคฆงจฉชซฌญณดตถทธนบผพภมยรลวศษสหอฮ")
_STARTS_PHRASE = re.compile("และ|หรือ|ที่|ซึ่ง|โดย|เพื่อ|ทั้ง|แต่|จึง|ได้แก่|เช่น|รวม|พร้อม|เป็น|ใน|มี")
_BINDS = re.compile(
    "(?:และ|หรือ|(?<!จำ)เป็น|มี|ให้|จะ|ระหว่าง|ไม่|สู่|จาก|(?<!ภาย)ใน|(?<!ตัว)อย่าง|(?<!กำ)กับ"
    "|(?<!สิ่ง)(?<!ข้าว)(?<!เจ้า)ของ|(?<!ข้อ)(?<!เนื้อ)(?<!ทนาย)(?<!คดี)ความ)\\Z"
)
"""Words that no space follows: conjunctions, prepositions, auxiliaries (and not longer words that end like them)."""
_NOT_THAI = re.compile("[^\u0e01-\u0e4e]")
_OPENING = re.compile('[“"”]')
_QUOTE_REACH = 120
_FAR = 20
_PLAIN = 9.0
"""Gain in nats of a space that is a stray by all appearance: 98 in 100 are."""
_SHORTEST_PAGE = 500


@dataclass(frozen=True, slots=True)
class Space:
    """A single space between Thai letters: where it stands in the source and in the running text, by how many nats
    the text is likelier without it, and its company (see `TEXT_FEATURES`)."""

    place: int
    at: int
    gain: float
    company: float


def gains_of_joining(text: Running, model: LanguageModel) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """The single spaces between Thai letters, and by how many nats the text is likelier without each."""
    letters = text.letters
    thai = THAI[letters]
    inner = (np.flatnonzero((letters[1:-1] == SPACE) & thai[:-2] & thai[2:]) + 1).astype(np.int64)
    count = len(inner)
    without = Edits(
        inner, np.ones(count, np.int64), np.full(count, PAD, np.uint8),
        np.zeros(count, np.float32), np.zeros(count, np.float32),
    )  # fmt: skip
    return inner, weigh(letters, text.scores, without, model)


def spaces(text: Running, model: LanguageModel) -> Iterator[Space]:
    """The spaces of a text that could be strays, those that stand in for a line break left out."""
    inner, gains = gains_of_joining(text, model)
    printed = text.places[inner + 1] - text.places[inner - 1] == 2
    inner, gains = inner[printed], gains[printed]
    plain = int(np.count_nonzero(gains >= _PLAIN))
    thousands = max(len(text.letters), _SHORTEST_PAGE) / 1000
    for at, gain in zip(inner.tolist(), gains.tolist(), strict=True):
        others = plain - (gain >= _PLAIN)
        yield Space(int(text.places[at]), at, gain, float(np.log1p(others / thousands)))


def features(text: str, space: Space, word: str) -> tuple[float, ...]:
    """The values of `TEXT_FEATURES` for a space of a running text, `word` being what would span it."""
    left = text[max(space.at - _FAR, 0) : space.at]
    right = text[space.at + 1 : space.at + 1 + _FAR]
    return (
        space.gain,
        float(min(len(word), 10)),
        float(_quoted(text, space.at)),
        float(len(_NOT_THAI.split(left)[-1])),
        float(len(_NOT_THAI.split(right)[0])),
        float(_STARTS_PHRASE.match(right) is not None),
        float(_BINDS.search(left) is not None),
        space.company,
    )


def _quoted(text: str, at: int) -> bool:
    """Whether a quotation mark is open at a place, by those just before it."""
    marks = _OPENING.findall(text, max(at - _QUOTE_REACH, 0), at)
    return bool(marks) and (marks[-1] == "“" or (marks[-1] == '"' and len(marks) % 2 == 1))


def spanning(text: str, at: int, lexicon: Lexicon) -> str:
    """The longest word of four or more letters that would span the space at `at`; empty when there is none."""
    left = _NOT_THAI.split(text[max(at - LONGEST, 0) : at])[-1]
    right = _NOT_THAI.split(text[at + 1 : at + 1 + LONGEST])[0]
    return lexicon.spanning(left, right)


@dataclass(frozen=True, slots=True)
class Print:
    """How a page is set: its x-height in pixels, and for each line where it ends in the raw text and how far
    letters stand apart in it."""

    x_height: float
    ends: tuple[int, ...]
    apart: tuple[float, ...]

    def width(self, raw: int, gap: float) -> float:
        """How much wider a gap behind the raw letter is than between letters of its line, in x-heights."""
        line = int(np.searchsorted(self.ends, raw))
        usual = self.apart[line] if line < len(self.apart) else 0.0
        return (gap - usual) / self.x_height


@lru_cache(maxsize=4)
def print_of(reading: Reading) -> Print | None:
    """How the page of a reading is set; None without an image."""
    heights = [
        box.height
        for letter, box in zip(reading.text, reading.boxes, strict=True)
        if box is not None and letter in _CONSONANTS
    ]
    if not heights:
        return None
    ends, apart = [], []
    for line in reading.lines:
        gaps = [
            gap
            for at in range(line.span.start, max(line.span.end - 1, line.span.start))
            if (gap := reading.gaps[at])
            and not reading.text[at + 1].isspace()
            and reading.text[at] in _CONSONANTS
        ]
        ends.append(line.span.end)
        apart.append(float(np.median(gaps)) if gaps else 0.0)
    return Print(max(float(np.median(heights)), 1.0), tuple(ends), tuple(apart))


def width(context: Context, place: int) -> float | None:
    """How wide the space at an offset of the context's text is on the page, see `Print.width`."""
    raw = context.view.origin(place - 1)
    gap = context.gap(place - 1)
    printed = print_of(context.reading) if gap is not None and raw is not None else None
    return None if printed is None or gap is None or raw is None else printed.width(raw, gap)
