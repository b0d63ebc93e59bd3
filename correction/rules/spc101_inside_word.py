"""SPC101: a space inside a word."""

from __future__ import annotations

from correction.rule import Example, Rule, Stage
from correction.words.finders import spurious_space_finder
from dictionaries.known import Known, own
from model.edit import Safety


def spc101(known: Known | None = None) -> Rule:
    """The rule on what the caller knows, by default what comes with the program."""
    return Rule(
        code="SPC101",
        name="space inside a word",
        version=2,
        message="A space stands inside a word.",
        stage=Stage.WORDS,
        level=Safety.REVIEW,
        find=spurious_space_finder(known or own(), inside=True),
        fires=(
            Example("คณะกรรมการได้กำหนดยุทธ ศาสตร์การพัฒนาท้องถิ่น", 22, 23, ""),
            Example("การมีส่วนร่วมของประชา ชนในการจัดทำแผนพัฒนา", 21, 22, ""),
        ),
        silent=(
            "คณะกรรมการได้กำหนดยุทธศาสตร์การพัฒนาท้องถิ่น",
            "ประกอบด้วย ถนน คลอง และสะพาน",
            "นายสม ศักดิ์ดี เป็นประธาน",
        ),
        source="Language model, network, word list and the gap on the page, weighed by benchmarks/calibrate.py.",
    )
