"""ENC007: marks and letters in the private codes of Thai fonts made before OpenType."""

from __future__ import annotations

import re
from collections.abc import Iterator

from correction.example import examples
from correction.glyphs import SPACES
from correction.rule import Context, Match, Rule, Stage
from model.edit import Safety
from model.private_use import PRIVATE_USE
from model.thai import MARKS, THAI

_RUN = re.compile(f"[{''.join(PRIVATE_USE)}]+")
_THAI_BEFORE = re.compile(f"[{THAI}][{SPACES}]?\\Z")
_THAI_BEHIND = re.compile(f"[{SPACES}]?[{THAI}]")
_MARK = re.compile(f"[{MARKS}]")


def _find(context: Context) -> Iterator[Match]:
    text = context.text
    for match in _RUN.finditer(text):
        start, end = match.span()
        after = "".join(PRIVATE_USE[form] for form in match[0])
        in_thai = _THAI_BEFORE.search(text, max(start - 2, 0), start) is not None
        if not in_thai and not _MARK.match(after):
            in_thai = _THAI_BEHIND.match(text, end) is not None
        # Elsewhere the codes are other things (function keys on Apple's systems): ask. One finding a
        # character, so that later stages can mend two of them apart.
        for at, letter in enumerate(after, start):
            if in_thai:
                yield Match(at, at + 1, letter)
            else:
                yield Match(at, at + 1, letter, confidence=0.7, safety=Safety.REVIEW)


RULE = Rule(
    code="ENC007",
    name="private-use glyph",
    version=1,
    message="A Thai letter or mark stands in a font's private code.",
    message_th="ตัวอักษรไทยเก็บไว้ในรหัสเฉพาะของฟอนต์",
    stage=Stage.CHARACTERS,
    level=Safety.SAFE,
    find=_find,
    positive=examples(
        "แผนกลยุทธ[\uf70e→์]องค์กร",
        "การป[\uf701→ิ]ดประชุม",
        "ผู[\uf70b→้]ใหญ่บ้าน",
        "ป[\uf710→ั][\uf714→้]น",
        "[\uf70f→ญ]าติผู้ใหญ่",
        "ที[\uf88b→่]ดิน",
        "press [\uf701→ิ] key",
        "ท\n[\uf70a→่]",
    ),
    negative=examples(
        "แผนกลยุทธ์องค์กร",
        "\uf0b7 กรุงเทพฯ",
        "\uf71b",
    ),
    source="HarfBuzz, src/hb-ot-shape-complex-thai.cc, thai_pua_shape; Adobe Glyph List (thai).",
)
