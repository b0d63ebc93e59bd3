"""SPC102: a space between words that belong together."""

from __future__ import annotations

from correction.example import examples
from correction.rule import Rule, Stage
from correction.words.finders import spurious_space_finder
from model.edit import Safety

RULE = Rule(
    code="SPC102",
    name="space between words",
    version=2,
    message="A space stands between words that are written together.",
    message_th="มีช่องว่างระหว่างคำที่เขียนติดกัน",
    stage=Stage.WORDS,
    level=Safety.REVIEW,
    find=spurious_space_finder(inside=False),
    positive=examples(
        "ส่งเสริมการมีส่วนร่วมของ[ →]ประชาชนในการจัดทำแผน",
        "มีการแบ่งปันและ[ →]แลกเปลี่ยนเรียนรู้ร่วมกัน",
    ),
    negative=examples(
        "ส่งเสริมการมีส่วนร่วมของประชาชน และจัดทำแผนพัฒนาท้องถิ่น",
        "ประกอบด้วย ถนน คลอง และสะพาน",
    ),
    source="Language model, network and the gap on the page, fitted by benchmarks/calibrate.py.",
)
