"""LEX101: a misspelt word."""

from __future__ import annotations

from correction.example import examples
from correction.rule import Rule, Stage
from correction.words.finders import find_misspellings
from model.edit import Safety

RULE = Rule(
    code="LEX101",
    name="misspelt word",
    version=3,
    message="A word is misspelt.",
    message_th="คำสะกดผิด",
    stage=Stage.WORDS,
    level=Safety.REVIEW,
    find=find_misspellings,
    positive=examples(
        "คณะกรรมการพิจารณาจัดทำแผนพัฒนา[ท→ท้]องถิ่นประจำปี",
        "ประชา[ซ→ช]นในพื้นที่มีส่วนร่วม",
        "เพ[ื→ื่]อให้ประชาชนได้รับความสะดวก",
    ),
    negative=examples(
        "คณะกรรมการพิจารณาจัดทำแผนพัฒนาท้องถิ่นประจำปี",
        "นายสมชัย ใจดีงาม และนางสาวพรพิมล แซ่ตั้ง เป็นผู้แทน",
        "อบต. ทต. และ พ.ร.บ. กำหนดแผนและขั้นตอนการกระจายอำนาจฯ",
        "นโม ตสฺส ภควโต อรหโต สมฺมาสมฺพุทฺธสฺส นโม ตสฺส ภควโต อรหโต",
        "สารไดเอทิลอีเทอร์และไดคลอโรมีเทนที่อนุญาตให้ใช้ในอาหาร",
        "1. จงพิจารณาข้อความต่อไปนี้แล้วตอบคำถาม",
        "พยัญชนะไทยมีอักษรต่ำคู่ คฆง ชซณ ทธนบ และอักษรอื่น",
        "ตำบลโป่ง ตำบลอิปุ่ม อำเภอด่านซ้าย จังหวัดเลย",
    ),
    source="Confusion table, language model and network of official prose, fitted by benchmarks/calibrate.py.",
)
