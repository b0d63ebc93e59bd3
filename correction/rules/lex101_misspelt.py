"""LEX101: a misspelt word."""

from __future__ import annotations

from correction.rule import Example, Rule, Stage
from correction.words.finders import misspelling_finder
from dictionaries.known import Known, own
from model.edit import Safety


def lex101(known: Known | None = None) -> Rule:
    """The rule on what the caller knows, by default what comes with the program."""
    return Rule(
        code="LEX101",
        name="misspelt word",
        version=2,
        message="A word is misspelt.",
        stage=Stage.WORDS,
        level=Safety.REVIEW,
        find=misspelling_finder(known or own()),
        fires=(
            Example("คณะกรรมการพิจารณาจัดทำแผนพัฒนาทองถิ่นประจำปี", 30, 31, "ท้"),
            Example("ประชาซนในพื้นที่มีส่วนร่วม", 5, 6, "ช"),
            Example("เพือให้ประชาชนได้รับความสะดวก", 2, 3, "ื่"),
        ),
        silent=(
            "คณะกรรมการพิจารณาจัดทำแผนพัฒนาท้องถิ่นประจำปี",
            "นายสมชัย ใจดีงาม และนางสาวพรพิมล แซ่ตั้ง เป็นผู้แทน",
            "อบต. ทต. และ พ.ร.บ. กำหนดแผนและขั้นตอนการกระจายอำนาจฯ",
            "ตำบลโป่ง ตำบลอิปุ่ม อำเภอด่านซ้าย จังหวัดเลย",
        ),
        source="Confusion table, language model and network of official prose, fitted by benchmarks/calibrate.py.",
    )
