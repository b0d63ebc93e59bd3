"""GAZ401: class of a local body."""

from __future__ import annotations

from correction.example import examples
from correction.places.finder import SOUND, SOURCE, place_finder
from correction.places.judgement import Trouble
from correction.rule import Rule, Stage
from model.edit import Safety

RULE = Rule(
    code="GAZ401",
    name="class of a local body",
    version=2,
    message="The local administrative organisation of this name is of another class.",
    message_th="องค์กรปกครองส่วนท้องถิ่นชื่อนี้เป็นคนละประเภท",
    stage=Stage.PLACES,
    level=Safety.REVIEW,
    find=place_finder(Trouble.CLASS),
    positive=examples(
        "ปี 2562 [เทศบาลตำบลกะทู้] (ต.กะทู้ อ.กะทู้ จ.ภูเก็ต)",
        "[เทศบาลตำบลกระทู้] (ต.กระทู้ อ.กระทู้ จ.ภูเก็ต)",
    ),
    negative=examples(
        *SOUND,
        "ปี 2562 เทศบาลเมืองกะทู้ (ต.กะทู้ อ.กะทู้ จ.ภูเก็ต)",
        "เทศบาลเมืองและเทศบาลนครในพื้นที่",
    ),
    source=SOURCE,
)
