"""The diagnosis of a text: the kinds of damage that the whole of it has, before any single letter is judged."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from correction.clusters import MANY_WANDERING_MARKS, find_wandering_marks
from correction.diagnosis.early_tones import early_tones
from correction.diagnosis.encodings import Misread, misread
from correction.diagnosis.keyboard import english_on_thai_keys, thai_on_latin_keys
from correction.diagnosis.late_tones import late_tones
from correction.diagnosis.loops import loops
from correction.diagnosis.rewritten_lines import Rewritten, doubled_lines, spaced_lines
from dictionaries.language_model import load as load_model
from dictionaries.lexicon import Lexicon
from model.counted import counted
from model.private_use import PRIVATE_USE
from model.thai import NIKHAHIT, SARA_AA, SARA_AM, TONES

_SARA_AM = re.compile(f"{SARA_AM}[{TONES}]?{SARA_AA}")
_SPLIT_SARA_AM = re.compile(f"{NIKHAHIT}[{TONES}]?{SARA_AA}")
_PRIVATE_USE = re.compile(f"[{''.join(PRIVATE_USE)}]")
_LINE = re.compile(r"^.*\S.*$", re.MULTILINE)
_MOST_LINES = 0.5
_MANY = 3
"""Places from which a kind of damage is the text's and not a place's."""


class Damage(StrEnum):
    """A kind of damage to a text as a whole."""

    ENCODING = "wrong encoding"
    LAYOUT = "other keyboard layout"
    LOOP = "runaway reader"
    DOUBLED = "doubled characters"
    SPACED = "spaces between all characters"
    LATE_TONES = "late tone marks"
    EARLY_TONES = "early tone marks"
    WANDERING_MARKS = "wandering marks"
    SARA_AM = "sara aa behind sara am"
    SPLIT_SARA_AM = "sara am in two parts"
    PRIVATE_USE = "private codes of a font"


class Diagnosis(NamedTuple):
    """One kind of damage of a text, how many places show it, and what it means for whoever has to mend it."""

    damage: Damage
    places: int
    message: str


def diagnose(text: str, lexicon: Lexicon) -> tuple[Diagnosis, ...]:
    """What the text as a whole suffers from, what hides the rest first; nothing for a text with single errors only.

    `lexicon` has the words that the rules know as well.
    """
    encodings = misread(text)
    if any(one.whole for one in encodings):
        return (_of_encoding(encodings),)
    return (*([_of_encoding(encodings)] if encodings else ()), *_of_letters(text, lexicon))


def _of_encoding(found: tuple[Misread, ...]) -> Diagnosis:
    first = found[0]
    what = "This is text" if first.whole else _stretches(len(found))
    remedy = "the exact repair is proposed" if first.after is not None else "bytes are lost: take it anew"
    rest = "; no other rule can judge it as it stands" if first.whole else ""
    message = f"{what} in {first.written_in} that was decoded as {first.decoded_as}; {remedy}{rest}."
    return Diagnosis(Damage.ENCODING, len(found), message)


def _stretches(number: int) -> str:
    return "A stretch of this is text" if number == 1 else f"{number} stretches of this are text"


def _of_letters(text: str, lexicon: Lexicon) -> Iterator[Diagnosis]:
    if found := loops(text):
        yield Diagnosis(Damage.LOOP, len(found), "A reader ran away: the same stands here over and over.")
    for damage, lines, what in (
        (Damage.DOUBLED, doubled_lines(text), "Every character stands twice"),
        (Damage.SPACED, spaced_lines(text), "Every character stands apart"),
    ):
        if _most(text, lines):
            yield Diagnosis(damage, len(lines), f"{what}, in {counted(len(lines), 'line')}.")
    typed = [*thai_on_latin_keys(text, lexicon, load_model()), *english_on_thai_keys(text)]
    if typed and (len(typed) >= _MANY or 2 * sum(one.end - one.start for one in typed) >= len(text.strip())):
        said = f"Typed with the keyboard on the other language, in {counted(len(typed), 'place')}."
        yield Diagnosis(Damage.LAYOUT, len(typed), said)
    late, early = len(late_tones(text)), len(early_tones(text))
    if late >= max(_MANY, early):
        said = f"Tone marks stand one letter late, {late} of them: they are to be moved back."
        yield Diagnosis(Damage.LATE_TONES, late, said)
    elif early >= _MANY:
        said = f"Tone marks stand one letter early, {early} of them: they are to be moved on."
        yield Diagnosis(Damage.EARLY_TONES, early, said)
    elif len(find_wandering_marks(text)) >= MANY_WANDERING_MARKS:
        yield Diagnosis(
            Damage.WANDERING_MARKS,
            MANY_WANDERING_MARKS,
            "Marks stand apart from their letters: where there is an image, read that instead.",
        )
    for damage, pattern, what in (
        (Damage.SARA_AM, _SARA_AM, "Sara am has a sara aa behind it"),
        (Damage.SPLIT_SARA_AM, _SPLIT_SARA_AM, "Sara am is written in two parts"),
        (Damage.PRIVATE_USE, _PRIVATE_USE, "Thai characters stand under private codes of an old font"),
    ):
        places = len(pattern.findall(text))
        if places >= _MANY:
            yield Diagnosis(damage, places, f"{what}, at {places} places: the repair is safe.")


def _most(text: str, lines: tuple[Rewritten, ...]) -> bool:
    return bool(lines) and len(lines) >= _MOST_LINES * sum(1 for _ in _LINE.finditer(text))
