"""Where a text announces a place: the words for a level or a body, whole, abbreviated or damaged.

`จังหวัด`, `จ.`, `อำเภอ`, `อ.`, `ตำบล`, `ต.`, `เขต`, `แขวง`, `เทศบาลตำบล`, `อบต.` and so on, found in the letters of a
text (`PlaceCharacters`), so that white space inside them does not matter. Lost or false marks are read over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from correction.places.letters import Gap, PlaceCharacters
from dictionaries.gazetteer import BodyClass, Level

_M = "[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]?"


def _word(letters: str) -> str:
    """A pattern for a word whose marks may be lost, false or doubled; sara am may have become sara aa."""
    bare = re.sub("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]", "", letters)
    # The last letter takes no mark: that would be the first letter's of a name that lost its consonant.
    return "".join(f"[\u0e32\u0e33]{_M}" if c == "\u0e33" else c + _M for c in bare).removesuffix(_M)


_NOT_INSIDE = "(?<![\u0e01-\u0e4e.])"  # an abbreviation starts where no letter stands before it

# Longer words first: the first alternative that fits at a place wins.
_PREFIXES: tuple[tuple[str, Level, BodyClass | None, str], ...] = (
    ("องค์การบริหารส่วนจังหวัด", Level.PROVINCE, BodyClass.PROVINCE, ""),
    ("องค์การบริหารส่วนตำบล", Level.SUBDISTRICT, BodyClass.SUBDISTRICT, ""),
    ("เทศบาลตำบล", Level.SUBDISTRICT, BodyClass.SUBDISTRICT_TOWN, ""),
    ("เทศบาลเมือง", Level.SUBDISTRICT, BodyClass.TOWN, ""),
    ("เทศบาลนคร", Level.SUBDISTRICT, BodyClass.CITY, ""),
    ("เมือง", Level.SUBDISTRICT, BodyClass.SPECIAL, "เมือง(?=พัทยา)"),
    ("จังหวัด", Level.PROVINCE, None, ""),
    ("กิ่งอำเภอ", Level.DISTRICT, None, f"ก(?:ิ่?|ี่)ง{_word('อำเภอ')}"),
    ("อำเภอ", Level.DISTRICT, None, ""),
    ("ตำบล", Level.SUBDISTRICT, None, ""),
    ("แขวง", Level.SUBDISTRICT, None, ""),
    ("เขต", Level.DISTRICT, None, ""),
    ("อบจ.", Level.PROVINCE, BodyClass.PROVINCE, r"อบจ\.?|อ\.บ\.จ\."),
    ("อบต.", Level.SUBDISTRICT, BodyClass.SUBDISTRICT, r"อบต\.?|อ\.บ\.ต\."),
    ("ทต.", Level.SUBDISTRICT, BodyClass.SUBDISTRICT_TOWN, r"ทต\.|ท\.ต\."),
    ("ทม.", Level.SUBDISTRICT, BodyClass.TOWN, r"ทม\.|ท\.ม\."),
    ("ทน.", Level.SUBDISTRICT, BodyClass.CITY, r"ทน\.|ท\.น\."),
    ("จว.", Level.PROVINCE, None, r"จว\.|จ\.ว\."),
    ("จ.", Level.PROVINCE, None, r"จ\."),
    ("อ.", Level.DISTRICT, None, r"(?:กิ่ง)?อ\."),
    ("ต.", Level.SUBDISTRICT, None, r"ต\."),
    ("ข.", Level.DISTRICT, None, r"ข\."),
    # Bangkok stands without a word before it.
    ("", Level.PROVINCE, None, rf"(?<!จังหวัด)(?<!จ\.)(?=(?:{_word('กรุงเทพ')}|กทม\.))"),
)
_PATTERN = re.compile("|".join(f"({pattern or _word(word)})" for word, _, _, pattern in _PREFIXES))
# Thai letters, and one sign that a letter may have been taken for: ตำบลแม่หล่า& for แม่หล่าย.
_WHOLE_WITH_PATTERN = frozenset({"เมือง", "กิ่งอำเภอ"})
_RUN = re.compile("[\u0e01-\u0e4e]*(?:(?<=[\u0e01-\u0e4e])[&/|0-9A-Za-z](?![0-9A-Za-z&/%]))?")
_DEPENDENT = frozenset(
    map(chr, (0xE30, 0xE31, 0xE32, 0xE33, *range(0xE34, 0xE3B), 0xE45, *range(0xE47, 0xE4F)))
)


@dataclass(frozen=True, slots=True)
class PlaceAnchor:
    """A word that announces a place: which level, or which class of body; offsets of letters.

    The name is looked for from `end` on and cannot reach beyond `limit`. `word` is how the word is written
    when it is right; `whole` says that it is a full word and not an abbreviation, `sound` that it stands
    there as it should, without lost marks, `followed` that the limit is the next anchor, `closed` that this one
    is an abbreviation, into which no name can reach.
    """

    level: Level
    body: BodyClass | None
    word: str
    start: int
    end: int
    limit: int
    whole: bool
    sound: bool
    followed: bool = False
    closed: bool = False


def dependent(letter: str) -> bool:
    """True for a vowel or mark that belongs to the consonant before it: no name starts or ends before it."""
    return letter in _DEPENDENT


def _stands_free(letters: PlaceCharacters, start: int, end: int, index: int) -> bool:
    """False where the letters of an anchor belong to something else, or are too far apart."""
    text, gaps = letters.text, letters.gaps
    word, _, _, pattern = _PREFIXES[index]
    if not pattern or not word or word in _WHOLE_WITH_PATTERN:
        return not any(gap > Gap.LINE for gap in gaps[start + 1 : end])
    before = text[start - 1] if start else " "
    if gaps[start] is Gap.NONE and ("\u0e01" <= before <= "\u0e4e" or before == "."):
        return False  # the end of another abbreviation: ผอ., พล.ต.ต.
    return all(
        not gaps[at] or (gaps[at] is Gap.SPACE and text[at - 1] == ".") for at in range(start + 1, end)
    )


def find_anchors(letters: PlaceCharacters) -> list[PlaceAnchor]:
    """All anchors of a text, in order of place. The limit of each is the next anchor, the end of the Thai letters
    or a gap that no name spans (a column, an empty line)."""
    found: list[tuple[int, int, int, str]] = []
    text, gaps = letters.text, letters.gaps
    at = 0
    while (match := _PATTERN.search(text, at)) is not None:
        index = (match.lastindex or 1) - 1
        start, end = match.span()
        # What is refused may hide what begins inside it: งอบจังหวัด is not อบจ.
        at = start + 1
        if _stands_free(letters, start, end, index):
            found.append((start, end, index, match.group()))
            at = max(end, start + 1)
    anchors = []
    for position, (start, end, index, written) in enumerate(found):
        word, level, body, pattern = _PREFIXES[index]
        run = _RUN.match(text, end)
        limit = run.end() if run else end
        following = found[position + 1][0] if position + 1 < len(found) else -1
        closed = following >= 0 and _PREFIXES[found[position + 1][2]][0].endswith(".")
        if following >= 0:
            limit = min(limit, following)
        for at in range(end, limit):
            if gaps[at] > Gap.LINE or (gaps[at] and not "\u0e01" <= text[at] <= "\u0e4e"):
                limit = at
                break
        sound = bool(pattern) or written == word
        anchors.append(
            PlaceAnchor(level, body, word, start, end, limit, not pattern, sound, limit == following, closed)
        )
    return anchors
