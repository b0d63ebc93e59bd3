"""GAZ104: misspelt local body."""

from __future__ import annotations

from correction.example import examples
from correction.places.finder import SOUND, SOURCE, place_finder
from correction.places.judgement import Trouble
from correction.rule import Rule, Stage
from model.edit import Safety

RULE = Rule(
    code="GAZ104",
    name="misspelt local body",
    version=2,
    message="The name of a local administrative organisation is misspelt or damaged.",
    message_th="ชื่อองค์กรปกครองส่วนท้องถิ่นสะกดผิดหรือเสียหาย",
    stage=Stage.PLACES,
    level=Safety.REVIEW,
    find=place_finder(Trouble.BODY),
    positive=examples(
        "เทศบาลตำบล[กระทู้→กะทู้] (ต.กระทู้ อ.กระทู้ จ.ภูเก็ต)",
    ),
    negative=examples(
        *SOUND,
        "เทศบาลตำบลของท่านและองค์การบริหารส่วนตำบลอื่น",
    ),
    source=SOURCE,
)
