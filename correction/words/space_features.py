"""Spaces between Thai letters and marks: how much likelier the text is without each, whether a word spans it, and how
wide it is on the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from correction.words.text_analysis import TextAnalysis
from dictionaries.lexicon import LONGEST, Lexicon

TEXT_FEATURES = (
    "gain",
    "network",
    "spans",
    "quoted",
    "left",
    "right",
    "starts_phrase",
    "binds",
    "error_density",
)
"""What is known of a space without an image: nats gained by deleting it, the network's log odds, characters of the word
that would span it, whether it stands in quotation marks, characters to the space before and behind (at most 20), a word
behind it that often starts a phrase, one before it that binds what follows, and the error density: how many other
spaces of the text are spurious by all appearance (log of 1 + those in 1,000 characters), because where one is, others
are."""
IMAGE_FEATURES = (*TEXT_FEATURES, "width")
"""And with one: how much wider the gap is than the line's characters stand apart, in x-heights."""

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
_LOG_ODDS_LIMIT = 10.0
_APPARENT = 9.0
"""Gain in nats of a space that is spurious by all appearance: 98 in 100 are."""
_SHORTEST_PAGE = 500


@dataclass(frozen=True, slots=True)
class InnerSpace:
    """A single space between Thai letters or marks: where it stands in the source (`offset`) and in the reflowed text
    (`position`), by how many nats the text is likelier without it, the network's log odds for that (0 where it was not
    asked), and the error density around it (see `TEXT_FEATURES`)."""

    offset: int
    position: int
    gain: float
    network: float
    error_density: float


def inner_spaces(analysis: TextAnalysis) -> Iterator[InnerSpace]:
    """The spaces of a text that could be spurious, those that stand in for a line break left out."""
    offsets = analysis.reflowed.offsets
    in_source = offsets[analysis.spaces + 1] - offsets[analysis.spaces - 1] == 2
    spaces, gains = analysis.spaces[in_source], analysis.space_gains[in_source]
    log_odds = analysis.space_log_odds[in_source]
    apparent = int(np.count_nonzero(gains >= _APPARENT))
    thousands = max(len(offsets), _SHORTEST_PAGE) / 1000
    for position, gain, odds in zip(spaces.tolist(), gains.tolist(), log_odds.tolist(), strict=True):
        others = apparent - (gain >= _APPARENT)
        yield InnerSpace(int(offsets[position]), position, gain, odds, float(np.log1p(others / thousands)))


def features(text: str, space: InnerSpace, word: str) -> tuple[float, ...]:
    """The values of `TEXT_FEATURES` for a space of a reflowed text, `word` being what would span it."""
    left = text[max(space.position - _FAR, 0) : space.position]
    right = text[space.position + 1 : space.position + 1 + _FAR]
    return (
        space.gain,
        float(np.clip(space.network, -_LOG_ODDS_LIMIT, _LOG_ODDS_LIMIT)),
        float(min(len(word), 10)),
        float(_quoted(text, space.position)),
        float(len(_NOT_THAI.split(left)[-1])),
        float(len(_NOT_THAI.split(right)[0])),
        float(_STARTS_PHRASE.match(right) is not None),
        float(_BINDS.search(left) is not None),
        space.error_density,
    )


def _quoted(text: str, at: int) -> bool:
    """Whether a quotation mark is open at a place, by those just before it."""
    marks = _OPENING.findall(text, max(at - _QUOTE_REACH, 0), at)
    return bool(marks) and (marks[-1] == "“" or (marks[-1] == '"' and len(marks) % 2 == 1))


def spanning(text: str, at: int, lexicon: Lexicon) -> str:
    """The longest word of four or more characters that would span the space at `at`; empty when there is none."""
    left = _NOT_THAI.split(text[max(at - LONGEST, 0) : at])[-1]
    right = _NOT_THAI.split(text[at + 1 : at + 1 + LONGEST])[0]
    return lexicon.spanning(left, right)
