"""SPC101: a space inside a word."""

from __future__ import annotations

from correction.example import examples
from correction.rule import Rule, Stage
from correction.words.finders import spurious_space_finder
from model.edit import Safety

RULE = Rule(
    code="SPC101",
    name="space inside a word",
    version=2,
    message="A space stands inside a word.",
    message_th="มีช่องว่างแทรกกลางคำ",
    stage=Stage.WORDS,
    level=Safety.REVIEW,
    find=spurious_space_finder(inside=True),
    positive=examples(
        "คณะกรรมการได้กำหนดยุทธ[ →]ศาสตร์การพัฒนาท้องถิ่น",
        "การมีส่วนร่วมของประชา[ →]ชนในการจัดทำแผนพัฒนา",
    ),
    negative=examples(
        "คณะกรรมการได้กำหนดยุทธศาสตร์การพัฒนาท้องถิ่น",
        "ประกอบด้วย ถนน คลอง และสะพาน",
        "นายสม ศักดิ์ดี เป็นประธาน",
    ),
    source="Language model, network, word list and the gap on the page, weighed by benchmarks/calibrate.py.",
)
