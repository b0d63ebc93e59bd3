"""SPC202: no space before paiyannoi, one behind it; one on either side of paiyanyai."""

from __future__ import annotations

from correction.example import examples
from correction.rule import Rule, Stage
from correction.words.usage import PAIYANNOI, spaced_paiyannoi, usage_finder
from model.edit import Safety

RULE = Rule(
    code="SPC202",
    name="paiyannoi",
    version=1,
    message="Usage asks for no space before paiyannoi and for one behind it.",
    message_th="ตามหลักเกณฑ์ ไม่เว้นวรรคหน้าไปยาลน้อย แต่เว้นวรรคข้างหลัง",
    stage=Stage.REMAINDER,
    level=Safety.REVIEW,
    find=usage_finder(PAIYANNOI, spaced_paiyannoi),
    positive=examples(
        "กรุงเทพ[ →]ฯ และปริมณฑล",
        "กรุงเทพ[ฯ→ฯ ]และปริมณฑล",
        "ถนน คลอง สะพา[น→น ]ฯลฯ",
        "ถนน คลอง ฯล[ฯ→ฯ ]ที่ชำรุด",
    ),
    negative=examples(
        "กรุงเทพฯ และปริมณฑล",
        "ถนน คลอง ฯลฯ ที่ชำรุด",
        "พบ ฯพณฯ นายกรัฐมนตรี",
        "(กระทรวงฯ)",
    ),
    source="Office of the Royal Society, rules on spacing: behind paiyannoi, before and behind paiyanyai.",
    enabled_by_default=False,
)
