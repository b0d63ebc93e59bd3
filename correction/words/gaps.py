"""Spaces between Thai letters: how much likelier the text is without each, whether a word spans it, and how wide
it is on the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from correction.words.look import Look
from dictionaries.lexicon import LONGEST, Lexicon

TEXT_FEATURES = ("gain", "network", "spans", "quoted", "left", "right", "joins", "binds", "company")
"""What is known of a space without an image: nats gained by joining, the network's log odds, letters of the word that
would span it, whether it stands in quotation marks, letters to the space before and behind (at most 20), a word behind
it that often starts a phrase, one before it that binds what follows, and how many other spaces of the text are strays
by all appearance (log of 1 + those in 1,000 letters), because strays come in company."""
IMAGE_FEATURES = (*TEXT_FEATURES, "width")
"""And with one: how much wider the gap is than the line's letters stand apart, in x-heights."""

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
_SURE = 10.0
_PLAIN = 9.0
"""Gain in nats of a space that is a stray by all appearance: 98 in 100 are."""
_SHORTEST_PAGE = 500


@dataclass(frozen=True, slots=True)
class Space:
    """A single space between Thai letters: where it stands in the source and in the running text, by how many nats
    the text is likelier without it, the network's log odds for that (0 where it was not asked), and its company (see
    `TEXT_FEATURES`)."""

    place: int
    at: int
    gain: float
    network: float
    company: float


def spaces(seen: Look) -> Iterator[Space]:
    """The spaces of a text that could be strays, those that stand in for a line break left out."""
    text = seen.text
    printed = text.places[seen.spaces + 1] - text.places[seen.spaces - 1] == 2
    inner, gains, network = seen.spaces[printed], seen.gains[printed], seen.stray[printed]
    plain = int(np.count_nonzero(gains >= _PLAIN))
    thousands = max(len(text.letters), _SHORTEST_PAGE) / 1000
    for at, gain, odds in zip(inner.tolist(), gains.tolist(), network.tolist(), strict=True):
        others = plain - (gain >= _PLAIN)
        yield Space(int(text.places[at]), at, gain, odds, float(np.log1p(others / thousands)))


def features(text: str, space: Space, word: str) -> tuple[float, ...]:
    """The values of `TEXT_FEATURES` for a space of a running text, `word` being what would span it."""
    left = text[max(space.at - _FAR, 0) : space.at]
    right = text[space.at + 1 : space.at + 1 + _FAR]
    return (
        space.gain,
        float(np.clip(space.network, -_SURE, _SURE)),
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
