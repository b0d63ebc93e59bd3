"""Can a page's text layer be trusted? A score, and the reasons in words.

What is wrong with the character map but right in the glyphs has been repaired by then (`mapping`), and counts as a
remark. What is left are doubts (glyphs without a meaning, marks where no letter is, ink without a glyph, text that is
no language), which OCR of the same page settles (`contest`), and what no reading can settle: a layer that is not seen,
and one that is a stamp on a scan.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ocr.text_layer.alphabets import without_alphabets
from ocr.text_layer.claims import UNKNOWN
from ocr.text_layer.contest import likelihood
from ocr.text_layer.ink import InkCoverage
from ocr.text_layer.mapping import ABOVE, BELOW, Meaning

MOST_UNKNOWN = 0.02
"""Share of glyphs that may have no meaning: one glyph without a name costs its own place, not the page."""

MOST_DOUBTED = 0.005
"""Share of glyphs whose shape may speak against what they are said to be."""

MOST_IMPOSSIBLE = 0.005
"""Share of Thai letters that may stand where none can: a mark on nothing, a leading vowel before nothing. Of
156 sound pages of three kinds none has more than 0.1 %."""

MOST_STRANGE, FEW_STRANGE = 0.04, 12
"""Share of the letter-sized ink that may be in no glyph's box, and how many pieces are let pass: emblems, rules."""

MOST_PICTURED = 0.5
"""Share of the letter-sized ink that may be in pictures."""

LEAST_NATS, FEW_LETTERS = -3.0, 40
"""Mean log-likelihood of a letter below which a text of so many letters is no language. On 31 sound pages of twenty
kinds it is -2.4 at least, on those with a garbled map -4.1 and less."""

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
    """What a page and its layer say for themselves, in words.

    `score`: 1 for a layer that nothing speaks against, 0 for one of no use. `against`: why it is not the page's text,
    whatever else is read there. `doubts`: what OCR of the same page has to settle. `remarks`: what was repaired."""

    score: float
    against: tuple[str, ...]
    doubts: tuple[str, ...]
    remarks: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """True when nothing speaks against the layer."""
        return not self.against and not self.doubts


def judge(visible: Sequence[Meaning], text: str, coverage: InkCoverage | None) -> LayerVerdict:
    """Judge a page's layer by its glyphs that are to be seen, the `text` made of them, and how they account for the
    page's ink."""
    against: list[str] = []
    doubts = list(_doubts(visible, text, coverage))
    if not visible:
        against.append("all of the text is invisible, as OCR programs put it under a scan")
    if coverage is not None and coverage.pictured > MOST_PICTURED * coverage.letters:
        against.append(
            f"{coverage.pictured / coverage.letters:.1%} of the letters on the page stand in pictures"
        )
    score = 1.0 - sum(min(0.5, share) for share, _ in doubts) - 0.5 * len(against)
    return LayerVerdict(
        round(max(0.0, score), 4),
        tuple(against),
        tuple(words for _, words in doubts if words),
        _repairs(visible),
    )


def _doubts(
    visible: Sequence[Meaning], text: str, coverage: InkCoverage | None
) -> Iterator[tuple[float, str]]:
    """What speaks against the layer: each share, and in words where it is more than may be."""

    def held(share: float, most: float, words: str) -> tuple[float, str]:
        return share, f"{share:.1%} {words}" if share > most else ""

    count = max(1, len(visible))
    unknown = sum(UNKNOWN in meaning.text for meaning in visible) / count
    yield held(unknown, MOST_UNKNOWN, "of the glyphs have no known meaning")
    doubted = sum(meaning.doubt for meaning in visible) / count
    yield held(doubted, MOST_DOUBTED, "of the glyphs do not look like their letters")
    impossible = len(_IMPOSSIBLE.findall(without_alphabets(text))) / max(1, len(_THAI.findall(text)))
    yield held(impossible, MOST_IMPOSSIBLE, "of the Thai letters stand where none can")
    consonants = len(_CONSONANT.findall(text))
    if consonants >= MANY_LETTERS and len(_TONE.findall(text)) < LEAST_TONES * consonants:
        yield 0.2, "hardly any tone marks"
    nats = likelihood(text)
    if nats.letters >= FEW_LETTERS and nats.mean < LEAST_NATS:
        yield 0.2, f"it is no language ({nats.mean:.1f} nats a letter)"
    if coverage is not None:
        strange = max(0, coverage.strange - FEW_STRANGE) / max(1, coverage.letters)
        yield held(strange, MOST_STRANGE, "of the letters on the page are not in it")


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
