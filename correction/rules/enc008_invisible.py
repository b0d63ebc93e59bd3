"""ENC008: characters that are drawn as nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from correction.example import examples
from correction.glyphs import CONTROLS, ZERO_WIDTH
from correction.rule import Context, Match, Rule, Stage
from model.edit import Safety
from model.private_use import PRIVATE_USE
from model.thai import CONSONANTS, MARKS, THAI

_RUN = re.compile(f"[{ZERO_WIDTH}{CONTROLS}]+")
_SHAPES = re.compile("[\u200c-\u200f]")
# Between these neither joiners nor direction marks change what is drawn. Elsewhere (Arabic, Indic
# scripts, emoji) they may.
_INDIFFERENT = re.compile(f"[{THAI}{''.join(PRIVATE_USE)}\u0009-\u024f\u2010-\u2027€]")
# pdfium writes U+0002 for a hyphen that breaks a word at a line's end: that one is drawn.
_HYPHEN = re.compile("\u0002\r?\n")

_PLACEHOLDER = re.compile(f"(?<=[{CONSONANTS}])\u25cc(?=[{MARKS}])")


def _find(context: Context) -> Iterator[Match]:
    text = context.text
    for match in _RUN.finditer(text):
        start, end = match.span()
        if _HYPHEN.match(text, end - 1):
            end -= 1
        if start == end:
            continue
        if _SHAPES.search(text, start, end) and not _indifferent(text, start, end):
            continue
        yield Match(start, end, "")
    for match in _PLACEHOLDER.finditer(text):
        message = "A dotted circle is what a program draws under a mark that it cannot place."
        yield Match(*match.span(), "", confidence=0.97, message=message, safety=Safety.REVIEW)


def _indifferent(text: str, start: int, end: int) -> bool:
    before = start == 0 or _INDIFFERENT.match(text, start - 1)
    behind = end == len(text) or _INDIFFERENT.match(text, end)
    return bool(before and behind)


RULE = Rule(
    code="ENC008",
    name="character without a glyph",
    version=2,
    message="A character that is drawn as nothing.",
    message_th="อักขระที่มองไม่เห็น",
    stage=Stage.INVISIBLE,
    level=Safety.SAFE,
    find=_find,
    positive=examples(
        "องค์การ[\u200b→]บริหาร",
        "[\ufeff→]เทศบาล",
        "เทศ[\u200d\u2060→]บาล",
        "งบ[\u0003→]ประมาณ",
        "Chiang[\u200e→] เมือง",
        "การประช[\u25cc→]ุมสภา",
    ),
    negative=examples(
        "ลำดับ\tชื่อ\r\nหน้า\fหมู่\u000bบ้าน",
        "\U0001f468\u200d\U0001f469",
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        "inter\u0002\nnational",
        "สระ \u25ccิ และ \u25ccี",
    ),
)
