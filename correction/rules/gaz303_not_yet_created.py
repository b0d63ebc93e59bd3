"""GAZ303: place that did not exist yet."""

from __future__ import annotations

from correction.example import examples
from correction.places.finder import SOUND, SOURCE, place_finder
from correction.places.judgement import Trouble
from correction.rule import Rule, Stage
from model.edit import Safety

RULE = Rule(
    code="GAZ303",
    name="place that did not exist yet",
    version=2,
    message="The place was created after the page was written.",
    message_th="สถานที่นี้ตั้งขึ้นหลังจากที่เขียนหน้านี้",
    stage=Stage.PLACES,
    level=Safety.REVIEW,
    find=place_finder(Trouble.NOT_YET),
    positive=examples(
        "พ.ศ. ๒๕๔๐ อำเภอเซกา จังหวัด[บึงกาฬ]",
    ),
    negative=examples(
        *SOUND,
        "พ.ศ. ๒๕๕๕ อำเภอเซกา จังหวัดบึงกาฬ",
    ),
    source=SOURCE,
)
