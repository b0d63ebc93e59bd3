"""GAZ202: district contradicts its chain."""

from __future__ import annotations

from correction.example import examples
from correction.places.finder import SOUND, SOURCE, place_finder
from correction.places.judgement import Trouble
from correction.rule import Rule, Stage
from model.edit import Safety

RULE = Rule(
    code="GAZ202",
    name="district contradicts its chain",
    version=3,
    message="The subdistrict lies in another district of the province.",
    message_th="ตำบลนี้อยู่ในอำเภออื่นของจังหวัด",
    stage=Stage.PLACES,
    level=Safety.REVIEW,
    find=place_finder(Trouble.WRONG_DISTRICT),
    positive=examples(
        "อบต.กำแพง (ต.กำแพง อ.[เมืองสตูล→ละงู] จ.สตูล)",
        "จังหวัดเชียงใหม่ อำเภอ[เมืองเชียงราย→เมืองเชียงใหม่] ตำบลศรีภูมิ",
        "จังหวัด: สตูล อำเภอ: [หาดใหญ่→ละงู] ตำบล: กำแพง",
    ),
    negative=examples(
        *SOUND,
        "ต.กำแพง อ.ละงู จ.สตูล",
        "ต.กำแพง และ อ.เมืองสตูล จ.สตูล",
        "ต.บ้านใหม่ อ.ละงู จ.สตูล",
        "จังหวัด: สตูล อำเภอ: ละงู ตำบล: กำแพง",
        "จังหวัดสตูล อำเภอละงู ตำบลกำแพง ตำบลพิมาน",
    ),
    source=SOURCE,
)
