"""GAZ103: misspelt subdistrict."""

from __future__ import annotations

from correction.example import examples
from correction.places.finder import SOUND, SOURCE, place_finder
from correction.places.judgement import Trouble
from correction.rule import Rule, Stage
from model.edit import Safety

RULE = Rule(
    code="GAZ103",
    name="misspelt subdistrict",
    version=2,
    message="The name of a subdistrict is misspelt or damaged.",
    message_th="ชื่อตำบลหรือแขวงสะกดผิดหรือเสียหาย",
    stage=Stage.PLACES,
    level=Safety.REVIEW,
    find=place_finder(Trouble.SUBDISTRICT),
    positive=examples(
        "เทศบาลตำบลกระทู้ (ต.[กระทู้→กะทู้] อ.กระทู้ จ.ภูเก็ต)",
        "๒. อำเภอเหนือคลอง (เฉพาะตำบลโคกยาง ตำบล[หวยยูง→ห้วยยูง] และตำบลปกาสัย)",
    ),
    negative=examples(
        *SOUND,
        "ตำบลนี้มีหมู่บ้าน 12 แห่ง",
    ),
    source=SOURCE,
)
