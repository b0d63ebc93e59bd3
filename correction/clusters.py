"""What may stand around a mark: helpers that several rules share."""

from __future__ import annotations

import re
from itertools import islice

from correction.glyphs import SPACES
from correction.rule import Context
from model.thai import CONSONANTS, MARKS, TONES, VOWELS_ABOVE_BELOW

# The marks one consonant can carry in Thai and in Pali written in Thai letters, after WTT 2.0.
_LEGAL = re.compile(
    f"[{VOWELS_ABOVE_BELOW}]?(?:[{TONES}]?|\u0e4c)"  # a vowel with a tone mark or thanthakhat
    f"|[{TONES}]?\u0e33|\u0e47|\u0e3a|\u0e4e|[\u0e34\u0e38]?\u0e4d[{TONES}]?"
)
# A mark on nothing (a line's start, a digit, a Latin letter; a dotted circle is drawn to carry one), or a
# second vowel behind a space. Latin capital E with acute and circumflex are what mai tho and mai ek come
# out as in text layers whose shifted marks have no entry in the character map.
_WANDERING = re.compile(
    f"(?<![{CONSONANTS}{MARKS}{SPACES}\u25cc\u0e24\u0e26-])[{MARKS}]+"
    f"|(?<![{CONSONANTS}{MARKS}{SPACES}\u25cc])[{SPACES}]+[{MARKS}]+"
    f"|[{VOWELS_ABOVE_BELOW}][{TONES}]?[{SPACES}]+[{VOWELS_ABOVE_BELOW}]"
    f"|[{CONSONANTS}{MARKS}][\u00c9\u00ca]"
)
# Words after which a lone letter or mark is spoken of, not written with.
_NAMES_A_LETTER = re.compile(
    "(?:สระ|ไม้เอก|ไม้โท|ไม้ตรี|ไม้จัตวา|ไม้ม้วน|ไม้มลาย|ไม้ไต่คู้|ไม้หันอากาศ|ไม้ผัด|วรรณยุกต์|ทัณฑฆาต|การันต์|นิคหิต"
    "|นฤคหิต|หยาดน้ำค้าง|พินทุ|ยามักการ|ฝนทอง|ฟันหนู|ตีนเหยียด|ตีนคู้|ลากข้าง|พินทุอิ|รูป|เครื่องหมาย|อักษร|พยัญชนะ"
    f"|ตัว|คือ)[{SPACES}\"'“‘]*(?:[\u0e30-\u0e39\u0e40-\u0e44{MARKS}][{SPACES}]+)*\\Z"  # and those with it
)
_TWO_ALONE = re.compile(
    f"(?<![\u0e01-\u0e4e])([\u0e01-\u0e4e])[{SPACES}\n]+([\u0e01-\u0e4e])[{SPACES}\n]*\\Z"
)
_GAP = 4
_REACH = 40  # characters: the longest name and a list of vowels
MANY_WANDERING_MARKS = 3


def legal(marks: str) -> bool:
    """True when one consonant can carry these marks, in this order (a sara am may end them)."""
    return _LEGAL.fullmatch(marks) is not None


def find_wandering_marks(text: str) -> tuple[tuple[int, int], ...]:
    """Where marks stand that fit on nothing, as (start, end) of the text; the first few only.

    Marks that are spoken of, as in a primer, are not meant.
    """
    spans = (m.span() for m in _WANDERING.finditer(text) if not names_a_letter(text, m.start()))
    return tuple(islice(spans, MANY_WANDERING_MARKS))


def wandering_marks(context: Context) -> tuple[tuple[int, int], ...]:
    """`find_wandering_marks` of the context's text."""
    return context.shared(_of_context)


def _of_context(context: Context) -> tuple[tuple[int, int], ...]:
    return find_wandering_marks(context.text)


def marks_wander(context: Context) -> bool:
    """True when a page shows that its marks do not stand where they were drawn.

    Some PDF text layers give marks late: `วัตถประสงค ุ ์` for `วัตถุประสงค์`. On such a page a space in front
    of a mark does not say which letter the mark belongs to. Marks that fit nowhere give it away; one or
    two of them may be specks on the paper.
    """
    return len(wandering_marks(context)) >= MANY_WANDERING_MARKS


def names_a_letter(text: str, at: int) -> bool:
    """True when the words right before `at` introduce a letter or mark as such, as primers do, or it goes on with a
    list of characters in the alphabet's order."""
    return _NAMES_A_LETTER.search(text, max(at - _REACH, 0), at) is not None or _goes_on_with_a_list(text, at)


def _goes_on_with_a_list(text: str, at: int) -> bool:
    two = _TWO_ALONE.search(text, max(at - _REACH, 0), at)
    return two is not None and two[1] < two[2] < text[at : at + _GAP].lstrip()[:1]
