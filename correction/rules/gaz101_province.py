"""GAZ101: misspelt province."""

from __future__ import annotations

from correction.example import examples
from correction.places.finder import SOUND, SOURCE, place_finder
from correction.places.judgement import Trouble
from correction.rule import Rule, Stage
from model.edit import Safety

RULE = Rule(
    code="GAZ101",
    name="misspelt province",
    version=4,
    message="The name of a province is misspelt or damaged.",
    message_th="ชื่อจังหวัดสะกดผิดหรือเสียหาย",
    stage=Stage.PLACES,
    level=Safety.REVIEW,
    find=place_finder(Trouble.PROVINCE),
    positive=examples(
        "ศาลากลางจังหวัด[สรุาษฎรธ์าน→สุราษฎร์ธานี] มีหนังสือแจ้ง",
        "อ.ละงู จ.[สตลู→สตูล]",
        "จังหวัด[พระนครศรีอยุทธยา→พระนครศรีอยุธยา] และจังหวัด[หนองบัวลำพู→หนองบัวลำภู]",
        "จังหวัด[สุพันบุรี→สุพรรณบุรี] จังหวัด[ยโสทร→ยโสธร] และจังหวัด[บึงการ→บึงกาฬ]\nจ.[นครราชศรีมา→นครราชสีมา]",
    ),
    negative=examples(
        *SOUND,
        "จังหวัดระบอง",
        "จังหวัดธนบุรี จังหวัดนครปถม พ.ศ. ๒๔๘๕",
        "จังหวัดพระตะบอง แขวงเวียงจันทน์ จังหวัดเสียมราฐ และจังหวัดพระนคร",
        "จังหวัดใกล้เคียง จังหวัดต่าง ๆ และจังหวัดอื่น",
    ),
    source=SOURCE,
)
