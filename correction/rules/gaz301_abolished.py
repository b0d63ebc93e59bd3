"""GAZ301: abolished place."""

from __future__ import annotations

from correction.example import examples
from correction.places.finder import SOUND, SOURCE, place_finder
from correction.places.judgement import Trouble
from correction.rule import Rule, Stage
from model.edit import Safety

RULE = Rule(
    code="GAZ301",
    name="abolished place",
    version=2,
    message="The place was no longer in force when the page was written.",
    message_th="สถานที่นี้ถูกยุบไปแล้วเมื่อเขียนหน้านี้",
    stage=Stage.PLACES,
    level=Safety.REVIEW,
    find=place_finder(Trouble.ABOLISHED),
    positive=examples(
        "พ.ศ. 2566 แขวง[บางนา] เขตบางนา กรุงเทพมหานคร",
    ),
    negative=examples(
        *SOUND,
        "พ.ศ. 2555 แขวงบางนา เขตบางนา กรุงเทพมหานคร",
        "แขวงบางนา เขตบางนา กรุงเทพมหานคร",
    ),
    source=SOURCE,
)
