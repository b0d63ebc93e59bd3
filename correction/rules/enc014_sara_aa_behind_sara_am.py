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
from model.thai import CONSONANTS, SARA_AA, SARA_AM, TONES

# More than one sara aa is drawn out in speech (ขำาาา), and what comes behind it is no longer known. What is drawn as
# nothing parts no two letters.
_BOTH = re.compile(
    f"(?<=[{CONSONANTS}])(?P<before>[{TONES}]?){SARA_AM}(?P<between>[{TONES}]?){SARA_AA}"
    f"(?![{SPACES}{ZERO_WIDTH}{CONTROLS}]*[{SARA_AA}{SARA_AM}{TONES}\u0e30])"
)


def _find(context: Context) -> Iterator[Match]:
    for match in _BOTH.finditer(context.text):
        tones = set(match["before"] + match["between"])
        if len(tones) < 2:
            yield Match(match.start(), match.end(), "".join(tones) + SARA_AM)


RULE = Rule(
    code="ENC014",
    name="sara aa behind sara am",
    version=1,
    message="Sara am ends in the sara aa that stands behind it once more.",
    message_th="มีสระอาซ้ำหลังสระอำ",
    stage=Stage.MARK_ORDER,
    level=Safety.SAFE,
    find=_find,
    positive=examples(
        "ส[ำา→ำ]นักงานเขตชำระเงินประจ[ำา→ำ]ปี",
        "น[ำ้า→้ำ]ประปา น[้ำา→้ำ]ท่วม",
    ),
    negative=examples(
        "สำนักงานเขตชำระเงินประจำปี ทำอาหาร น้ำอาบ",
        "ขำาาา",
        "น้ำ้า่",
        "นำ่้า",
        "ทำา ่อ ทำา\u200b้อ",
    ),
)
