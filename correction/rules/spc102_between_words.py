"""SPC102: a space between words that belong together."""

from __future__ import annotations

from correction.rule import Example, Rule, Stage
from correction.words.finders import spurious_space_finder
from dictionaries.known import Known, own
from model.edit import Safety


def spc102(known: Known | None = None) -> Rule:
    """The rule on what the caller knows, by default what comes with the program."""
    return Rule(
        code="SPC102",
        name="space between words",
        version=2,
        message="A space stands between words that are written together.",
        stage=Stage.WORDS,
        level=Safety.REVIEW,
        find=spurious_space_finder(known or own(), inside=False),
        fires=(
            Example("ส่งเสริมการมีส่วนร่วมของ ประชาชนในการจัดทำแผน", 24, 25, ""),
            Example("มีการแบ่งปันและ แลกเปลี่ยนเรียนรู้ร่วมกัน", 15, 16, ""),
        ),
        silent=(
            "ส่งเสริมการมีส่วนร่วมของประชาชน และจัดทำแผนพัฒนาท้องถิ่น",
            "ประกอบด้วย ถนน คลอง และสะพาน",
        ),
        source="Language model, network and the gap on the page, fitted by benchmarks/calibrate.py.",
    )
