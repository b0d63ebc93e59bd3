"""SPC001: a space between a letter and the mark drawn on it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from correction.clusters import legal, marks_wander, names_a_letter, wandering_marks
from correction.example import examples
from correction.glyphs import SPACES
from correction.rule import Context, Match, Rule, Stage
from model.edit import Safety
from model.thai import CONSONANTS, LEADING_VOWELS, MARKS, SARA_AM, TONES

_SPACE = re.compile(f"[{SPACES}]+(?=[{MARKS}{SARA_AM}])")
_CARRIER = re.compile(f"[{CONSONANTS}]([{MARKS}{SPACES}]*)\\Z")
_MARKS = re.compile(f"[{MARKS}]*(?:(?<=[{TONES}{SPACES}]){SARA_AM})?")
_GOES_ON = re.compile(f"[{CONSONANTS}{LEADING_VOWELS}\u0e30-\u0e33]")
_WIDEST = 2  # more spaces than this are a gap between columns
_LONGEST_RUN = 8


def _find(context: Context) -> Iterator[Match]:
    text = context.text
    for match in _SPACE.finditer(text):
        start, end = match.span()
        carrier = _CARRIER.search(text, max(start - _LONGEST_RUN, 0), start)
        marks = _MARKS.match(text, end)
        if carrier is None or marks is None:
            continue
        before = carrier[1].translate(_NO_SPACES)
        if not legal(before + marks[0]) or names_a_letter(text, start):
            continue
        # A mark alone between spaces may be a speck, or belong to an earlier letter; sara am is neither.
        sure = marks[0].endswith(SARA_AM) or (
            _GOES_ON.match(text, marks.end()) and not wandering_marks(context)
        )
        if sure and end - start <= _WIDEST:
            yield Match(start, end, "")
        elif not marks_wander(context):
            yield Match(start, end, "", confidence=0.8, safety=Safety.REVIEW)


_NO_SPACES = str.maketrans("", "", SPACES)

RULE = Rule(
    code="SPC001",
    name="space before mark",
    version=1,
    message="A space stands between a letter and its mark.",
    message_th="มีช่องว่างระหว่างตัวอักษรกับเครื่องหมาย",
    stage=Stage.MARK_SPACES,
    level=Safety.SAFE,
    find=_find,
    positive=examples(
        "จังหวัดเช[ →]ียงใหม่",
        "ผู[ →]้รับเหมา",
        "อ[ →]ำเภอเมือง",
        "น[ →]้ำประปา",
        "น[ →]ํ้าประปา",
        "ข้อบังค[ →]ับ",
        "ท[\u00a0→]ี่ดิน",
        "ในป[ →]ี 2562",
        "วัตถประสงค[ →]ุ[ →]์",
    ),
    negative=examples(
        "ในปี 2562 มีการจัดทำแผน",
        "สระ ิ และสระ ี",
        "ไม้เอก ่ ไม้โท ้",
        "ที่\n้ดิน",
        "  ี่",
        "ที\n ่ดิน",
        "ละติจูด 7 ํ 38 ่ 38.1",
        "ภาพพิมพ์ ้",
        "\u25cc ิ",
        "ก\tิ",
        "วัตถประสงค ุ ์ ศ ั ูนย งบเง ุ นอ ิ ดหน ุ ุน เพ⏎ืÉ สถานทีÉ",
    ),
    source="WTT 2.0: a mark follows the consonant that carries it.",
)
