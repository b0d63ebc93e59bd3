"""Numbers written out in Thai words, read in spite of damage: `(หนึ่งแสนหัาหมื่นบาทถ้วน)` is 150,000.

The words are a closed list and their order is a grammar, so a damaged word is read as the one that fits. How much
had to be forgiven (`cost`) and how much dearer the next other number would be (`margin`) say how sure that is.
Costs count letters: one for a letter wrong, missing or too many, half for a mark or for a letter often misread so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from correction.facts.damaged import MARK, stretches, weight

_DIGITS = ("", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า")
_POWERS = {"แสน": 5, "หมื่น": 4, "พัน": 3, "ร้อย": 2}
_TEN, _TWENTY, _ONE_BEHIND, _MILLION, _NOUGHT = "สิบ", "ยี่", "เอ็ด", "ล้าน", "ศูนย์"
_BAHT, _SATANG, _EVEN, _POINT = "บาท", "สตางค์", "ถ้วน", "จุด"
_WORDS = (
    *_DIGITS[1:], *_POWERS, _TEN, _TWENTY, _ONE_BEHIND, _MILLION, _NOUGHT, _BAHT, _SATANG, _EVEN, _POINT,
)  # fmt: skip
_VALUE = {word: digit for digit, word in enumerate(_DIGITS) if word}

_BY_START = {
    character: tuple(number for number, word in enumerate(_WORDS) if character in word[:2])
    for character in {character for word in _WORDS for character in word[:2]}
}
"""The numbers of the words of which a character is the first or the second."""
_AT_END = re.compile("(?:" + "|".join(sorted(_WORDS, key=len, reverse=True)) + r"){2,}\Z")
_AT_START = re.compile(
    r"[ \u00a0]*(?P<words>(?:" + "|".join(sorted(_WORDS, key=len, reverse=True)) + r"){2,})"
)
_SPOKEN = re.compile("(?:" + "|".join(sorted(_WORDS, key=len, reverse=True)) + "){3,}")
"""Three words or more: fewer may be words of something else, like ศูนย์ศูนย์ of two centres."""

_EXACT_AMOUNT = re.compile(
    r"(?<![\u0e01-\u0e4e])(?:"
    + "|".join(sorted(_WORDS[:-4], key=len, reverse=True))
    + f"){{2,}}{_BAHT}{_EVEN}"
)
"""Words of a number up to บาทถ้วน, behind what is no word."""

_PUNCTUATION = 0.25
_ODD = 0.5
"""What is spoken but not ordinary: ยี่สิบหนึ่ง, หนึ่งสิบ."""
_KEPT = 4
"""Readings of different value that are followed from each state."""
_LONGEST = 160
_VOCABULARY = re.compile("|".join(word for word in _WORDS if len(word) > 2))


class WordRead(NamedTuple):
    """The word that stands at `start..end` of the text, however it is spelt there."""

    start: int
    end: int
    word: str


@dataclass(frozen=True, slots=True)
class SpokenNumber:
    """A number in words: its value, hundredths where satang or decimals are said, and how it was read."""

    whole: int
    hundredths: str
    """The digits behind the point, empty where none are said."""
    baht: bool
    cost: float
    margin: float
    words: tuple[WordRead, ...]


class _Grammar(NamedTuple):
    """Where in a number we are: the power below which the next word must be, the digit that waits for one."""

    phase: str  # "whole", "satang", "decimals", "end"
    below: int
    waiting: int


class _Hypothesis(NamedTuple):
    cost: float
    total: int
    group: int
    hundredths: str
    baht: bool
    words: tuple[WordRead, ...]

    @property
    def value(self) -> tuple[int, str]:
        return self.total + self.group, self.hundredths


_START = _Grammar("whole", 6, 0)
_Table = dict[_Grammar, list[_Hypothesis]]


def numbers_in_words(text: str) -> Iterator[tuple[int, int]]:
    """Where undamaged words say a number, as (start, end), in order of place. They are facts as digits are."""
    for match in _SPOKEN.finditer(text):
        yield match.span()


def words_of_no_number(text: str) -> Iterator[tuple[int, int]]:
    """Where undamaged words of an exact amount stand that say no number, as (start, end): สองสิบบาทถ้วน."""
    for match in _EXACT_AMOUNT.finditer(text):
        if not any(one.cost == 0 for one in _parse(match[0], _exact_words(match[0]))):
            yield match.span()


def words_before(text: str, end: int) -> tuple[int, int] | None:
    """Where the words of a number stand that end at `end`, white space aside; None where fewer than two do."""
    head = text[max(end - _LONGEST, 0) : end].rstrip()
    match = _AT_END.search(head)
    if match is None:
        return None
    offset = max(end - _LONGEST, 0)
    return offset + match.start(), offset + match.end()


def words_at(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The words of a number that stand at the beginning of `start..end`, spaces aside; None where fewer than two do or
    the words go on with what is no number."""
    match = _AT_START.match(text, start, end)
    if match is None or (match.end() < end and "\u0e01" <= text[match.end()] <= "\u0e4e"):
        return None
    return match.span("words")


def read_number(text: str) -> SpokenNumber | None:
    """The number that the whole of `text` says, or None where it says none.

    White space, line ends and signs between words are passed over; characters that belong to no word cost.
    """
    if len(text) > _LONGEST:
        return None
    ends = _parse(text, _exact_words(text))
    if not ends or ends[0].cost >= MARK:
        ends = _parse(text, _damaged_words(text))
    best = ends[0] if ends else None
    if best is None:
        return None
    others = [one.cost for one in ends if one.value != best.value]
    margin = min(others, default=float("inf")) - best.cost
    return SpokenNumber(*best.value, best.baht, best.cost, margin, best.words)


def _parse(text: str, found: list[list[tuple[int, str, float]]]) -> list[_Hypothesis]:
    """Every way to read the whole text as a number, cheapest first; `found` gives the words at each place."""
    tables: list[_Table] = [{} for _ in range(len(text) + 1)]
    tables[0][_START] = [_Hypothesis(0.0, 0, 0, "", False, ())]
    for at, table in enumerate(tables[:-1]):
        for state, hypotheses in table.items():
            for one in hypotheses:
                passed = one._replace(cost=one.cost + _pass(text[at]))
                _keep(tables[at + 1], state, passed)
                for end, word, cost in found[at]:
                    for next_state, step in _steps(state, one, word):
                        grown = step._replace(
                            cost=step.cost + cost, words=(*one.words, WordRead(at, end, word))
                        )
                        _keep(tables[end], next_state, grown)
    ends = [_ended(state, one) for state, row in tables[-1].items() for one in row if one.words]
    return sorted((one for one in ends if one is not None), key=lambda one: one.cost)


def _pass(character: str) -> float:
    if character.isspace():
        return 0.0
    cost = weight(character)
    return cost if cost == MARK or character.isalnum() else _PUNCTUATION


def _keep(table: _Table, state: _Grammar, new: _Hypothesis) -> None:
    """The cheapest few of different value: one reading of a value is enough."""
    row = table.setdefault(state, [])
    for index, old in enumerate(row):
        if old.value == new.value:
            if new.cost < old.cost:
                row[index] = new
                row.sort(key=lambda one: one.cost)
            return
    row.append(new)
    row.sort(key=lambda one: one.cost)
    del row[_KEPT:]


def _steps(state: _Grammar, one: _Hypothesis, word: str) -> Iterator[tuple[_Grammar, _Hypothesis]]:
    """What the word does to a number that is half read; nothing where it cannot stand there."""
    if state.phase == "decimals":
        if word in _VALUE or word == _NOUGHT:
            yield state, one._replace(hundredths=one.hundredths + str(_VALUE.get(word, 0)))
    elif word in (_BAHT, _SATANG, _EVEN, _POINT):
        yield from _close(state, one, word)
    elif state.phase in ("whole", "satang"):
        yield from _go_on(state, one, word)


def _go_on(state: _Grammar, one: _Hypothesis, word: str) -> Iterator[tuple[_Grammar, _Hypothesis]]:
    phase, below, waiting = state
    if word in _VALUE:
        if waiting == 0 and below > 0:
            odd = _ODD if below == 1 and word == _DIGITS[1] and one.group else 0.0
            yield _Grammar(phase, below, _VALUE[word]), one._replace(cost=one.cost + odd)
    elif word == _TWENTY:
        if waiting == 0 and below > 1:
            yield _Grammar(phase, below, -2), one
    elif word == _TEN:
        if below > 1:
            tens = abs(waiting) or 1
            odd = _ODD if waiting in (1, 2) else 0.0
            yield _Grammar(phase, 1, 0), one._replace(group=one.group + 10 * tens, cost=one.cost + odd)
    elif word == _ONE_BEHIND:
        if waiting == 0 and below > 0 and (one.group or one.total):
            yield _Grammar(phase, 0, 0), one._replace(group=one.group + 1)
    elif word in _POWERS:
        power = _POWERS[word]
        if phase == "whole" and waiting > 0 and power < below:
            yield _Grammar(phase, power, 0), one._replace(group=one.group + waiting * 10**power)
    elif word == _MILLION:
        millions = one.total + one.group + max(waiting, 0)
        if phase == "whole" and millions and waiting >= 0:
            yield _START, one._replace(total=millions * 10**6, group=0)
    elif word == _NOUGHT and (one.words == () if phase == "whole" else one.group + waiting == 0):
        yield _Grammar(phase, 0, 0), one


def _close(state: _Grammar, one: _Hypothesis, word: str) -> Iterator[tuple[_Grammar, _Hypothesis]]:
    phase, _, waiting = state
    if waiting < 0:
        return
    whole = one._replace(total=one.total + one.group + waiting, group=0)
    if phase == "whole" and word == _BAHT and one.words:
        yield _Grammar("satang", 2, 0), whole._replace(baht=True)
    elif phase == "whole" and word == _POINT and one.words:
        yield _Grammar("decimals", 0, 0), whole
    elif phase == "satang" and word == _SATANG and (one.group + waiting or one.words[-1].word == _NOUGHT):
        hundredths = f"{one.group + waiting:02d}"
        yield _Grammar("end", 0, 0), one._replace(group=0, hundredths=hundredths)
    elif phase == "satang" and word == _EVEN and not one.group + waiting:
        yield _Grammar("end", 0, 0), one


def _ended(state: _Grammar, one: _Hypothesis) -> _Hypothesis | None:
    """The number, where the text may end here."""
    if state.phase == "satang" and (one.group or state.waiting):
        return None
    if state.waiting < 0 or (state.phase == "decimals" and not one.hundredths):
        return None
    return one._replace(total=one.total + one.group + state.waiting, group=0)


def _exact_words(text: str) -> list[list[tuple[int, str, float]]]:
    """The words that stand undamaged at each place."""
    return [
        [(at + len(word), word, 0.0) for word in _WORDS if text.startswith(word, at)]
        for at in range(len(text))
    ]


def _damaged_words(text: str) -> list[list[tuple[int, str, float]]]:
    """The words that may stand at each place, with their end and cost."""
    found: list[list[tuple[int, str, float]]] = []
    for at in range(len(text)):
        near = () if text[at].isspace() else (text[at], text[at + 1 : at + 2])
        likely = sorted({number for character in near for number in _BY_START.get(character, ())})
        found.append([one for number in likely for one in _matches(text, at, _WORDS[number])])
    return found


def _matches(text: str, at: int, word: str) -> Iterator[tuple[int, str, float]]:
    """The stretches from `at` that may be the word, a third of its characters damaged at most."""
    for end, cost in stretches(text, at, word, max(MARK, len(word) / 3)):
        yield end, word, cost
