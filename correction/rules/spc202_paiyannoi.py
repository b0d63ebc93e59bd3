"""SPC202: no space before paiyannoi, one behind it; one on either side of paiyanyai."""

from __future__ import annotations

from correction.rule import Example, Rule, Stage
from correction.words.usage import PAIYANNOI, spaced_paiyannoi, usage_finder
from model.edit import Safety

SPC202 = Rule(
    code="SPC202",
    name="paiyannoi",
    version=1,
    message="Usage asks for no space before paiyannoi and for one behind it.",
    stage=Stage.REMAINDER,
    level=Safety.REVIEW,
    find=usage_finder(PAIYANNOI, spaced_paiyannoi),
    fires=(
        Example("กรุงเทพ ฯ และปริมณฑล", 7, 8, ""),
        Example("กรุงเทพฯและปริมณฑล", 7, 8, "ฯ "),
        Example("ถนน คลอง สะพานฯลฯ", 13, 14, "น "),
        Example("ถนน คลอง ฯลฯที่ชำรุด", 11, 12, "ฯ "),
    ),
    silent=("กรุงเทพฯ และปริมณฑล", "ถนน คลอง ฯลฯ ที่ชำรุด", "พบ ฯพณฯ นายกรัฐมนตรี", "(กระทรวงฯ)"),
    source="Office of the Royal Society, rules on spacing: behind paiyannoi, before and behind paiyanyai.",
    usual=False,
)
