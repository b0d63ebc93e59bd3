"""ENC007: marks and letters in the private codes of Thai fonts made before OpenType."""

from __future__ import annotations

import re
from collections.abc import Iterator

from correction.glyphs import MARKS, SPACES, THAI
from correction.rule import Context, Example, Finding, Rule, Stage
from dictionaries.private_use import PRIVATE_USE
from model.edit import Safety

_RUN = re.compile(f"[{''.join(PRIVATE_USE)}]+")
_THAI_BEFORE = re.compile(f"[{THAI}][{SPACES}]?\\Z")
_THAI_BEHIND = re.compile(f"[{SPACES}]?[{THAI}]")
_MARK = re.compile(f"[{MARKS}]")


def _find(context: Context) -> Iterator[Finding]:
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
                yield Finding(at, at + 1, letter)
            else:
                yield Finding(at, at + 1, letter, confidence=0.7, safety=Safety.REVIEW)


ENC007 = Rule(
    code="ENC007",
    name="private-use glyph",
    version=1,
    message="A Thai letter or mark stands in a font's private code.",
    stage=Stage.CHARACTERS,
    level=Safety.SAFE,
    find=_find,
    fires=(
        Example("แผนกลยุทธ\uf70eองค์กร", 9, 10, "์"),
        Example("การป\uf701ดประชุม", 4, 5, "ิ"),
        Example("ผู\uf70bใหญ่บ้าน", 2, 3, "้"),
        Example("ป\uf710\uf714น", 1, 2, "ั"),
        Example("ป\uf710\uf714น", 2, 3, "้"),
        Example("\uf70fาติผู้ใหญ่", 0, 1, "ญ"),
        Example("ที\uf88bดิน", 2, 3, "่"),
        Example("press \uf701 key", 6, 7, "ิ"),
        Example("ท\n\uf70a", 2, 3, "่"),
    ),
    silent=("แผนกลยุทธ์องค์กร", "\uf0b7 กรุงเทพฯ", "\uf71b"),
    source="HarfBuzz, src/hb-ot-shape-complex-thai.cc, thai_pua_shape; Adobe Glyph List (thai).",
)
