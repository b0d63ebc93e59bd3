"""LEX102: a word in the place of another that looks like it."""

from __future__ import annotations

from correction.example import examples
from correction.rule import Rule, Stage
from correction.words.finders import find_pair_errors
from model.edit import Safety

RULE = Rule(
    code="LEX102",
    name="word for another",
    version=1,
    message="This word looks like another that belongs here.",
    message_th="คำนี้คล้ายกับอีกคำหนึ่งที่ควรอยู่ตรงนี้",
    stage=Stage.WORDS,
    level=Safety.REVIEW,
    find=find_pair_errors,
    positive=examples(
        "มาตรการ[ถ→ด]ึงดูดการลงทุนจากต่างประเทศ",
        "จัดทำแผนพัฒนาท้องถิ่นโดย[ถ→ด]ึงเครือข่ายในพื้นที่เข้ามาร่วม",
        "จัดงานเพื่อ[ถ→ด]ึงนักท่องเที่ยวเข้าสู่อำเภอละงู",
        "การเดิน[ห→ท]างของประชาชนในช่วงเทศกาลปีใหม่",
    ),
    negative=examples(
        "เทศบาลดึงเครือข่ายเข้ามาร่วมงาน และเดินทางไปถึงศาลากลางจังหวัด",
        "โรงงานผลิตน้ำแข็งซอง และเสื้อขาวของชาวประมง",
        "ให้ความร่วมมือรวมถึงเครือข่ายในพื้นที่ และโดยถึงแม้จะมีนักท่องเที่ยวน้อย ก็เดินทางเพื่อถึงที่หมาย",
    ),
    source="Pairs of words and what stands around them in official prose, counted by learn_word_pairs.py.",
)
