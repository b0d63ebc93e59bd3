"""What the rules of family GAZ share: each reports one kind of trouble of the page's analysis.

Names of places are facts: every finding needs a person, a contradiction needs two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from correction.places.analyse import places_in
from correction.places.judgement import Trouble
from correction.rule import Context, Match

SOURCE = "DOPA code table (geothai); list of local administrative organisations (DLA)"
SOUND = (
    "เทศบาลเมืองกะทู้ (ต.กะทู้ อ.กะทู้ จ.ภูเก็ต) จัดทำแผนพัฒนาท้องถิ่น",
    "อำเภอเมืองกระบี่ อำเภอเหนือคลอง (ยกเว้นตำบลโคกยาง ตำบลห้วยยูง และตำบลปกาสัย)",
    "พื้นที่ของจังหวัดภูเก็ตจัดเป็นพื้นที่ท่องเที่ยว จังหวัดชายแดนภาคใต้ ทุกอำเภอ ทุกตำบล",
)
"""Texts in which no rule about places may find anything."""


def place_finder(trouble: Trouble) -> Callable[[Context], Iterator[Match]]:
    """Finds one kind of trouble, with what the analysis says of it."""

    def find(context: Context) -> Iterator[Match]:
        for report in places_in(context, context.known).reports(trouble):
            yield Match(
                report.start,
                report.end,
                report.after,
                evidence=report.evidence,
                confidence=report.confidence,
                message=report.message,
                alternatives=report.alternatives,
                people=report.people,
            )

    return find
