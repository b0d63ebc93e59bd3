"""ENC011: a page whose marks stand on nothing, or not on the letters that carry them in print."""

from __future__ import annotations

from collections.abc import Iterator

from correction.clusters import marks_wander, wandering_marks
from correction.example import examples
from correction.rule import Context, Match, Rule, Stage
from model.edit import Safety


def _find(context: Context) -> Iterator[Match]:
    """One flag a page, at the first of them: the remedy is for the page, not for the place."""
    if not marks_wander(context):
        return
    start, end = wandering_marks(context)[0]
    yield Match(start, end, None)


RULE = Rule(
    code="ENC011",
    name="wandering marks",
    version=1,
    message=(
        "Marks on this page stand apart from their letters. If the text comes from a PDF's text layer, "
        "the layer is damaged: read the page image instead."
    ),
    message_th="เครื่องหมายในหน้านี้หลุดจากตัวอักษร ถ้าข้อความมาจากชั้นข้อความของ PDF ให้อ่านจากภาพแทน",
    stage=Stage.MARK_SPACES,
    level=Safety.FLAG,
    find=_find,
    positive=examples(
        "หน [ุ ุ]น\nืÉ ่วน จังหวดปท ั ูม",
        "ละติจูด 7[ ํ] 38 ่ 38.1 ลองจิจูด 98 ํ 16",
    ),
    negative=examples(
        "เทศบาลตำบลชมภู",
        "ภาพพิมพ์ ้\n้",
        "สระ \u25ccิ \u25ccี \u25ccึ \u25ccื",
    ),
)
