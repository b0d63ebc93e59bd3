"""Names of provinces that stand without the word จังหวัด, whole or with damaged marks.

Free search for anything like a place name in running text is unsafe, so this asks for much: a name of at
least five letters without its marks (four, with white space or signs on both sides), a skeleton that is exactly
a province's, and a clean start and end.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from correction.places.anchors import dependent
from correction.places.letters import Gap, PlaceCharacters
from correction.places.lookup import Lookup, ends_well
from correction.places.slots import Slot, make_slot
from dictionaries.gazetteer import Gazetteer, Level
from dictionaries.spelling import skeleton
from model.thai import MARKS

_SHORTEST, _LONG_ENOUGH = 4, 5
_NEAR = 200
"""Characters within which a text that speaks of a place names another."""
_BEFORE = ("ที่", "ใน", "จาก", "และ", "หรือ", "กับ", "ไป", "ของ", "ถึง", "สู่", "ณ", "เมือง", "ภาค")


@lru_cache(maxsize=4)
def _pattern(gazetteer: Gazetteer) -> re.Pattern[str]:
    words = []
    for area in gazetteer.at(Level.PROVINCE):
        bare = skeleton(area.name)
        if len(bare) >= _SHORTEST:
            letters = [
                ("[\u0e32\u0e33]" if letter == "\u0e32" else letter) + f"[{MARKS}]*" for letter in bare
            ]
            words.append("".join(letters))
    words.sort(key=len, reverse=True)
    return re.compile("|".join(words))


def bare_slots(letters: PlaceCharacters, lookup: Lookup, taken: Sequence[Slot]) -> list[Slot]:
    """Slots for the provinces that stand bare, outside of what other slots hold."""
    covered = {at for slot in taken for at in range(slot.start, _end(slot))}
    found: list[Slot] = []
    for match in _pattern(lookup.gazetteer).finditer(letters.text):
        start, end = match.span()
        if start in covered or (end < len(letters.text) and dependent(letters.text[end])):
            continue
        exact = lookup.exact_at(Level.PROVINCE, letters, start, end)
        if not exact and not _among_places(start, taken, found):
            continue  # a damaged name alone in a text may be any word: กระบิ, สิรินทร
        if exact and exact[0].end == end:
            if not _starts_well(letters, start):
                continue
        elif not _may_be_damaged(letters, start, end) or _is_other(letters.text[start:end], lookup):
            continue
        if any(gap > Gap.LINE for gap in letters.gaps[start + 1 : end]):
            continue
        found.append(make_slot(None, Level.PROVINCE, letters, start, end, exact, lookup.confusions))
    return found


def _among_places(start: int, taken: Sequence[Slot], bare: Sequence[Slot]) -> bool:
    """Whether some other place stands near."""
    return any(slot.exact and abs(slot.start - start) <= _NEAR for slot in (*taken, *bare[-1:]))


def _end(slot: Slot) -> int:
    return slot.exact[0].end if slot.exact else min(slot.limit, slot.start + 12)


def _starts_well(letters: PlaceCharacters, start: int) -> bool:
    if (
        start == 0
        or letters.gaps[start] is not Gap.NONE
        or not "\u0e01" <= letters.text[start - 1] <= "\u0e4e"
    ):
        return True
    return letters.text.endswith(_BEFORE, 0, start)


def _may_be_damaged(letters: PlaceCharacters, start: int, end: int) -> bool:
    if len(skeleton(letters.text[start:end])) >= _LONG_ENOUGH:
        return _starts_well(letters, start) and ends_well(letters, end)
    text, gaps = letters.text, letters.gaps
    before = start == 0 or gaps[start] is not Gap.NONE or not "\u0e01" <= text[start - 1] <= "\u0e4e"
    return before and (end == len(text) or gaps[end] is not Gap.NONE or not "\u0e01" <= text[end] <= "\u0e4e")


def _is_other(name: str, lookup: Lookup) -> bool:
    """True when the letters are exactly a word, or the name of some other place."""
    return (
        name in lookup.lexicon
        or any(name in lookup.exact[level] for level in Level)
        or name in lookup.gazetteer.bodies_named
    )
