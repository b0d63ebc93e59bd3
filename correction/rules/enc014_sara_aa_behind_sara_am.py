"""ENC014: sara aa behind sara am, its own second half (`สำานักงาน`).

Fonts that draw sara am as nikhahit and sara aa, and programs that map the nikhahit alone to sara am, leave it in what
is copied or exported. No Thai syllable has both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from correction.example import examples
from correction.glyphs import CONTROLS, SPACES, ZERO_WIDTH
from correction.rule import Context, Match, Rule, Stage
from model.edit import Safety
from model.thai import CONSONANTS, LEADING_VOWELS, SARA_AA, SARA_AM, TONES

# More than one sara aa is drawn out in speech (ขำาาา), and what comes behind it is no longer known. What is drawn as
# nothing parts no two letters.
_BOTH = re.compile(
    f"(?<=[{CONSONANTS}])(?P<before>[{TONES}]?){SARA_AM}(?P<between>[{TONES}]?)"
    f"(?:{SARA_AA}|[{SPACES}]{{1,2}}{SARA_AA}(?=[{CONSONANTS}{LEADING_VOWELS}]))"
    f"(?![{SPACES}{ZERO_WIDTH}{CONTROLS}]*[{SARA_AA}{SARA_AM}{TONES}\u0e30])"
)


_TWICE = re.compile(f"(?<=[{CONSONANTS}])([{TONES}]?){SARA_AM}{{2}}(?=[{CONSONANTS}])")
"""Drawn otherwise than once: a person looks."""


def _find(context: Context) -> Iterator[Match]:
    for match in _BOTH.finditer(context.text):
        tones = set(match["before"] + match["between"])
        if len(tones) < 2:
            yield Match(match.start(), match.end(), "".join(tones) + SARA_AM)
    for match in _TWICE.finditer(context.text):
        yield Match(match.start(), match.end(), match[1] + SARA_AM, confidence=0.97, safety=Safety.REVIEW)


RULE = Rule(
    code="ENC014",
    name="sara aa or sara am behind sara am",
    version=3,
    message="Sara am, or the sara aa that it ends in, stands there once more.",
    message_th="มีสระอาหรือสระอำซ้ำหลังสระอำ",
    stage=Stage.MARK_ORDER,
    level=Safety.SAFE,
    find=_find,
    positive=examples(
        "ส[ำา→ำ]นักงานเขตชำระเงินประจ[ำา→ำ]ปี",
        "น[ำ้า→้ำ]ประปา น[้ำา→้ำ]ท่วม",
        "ข้อก[ำ า→ำ]หนด จ[ำ า→ำ]นวน",
        "จ[ำำ→ำ]นวนน[้ำำ→้ำ]ที่ใช้",
    ),
    negative=examples(
        "สำนักงานเขตชำระเงินประจำปี ทำอาหาร น้ำอาบ",
        "ขำาาา ขำำำ",
        "คำว่า ทำ า และ อำ  า",
        "น้ำ้า่",
        "นำ่้า",
        "ทำา ่อ ทำา\u200b้อ",
    ),
)
