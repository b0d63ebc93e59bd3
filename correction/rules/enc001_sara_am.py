"""ENC001: sara am in two parts.

No Thai model of Tesseract knows sara am, it always reads nikhahit and sara aa; many PDF text layers hold it
so too. Pali written in Thai letters has nikhahit alone, never before sara aa.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from correction.clusters import marks_wander, wandering_marks
from correction.example import examples
from correction.glyphs import SPACES
from correction.rule import Context, Match, Rule, Stage
from model.edit import Safety
from model.thai import NIKHAHIT, SARA_AA, SARA_AM, TONES

# Nikhahit, perhaps with tone marks on either side, then sara aa (or, nikhahit being doubled, sara am).
# Spaces may stand in between but not a line end: what is drawn on two lines is not one vowel. Behind another
# sara aa or sara am there is no letter to carry it.
_SPLIT = re.compile(
    f"(?<![{SARA_AA}{SARA_AM}{TONES}])[{TONES}]*"
    f"{NIKHAHIT}[{NIKHAHIT}{TONES}{SPACES}]*[{SARA_AA}{SARA_AM}][{TONES}]*"
)
_TONE = re.compile(f"[{TONES}]")


def _find(context: Context) -> Iterator[Match]:
    for match in _SPLIT.finditer(context.text):
        tones = set(_TONE.findall(match[0]))
        if len(tones) > 1:  # which one is right nobody can tell here
            continue
        after = "".join(tones) + SARA_AM
        if not any(space in match[0] for space in SPACES) or _on_its_letter(context, match):
            yield Match(match.start(), match.end(), after)
        elif not marks_wander(context):
            yield Match(
                match.start(),
                match.end(),
                after,
                confidence=0.5,
                message="Nikhahit and sara aa stand apart: sara am, or the mark belongs elsewhere.",
                safety=Safety.REVIEW,
            )


def _on_its_letter(context: Context, match: re.Match[str]) -> bool:
    """False for a nikhahit with spaces on both sides, as in `รายจ ํ าย` for `รายจ่าย`: it may have wandered."""
    raw = context.view.raw
    start = context.raw_span(match.start(), match.end()).start
    return not (start > 0 and raw[start - 1] in SPACES) and not wandering_marks(context)


RULE = Rule(
    code="ENC001",
    name="compose sara am",
    version=1,
    message="Sara am is written as nikhahit and sara aa.",
    message_th="สระอำเขียนเป็นนิคหิตกับสระอา",
    stage=Stage.VOWELS,
    level=Safety.SAFE,
    find=_find,
    positive=examples(
        "เทศบาลต[ํา→ำ]บลชมภู",
        "แหล่งน[ํ้า→้ำ]ของหมู่บ้าน",
        "แหล่งน[้ํา→้ำ]ของหมู่บ้าน",
        "น[้ํ้า→้ำ]ประปา",
        "บริษัทจ[ํ า→ำ]กัด",
        "การท[ํ า→ำ]งาน",
        "น [ํ้า→้ำ]ท่วม",
        "ส[ํํา→ำ]นักงาน",
        "ส[ํำ→ำ]นักงาน",
        "น[ํา้→้ำ]ท่วม",
        "งบรายจ [ํ า→ำ]ย",
    ),
    negative=examples(
        "เทศบาลตำบลชมภู จัดทำแผนงาน น้ำประปา",
        "พุทฺธํ สรณํ คจฺฉามิ ธมฺมํ สรณํ คจฺฉามิ สงฺฆํ สรณํ คจฺฉามิ",
        "เอวํ อาราธนํ กโรมิ อาคจฺฉนฺตุ",
        "สํ\nานักงาน",
        "นํ่้าท่วม",
        "ละติจูด 7 ํ 38",
        "ำํ่า",
    ),
    source="Unicode Character Database: U+0E33 has the compatibility decomposition U+0E4D U+0E32.",
)
