"""GAZ110: damaged word before a place."""

from __future__ import annotations

from correction.example import examples
from correction.places.finder import SOUND, SOURCE, place_finder
from correction.places.judgement import Trouble
from correction.rule import Rule, Stage
from model.edit import Safety

RULE = Rule(
    code="GAZ110",
    name="damaged word before a place",
    version=2,
    message="The word before a place's name has lost a mark or has a space in it.",
    message_th="คำนำหน้าชื่อสถานที่เสียเครื่องหมายหรือมีช่องว่างแทรก",
    stage=Stage.PLACES,
    level=Safety.REVIEW,
    find=place_finder(Trouble.WORD),
    positive=examples(
        "[อาเภอ→อำเภอ]เมืองกระบี่ จังหวัดกระบี่",
        "ผู้ว่าราชการ[จ งหวัด→จังหวัด]สตูล",
    ),
    negative=examples(
        *SOUND,
        "ในเขตเทศบาล ตำบลบางพระ อำเภอศรีราชา จังหวัดชลบุรี",
        "ตาบลนี้",
    ),
    source=SOURCE,
)
