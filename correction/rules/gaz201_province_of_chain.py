"""GAZ201: province contradicts its districts."""

from __future__ import annotations

from correction.example import examples
from correction.places.finder import SOUND, SOURCE, place_finder
from correction.places.judgement import Trouble
from correction.rule import Rule, Stage
from model.edit import Safety

RULE = Rule(
    code="GAZ201",
    name="province contradicts its districts",
    version=2,
    message="The district and subdistrict lie in another province.",
    message_th="ตำบลและอำเภอนี้อยู่ในจังหวัดอื่น",
    stage=Stage.PLACES,
    level=Safety.REVIEW,
    find=place_finder(Trouble.WRONG_PROVINCE),
    positive=examples(
        "เทศบาลตำบลกำแพง (ต.กำแพง อ.ละงู จ.[ภูเก็ต→สตูล])",
        "ปี 2562 ตำบลเซกา อำเภอเซกา จังหวัด[หนองคาย→บึงกาฬ]",
        "ตำบลเซกา อำเภอเซกา จังหวัด[หนองคาย]",
    ),
    negative=examples(
        *SOUND,
        "ต.กำแพง อ.ละงู และจังหวัดภูเก็ต",
        "พ.ศ. ๒๕๒๕ ตำบลเซกา อำเภอเซกา จังหวัดหนองคาย",
    ),
    source=SOURCE,
)
