"""GAZ102: misspelt district."""

from __future__ import annotations

from correction.example import examples
from correction.places.finder import SOUND, SOURCE, place_finder
from correction.places.judgement import Trouble
from correction.rule import Rule, Stage
from model.edit import Safety

RULE = Rule(
    code="GAZ102",
    name="misspelt district",
    version=2,
    message="The name of a district is misspelt or damaged.",
    message_th="ชื่ออำเภอหรือเขตสะกดผิดหรือเสียหาย",
    stage=Stage.PLACES,
    level=Safety.REVIEW,
    find=place_finder(Trouble.DISTRICT),
    positive=examples(
        "เทศบาลตำบลกระทู้ (ต.กระทู้ อ.[กระทู้→กะทู้] จ.ภูเก็ต)",
        "อำเภอ[บางโพธิ์→บ้านโพธิ์] จังหวัดฉะเชิงเทรา",
    ),
    negative=examples(
        *SOUND,
        "นายอำเภอและปลัดอำเภอทุกแห่ง",
        "ตำบลมูโนะ อำเภอสุไหงโก - ลก จังหวัดนราธิวาส",
    ),
    source=SOURCE,
)
