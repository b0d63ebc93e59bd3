"""GAZ302: former name of a place."""

from __future__ import annotations

from correction.example import examples
from correction.places.finder import SOUND, SOURCE, place_finder
from correction.places.judgement import Trouble
from correction.rule import Rule, Stage
from model.edit import Safety

RULE = Rule(
    code="GAZ302",
    name="former name of a place",
    version=2,
    message="The place had another name when the page was written.",
    message_th="สถานที่นี้ใช้ชื่ออื่นเมื่อเขียนหน้านี้",
    stage=Stage.PLACES,
    level=Safety.REVIEW,
    find=place_finder(Trouble.RENAMED),
    positive=examples(
        "พ.ศ. 2562 อำเภอ[หนองบุนนาก] จังหวัดนครราชสีมา",
    ),
    negative=examples(
        *SOUND,
        "พ.ศ. 2540 อำเภอหนองบุนนาก จังหวัดนครราชสีมา",
        "พ.ศ. 2564 อำเภอเมือง จังหวัดสุโขทัย",
    ),
    source=SOURCE,
)
