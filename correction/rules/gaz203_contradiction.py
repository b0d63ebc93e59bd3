"""GAZ203: places that contradict each other."""

from __future__ import annotations

from correction.example import examples
from correction.places.finder import SOUND, SOURCE, place_finder
from correction.places.judgement import Trouble
from correction.rule import Rule, Stage
from model.edit import Safety

RULE = Rule(
    code="GAZ203",
    name="places that contradict each other",
    version=3,
    message="These places do not lie in each other, and one alone does not say which is wrong.",
    message_th="สถานที่เหล่านี้ไม่ได้อยู่ในกันและกัน บอกไม่ได้ว่าชื่อใดผิด",
    stage=Stage.PLACES,
    level=Safety.REVIEW,
    find=place_finder(Trouble.UNCLEAR),
    positive=examples(
        "จังหวัด : [สตูล อำเภอ : หาดใหญ่]",
        "ที่ว่าการอำเภอ[หาดใหญ่ จังหวัดปัตตานี]",
        "เทศบาลนคร[หาดใหญ่ จังหวัดปัตตานี]",
        "ตำบล[ศรีสงคราม อำเภอบ้านไผ่ จังหวัดขอนแก่น]",
        "จังหวัด\t[เชียงใหม่\nอำเภอ\tเมืองเชียงราย]\n",
    ),
    negative=examples(
        *SOUND,
        "ระหว่างอำเภอหาดใหญ่กับจังหวัดปัตตานี",
        "พ.ศ. ๒๕๔๐ อำเภอเซกา จังหวัดหนองคาย",
        "องค์การบริหารส่วนตำบลบ้านใหม่ จังหวัดภูเก็ต",
    ),
    source=SOURCE,
)
