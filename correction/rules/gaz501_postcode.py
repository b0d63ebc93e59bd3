"""GAZ501: postcode that does not fit."""

from __future__ import annotations

from correction.example import examples
from correction.places.finder import SOUND, SOURCE, place_finder
from correction.places.judgement import Trouble
from correction.rule import Rule, Stage
from model.edit import Safety

RULE = Rule(
    code="GAZ501",
    name="postcode that does not fit",
    version=4,
    message="The postcode is not one of the place it stands behind.",
    message_th="รหัสไปรษณีย์ไม่ใช่ของสถานที่ที่อยู่ข้างหน้า",
    stage=Stage.PLACES,
    level=Safety.REVIEW,
    find=place_finder(Trouble.POSTCODE),
    positive=examples(
        "ตำบลกำแพง อำเภอละงู จังหวัดสตูล [๙๑๑๒๐]",
        "ศาลากลางจังหวัดสงขลา รหัสไปรษณีย์ [10110]",
        "เลขที่ 99 ถนนสตูลธานี จังหวัดสตูล [9100]\nศาลากลางจังหวัดสงขลา [900000]",
        "ที่ว่าการอำเภอหาดใหญ่ [50000]\nกรุงเทพมหานคร [50200]\nเขตจตุจักร กรุงเทพฯ [90110]",
    ),
    negative=examples(
        *SOUND,
        "ตำบลกำแพง อำเภอละงู จังหวัดสตูล 91110",
        "จังหวัดสตูล 12345 คน",
        "จังหวัดสตูล 9100\nสำนักงานจังหวัดสตูล 9100 คน\nเลขที่ 1 ถนนมรุพงษ์ จังหวัดฉะเชิงเทรา 2400",
        "จังหวัดสงขลา 90000\nอำเภอหาดใหญ่ รหัสไปรษณีย์ 90110 กรุงเทพฯ 10400",
        "อำเภอละงู จังหวัดสตูล 12,345 คน",
    ),
    source=SOURCE,
)
