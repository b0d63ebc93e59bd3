"""ENC001: sara am in two parts.

No Thai model of Tesseract knows sara am, it always reads nikhahit and sara aa; many PDF text layers hold it
so too. Pali written in Thai letters has nikhahit alone, never before sara aa.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from correction.clusters import marks_wander, wandering_marks
from correction.glyphs import NIKHAHIT, SARA_AA, SARA_AM, SPACES, TONES
from correction.rule import Context, Example, Finding, Rule, Stage
from model.edit import Safety

# Nikhahit, perhaps with tone marks on either side, then sara aa (or, nikhahit being doubled, sara am).
# Spaces may stand in between but not a line end: what is drawn on two lines is not one vowel. Behind another
# sara aa or sara am there is no letter to carry it.
_SPLIT = re.compile(
    f"(?<![{SARA_AA}{SARA_AM}{TONES}])[{TONES}]*"
    f"{NIKHAHIT}[{NIKHAHIT}{TONES}{SPACES}]*[{SARA_AA}{SARA_AM}][{TONES}]*"
)
_TONE = re.compile(f"[{TONES}]")


def _find(context: Context) -> Iterator[Finding]:
    for match in _SPLIT.finditer(context.text):
        tones = set(_TONE.findall(match[0]))
        if len(tones) > 1:  # which one is right nobody can tell here
            continue
        after = "".join(tones) + SARA_AM
        if not any(space in match[0] for space in SPACES) or _on_its_letter(context, match):
            yield Finding(match.start(), match.end(), after)
        elif not marks_wander(context):
            yield Finding(
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


ENC001 = Rule(
    code="ENC001",
    name="compose sara am",
    version=1,
    message="Sara am is written as nikhahit and sara aa.",
    stage=Stage.VOWELS,
    level=Safety.SAFE,
    find=_find,
    fires=(
        Example("เทศบาลตําบลชมภู", 7, 9, "ำ"),
        Example("แหล่งนํ้าของหมู่บ้าน", 6, 9, "้ำ"),
        Example("แหล่งน้ําของหมู่บ้าน", 6, 9, "้ำ"),
        Example("น้ํ้าประปา", 1, 5, "้ำ"),
        Example("บริษัทจํ ากัด", 7, 10, "ำ"),
        Example("การทํ างาน", 4, 7, "ำ"),
        Example("น ํ้าท่วม", 2, 5, "้ำ"),
        Example("สํํานักงาน", 1, 4, "ำ"),
        Example("สํำนักงาน", 1, 3, "ำ"),
        Example("นํา้ท่วม", 1, 4, "้ำ"),
        Example("งบรายจ ํ าย", 7, 10, "ำ"),
    ),
    silent=(
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
