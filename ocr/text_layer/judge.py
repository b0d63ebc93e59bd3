"""Can a page's text layer be trusted? A score, and the reasons in words.

What is wrong with the character map but right in the glyphs has been repaired by then (`mapping`), and counts as a
remark. What counts against the layer is what is left: glyphs without a meaning, marks where no letter is, ink
without a glyph, text that nobody sees, and OCR that reads something else.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ocr.text_layer.glyphs import GlyphPage
from ocr.text_layer.ink import InkCoverage
from ocr.text_layer.mapping import ABOVE, BELOW, UNKNOWN, Meaning

MOST_UNKNOWN = 0.001
"""Share of glyphs that may have no meaning."""

MOST_DOUBTED = 0.005
"""Share of glyphs whose shape may speak against what they are said to be."""

MOST_IMPOSSIBLE = 0.005
"""Share of Thai letters that may stand where none can: a mark on nothing, a leading vowel before nothing. Of
156 sound pages of three kinds none has more than 0.1 %."""

MOST_STRANGE, FEW_STRANGE = 0.04, 12
"""Share of the letter-sized ink that may be in no glyph's box, and how many pieces are let pass: emblems, rules."""

MOST_UNSEEN = 0.05
"""Share of the glyphs that may have no ink."""

MOST_HIDDEN = 0.2
"""Share of the glyphs that may be drawn invisibly: more is what a scanner's OCR put there."""

LEAST_AGREEMENT = 0.85
"""Share of letters on which OCR must agree on the document's sample. OCR itself is 93 to 99 % right there."""

MANY_LETTERS = 300
LEAST_TONES = 0.02
"""Tone marks to a consonant, on pages with that many consonants: prose has 0.11, lists of places 0.07 to 0.08."""

_CONSONANT = re.compile("[ก-ฮ]")
_TONE = re.compile("[่-๋]")
_THAI = re.compile("[ก-๛]")
_MARKS = "".join(sorted(ABOVE | BELOW))
_IMPOSSIBLE = re.compile(
    f"(?<![ก-ฮ{_MARKS}])[{_MARKS}]"  # a mark on no letter
    f"|[เ-ไ](?=[\\s{_MARKS}]|$)"  # a leading vowel before no letter
    "|[่-๋]{2}|[ะำ][ะาำ]|า[าำ]"
    "|(?<=[ก-ฮ])[\u00a1-\u02dd](?=[ก-ฮ])"  # a Latin letter that takes a Thai one's place
)


@dataclass(frozen=True, slots=True)
class LayerVerdict:
    """`score`: 1 for a layer that nothing speaks against, 0 for one of no use. `against`: why not to trust it, in
    words; empty when it is trusted. `mendable`: what OCR reads in the glyphs' places may still mend it. `remarks`: what
    was repaired."""

    score: float
    against: tuple[str, ...]
    mendable: bool
    remarks: tuple[str, ...]

    @property
    def trusted(self) -> bool:
        """True when nothing speaks against the layer."""
        return not self.against


def judge(
    page: GlyphPage, meanings: Sequence[dict[int, Meaning]], text: str, coverage: InkCoverage | None
) -> LayerVerdict:
    """Judge a page's layer by its glyphs, the `text` made of them, and how they account for the page's ink."""
    drawn = [meanings[glyph.font][glyph.code] for glyph in page.glyphs]
    against: list[str] = []
    score = 1.0

    def hold(share: float, most: float, words: str) -> None:
        nonlocal score
        score -= min(0.5, share)
        if share > most:
            against.append(words.format(f"{100 * share:.1f} %"))

    count = max(1, len(drawn))
    hidden = sum(glyph.hidden for glyph in page.glyphs) / count
    hold(hidden, MOST_HIDDEN, "{} of the text is invisible, as OCR programs put it under a scan")
    visible = [m for m, glyph in zip(drawn, page.glyphs, strict=True) if not glyph.hidden]
    hold(
        sum(UNKNOWN in m.text for m in visible) / count,
        MOST_UNKNOWN,
        "{} of the glyphs have no known meaning",
    )
    hold(
        sum(m.doubt for m in visible) / count, MOST_DOUBTED, "{} of the glyphs do not look like their letters"
    )
    thai = len(_THAI.findall(text))
    hold(
        len(_IMPOSSIBLE.findall(text)) / max(1, thai), MOST_IMPOSSIBLE,
        "{} of the Thai letters stand where none can",
    )  # fmt: skip
    consonants = len(_CONSONANT.findall(text))
    if consonants >= MANY_LETTERS and len(_TONE.findall(text)) < LEAST_TONES * consonants:
        score -= 0.2
        against.append("hardly any tone marks")
    if coverage is None:
        return LayerVerdict(
            round(max(0.0, score), 4), tuple(against), hidden <= MOST_HIDDEN, _repairs(visible)
        )
    in_the_glyphs = len(against)
    strange = max(0, coverage.strange - FEW_STRANGE) / max(1, coverage.letters)
    hold(strange, MOST_STRANGE, "{} of the letters on the page are not in it")
    hold(coverage.unseen / max(1, coverage.glyphs), MOST_UNSEEN, "{} of it cannot be coverage on the page")
    mendable = hidden <= MOST_HIDDEN and len(against) == in_the_glyphs
    return LayerVerdict(round(max(0.0, score), 4), tuple(against), mendable, _repairs(visible))


def _repairs(drawn: Sequence[Meaning]) -> tuple[str, ...]:
    """What was repaired, the most frequent first: `263 x U+0E33 is า (the font's own map)`."""
    found = Counter(
        (m.claim, m.text, m.how) for m in drawn if m.repaired and m.text != UNKNOWN and m.text.strip()
    )
    return tuple(
        f"{count} x {_codes(claim)} is {text} ({how})" for (claim, text, how), count in found.most_common(12)
    )


def _codes(claim: str | None) -> str:
    return (
        "no character" if claim is None else " ".join(f"U+{ord(letter):04X}" for letter in claim) or "nothing"
    )
