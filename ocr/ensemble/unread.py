"""Words and stretches that no reader could read: handwriting, signatures, pieces of pictures taken for letters.

What neither the reader is sure of nor the language believes in is no text, and neither is that in which two readers
see nothing alike and ours is not sure. It is left out of the reading, and its ink is counted as ink that is not in the
text, so that a person looks there; what each reader made of it stays on record.

Measured on 2,545 stretches of 52 pages of all kinds: of 59 stretches of four letters and more with a mean confidence
below 0.75 two are print, of 1,400 above 0.9 all are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean

from rapidfuzz import fuzz

from model.box import box_around
from ocr.letters import LetterRow, ReadLetter, text_of

BOUNDS = ((4, 0.65), (2, 0.6))
"""Letters of a word from which on, and the mean confidence below which it is in question. On 48 pages of all kinds, of
the words below it that the language does not believe in (`NATS`) a third of the letters that are no text, and none of
6,808 words that are read right."""

NATS = -3.0
"""Natural logarithm of the probability of a letter by the language model, in the mean, that is no language."""


UNLIKE, NOT_SURE = 40.0, 0.65
"""Per cent that what two readers read in one place has in common, and the mean confidence of ours, below which neither
has read it. On 57 pages of all kinds these are 52 words, a third of the letters that are no text, and none is print."""

FEW_LETTERS, NOT_SURE_OF_FEW = 2, 0.6
"""Of fewer letters than this ours must be less sure yet. Numbers and lone signs stay: somebody looks at them."""

SURE_OF_PART, SEEN_ALIKE, WRITTEN = 0.9, 80.0, 5
"""The mean confidence in a part of a word, and the per cent that two readers have in common there, from which on it is
print, whatever runs into it; and the letters that writing beside it is taken for, at least."""

UNSURE, FOREIGN = 0.75, 50.0
"""Mean confidence in the letters of a stretch, and per cent that two readers have in common there, below which it is in
question as a whole."""

GUESSED = 0.65
"""And the mean confidence below which it has not been read, whatever the language says of it."""

FEW_SIGNS = 3
"""In stretches of so few letters there is no language; what they look like must tell."""

TALL, SURE_OF_TALL = 1.6, 0.93
"""In letter heights of the page: a few letters so large are strokes of a pen or lines of a drawing, unless ours is so
sure of them."""

MORE_INK = 3
"""Pieces of ink more than letters in a stretch of few letters: writing."""

ALONE, NUMBER_ALONE = 0.8, 0.65
"""Mean confidence below which a few letters, and a number, with nothing else in their line are specks or strokes."""

_OF_NUMBERS = frozenset(".,:/-()")
"""What stands in numbers besides digits. Other signs among digits are writing, of which the language knows nothing."""

_STROKES = frozenset("เ/|lIi")
"""What upright strokes and arrows are read as, with full confidence."""


_LOOK_ALIKE = str.maketrans("1I|0O5S", "lllooss")
"""Signs that look alike in many types, for one of them."""


@dataclass(frozen=True, slots=True)
class StretchInk:
    """What a stretch looks like: its pieces of ink of letter size, the height of its letters in those of the page,
    whether nothing else was read in its line, and whether ink that is no print was taken away beside it."""

    pieces: int
    height: float
    alone: bool
    cut: bool = False


def is_unread(own: LetterRow, other: LetterRow, score: Callable[[str], float], ink: StretchInk) -> bool:
    """Whether no reader could read a stretch of a line.

    `own` and `other` are what our reader and another one read there, `other` nothing where it was not asked; `score`
    gives the natural logarithm of a text's probability.
    """
    letters = [letter for letter in own if not letter.text.isspace()]
    known = [letter.confidence for letter in letters if letter.confidence is not None]
    if not known:
        return True
    sure = fmean(known)
    if len(letters) > FEW_SIGNS:
        if sure >= UNSURE or _alike(own, other) >= FOREIGN:
            return False
        if sure < GUESSED:
            return True
        if sum(letter.text.isalpha() for letter in letters) >= FEW_SIGNS:
            return score(text_of(own)) < NATS * len(own)
        return not _is_number(letters)
    if sure < SURE_OF_TALL and len(letters) + MORE_INK <= ink.pieces:
        return True
    if ink.height > TALL and (sure < SURE_OF_TALL or _STROKES.issuperset(text_of(letters))):
        return True
    if ink.cut and (ink.alone or sure < SURE_OF_TALL):
        return True
    number = all(letter.text.isdecimal() for letter in letters)
    return ink.alone and sure < (NUMBER_ALONE if number else ALONE)


def _is_number(letters: LetterRow) -> bool:
    return all(letter.text.isdecimal() or letter.text in _OF_NUMBERS for letter in letters)


def without_unread(
    row: LetterRow,
    score: Callable[[str], float],
    own: Sequence[ReadLetter] = (),
    other: Sequence[ReadLetter] = (),
) -> LetterRow:
    """A line without the words that could not be read, and without the white that they leave at its ends.

    `score` gives the natural logarithm of a text's probability; `own` and `other` are what our reader and another one
    read in the line, `other` nothing where it was not asked.
    """
    kept: LetterRow = []
    for word in (part for one in _words(row) for part in _parts(one, other, score)):
        if not (_is_unread(word, score) or (other and _is_two_guesses(word, own, other))):
            kept += word
    return tidied(kept)


def tidied(letters: Sequence[ReadLetter]) -> LetterRow:
    """Letters without white space at their ends, and one sign of it, a TAB if there is any, where there are more."""
    found: LetterRow = []
    for letter in letters:
        if letter.text.isspace() and (not found or found[-1].text.isspace()):
            if found and letter.text == "\t":
                found[-1] = letter
            continue
        found.append(letter)
    while found and found[-1].text.isspace():
        found.pop()
    return found


def _words(row: Sequence[ReadLetter]) -> Iterator[LetterRow]:
    """The row in pieces: words, and the white space between them one by one."""
    word: LetterRow = []
    for letter in row:
        if letter.text.isspace():
            if word:
                yield word
            yield [letter]
            word = []
        else:
            word.append(letter)
    if word:
        yield word


def _parts(word: LetterRow, other: Sequence[ReadLetter], score: Callable[[str], float]) -> list[LetterRow]:
    """A word in two where two readers see the same in one part of it, and ours is not sure of the other, which is no
    language: writing runs into print."""
    best, contrast = 0, 0.0
    for at in range(FEW_SIGNS, len(word) - FEW_SIGNS + 1):
        apart = abs(_sure(word[:at]) - _sure(word[at:]))
        if apart > contrast:
            best, contrast = at, apart
    if not best:
        return [word]
    parts = [word[:best], word[best:]]
    written, printed = sorted(parts, key=_sure)
    if len(written) < WRITTEN or _is_number(written):
        return [word]
    in_doubt = _sure(written) < NOT_SURE and score(text_of(written)) < NATS * len(written)
    read = _sure(printed) >= SURE_OF_PART
    alike = _alike(printed, _within(printed, other))
    return parts if in_doubt and read and alike >= SEEN_ALIKE else [word]


def _alike(one: Sequence[ReadLetter], other: Sequence[ReadLetter]) -> float:
    """Per cent that two readings of one place have in common; `A11` and `All` are seen alike."""
    return fuzz.ratio(*(text_of(letters).translate(_LOOK_ALIKE) for letters in (one, other)))


def _within(word: LetterRow, row: Sequence[ReadLetter]) -> LetterRow:
    """The letters of a row that stand where a word does."""
    box = box_around(letter.box for letter in word)
    if box is None:
        return []
    return [one for one in row if one.box and box.left <= (one.box.left + one.box.right) / 2 <= box.right]


def _sure(letters: LetterRow) -> float:
    return fmean(letter.confidence or 0.0 for letter in letters)


def _is_two_guesses(word: LetterRow, own: Sequence[ReadLetter], other: Sequence[ReadLetter]) -> bool:
    """Whether two readers see nothing alike where a word stands, and ours is not sure of what it sees."""
    letters = any(letter.text.isalpha() for letter in word) or (
        len(word) >= FEW_SIGNS and not _is_number(word)
    )
    if not letters or any(letter.confidence is None for letter in word):
        return False
    ours, theirs = _within(word, own), _within(word, other)
    if not ours or not theirs or _alike(ours, theirs) >= UNLIKE:
        return False
    sure = _sure(ours)
    return sure < (NOT_SURE if len(word) >= FEW_LETTERS else NOT_SURE_OF_FEW)


def _is_unread(word: LetterRow, score: Callable[[str], float]) -> bool:
    known = [letter.confidence for letter in word if letter.confidence is not None]
    if not known:
        return False
    sure = next((sure for count, sure in BOUNDS if len(word) >= count), 0.0)
    return fmean(known) < sure and score(text_of(word)) < NATS * len(word)
