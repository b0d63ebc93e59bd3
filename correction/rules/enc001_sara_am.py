"""ENC001: sara am in two parts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from correction.glyphs import NIKHAHIT, SARA_AA, SARA_AM, SPACES, TONES
from correction.rule import Context, Example, Finding, Rule, Stage
from model.edit import Safety

# Nikhahit, perhaps with tone marks on either side, then sara aa (or, nikhahit being doubled, sara am).
# Spaces may stand in between but not a line end: what is drawn on two lines is not one vowel.
_SPLIT = re.compile(f"[{TONES}]*{NIKHAHIT}[{NIKHAHIT}{TONES}{SPACES}]*[{SARA_AA}{SARA_AM}][{TONES}]*")
_TONE = re.compile(f"[{TONES}]")


def _find(context: Context) -> Iterator[Finding]:
    for match in _SPLIT.finditer(context.text):
        tones = set(_TONE.findall(match[0]))
        if len(tones) <= 1:  # two different tones on one letter: which one is right nobody can tell here
            yield Finding(match.start(), match.end(), "".join(tones) + SARA_AM)


ENC001 = Rule(
    code="ENC001",
    name="compose sara am",
    version=1,
    message="Sara am is written as nikhahit and sara aa.",
    stage=Stage.SARA_AM,
    level=Safety.SAFE,
    find=_find,
    fires=(Example("เทศบาลตําบลชมภู", 8, 10, "ำ"),),
    silent=("เทศบาลตำบลชมภู",),
)
