"""The rules of family GAZ. All look at one analysis of the page and report one kind of trouble each.

Names of places are facts: every finding needs a person, a contradiction needs two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from correction.places.analyse import places_in
from correction.places.judgement import Trouble
from correction.rule import Context, Example, Finding, Rule, Stage
from dictionaries.known import Known, own
from model.edit import Safety

_SOURCE = "DOPA code table (geothai); list of local administrative organisations (DLA)"
_CHAIN = "เทศบาลตำบลกระทู้ (ต.กระทู้ อ.กระทู้ จ.ภูเก็ต)"
_SOUND = (
    "เทศบาลเมืองกะทู้ (ต.กะทู้ อ.กะทู้ จ.ภูเก็ต) จัดทำแผนพัฒนาท้องถิ่น",
    "อำเภอเมืองกระบี่ อำเภอเหนือคลอง (ยกเว้นตำบลโคกยาง ตำบลห้วยยูง และตำบลปกาสัย)",
    "พื้นที่ของจังหวัดภูเก็ตจัดเป็นพื้นที่ท่องเที่ยว จังหวัดชายแดนภาคใต้ ทุกอำเภอ ทุกตำบล",
)


def _finder(troubles: tuple[Trouble, ...], known: Known | None) -> Callable[[Context], Iterator[Finding]]:
    def find(context: Context) -> Iterator[Finding]:
        for report in places_in(context, known or own()).reports(*troubles):
            yield Finding(
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


def place_rules(known: Known | None = None) -> tuple[Rule, ...]:
    """All rules about places, on what the caller knows (by default what comes with the program)."""

    def rule(
        code: str,
        name: str,
        message: str,
        trouble: Trouble,
        fires: tuple[Example, ...],
        silent: tuple[str, ...],
    ) -> Rule:
        return Rule(
            code=code,
            name=name,
            version=2,
            message=message,
            stage=Stage.PLACES,
            level=Safety.REVIEW,
            find=_finder((trouble,), known),
            fires=fires,
            silent=(*_SOUND, *silent),
            source=_SOURCE,
        )

    return (
        rule(
            "GAZ101",
            "misspelt province",
            "The name of a province is misspelt or damaged.",
            Trouble.PROVINCE,
            (
                Example("ศาลากลางจังหวัดสรุาษฎรธ์าน มีหนังสือแจ้ง", 15, 26, "สุราษฎร์ธานี"),
                Example("อ.ละงู จ.สตลู", 9, 13, "สตูล"),
            ),
            ("จังหวัดระบอง", "จังหวัดใกล้เคียง จังหวัดต่าง ๆ และจังหวัดอื่น"),
        ),
        rule(
            "GAZ102",
            "misspelt district",
            "The name of a district is misspelt or damaged.",
            Trouble.DISTRICT,
            (Example(_CHAIN, 29, 35, "กะทู้"), Example("อำเภอบางโพธิ์ จังหวัดฉะเชิงเทรา", 5, 13, "บ้านโพธิ์")),
            ("นายอำเภอและปลัดอำเภอทุกแห่ง", "ตำบลมูโนะ อำเภอสุไหงโก - ลก จังหวัดนราธิวาส"),
        ),
        rule(
            "GAZ103",
            "misspelt subdistrict",
            "The name of a subdistrict is misspelt or damaged.",
            Trouble.SUBDISTRICT,
            (
                Example(_CHAIN, 20, 26, "กะทู้"),
                Example("๒. อำเภอเหนือคลอง (เฉพาะตำบลโคกยาง ตำบลหวยยูง และตำบลปกาสัย)", 39, 45, "ห้วยยูง"),
            ),
            ("ตำบลนี้มีหมู่บ้าน 12 แห่ง",),
        ),
        rule(
            "GAZ104",
            "misspelt local body",
            "The name of a local administrative organisation is misspelt or damaged.",
            Trouble.BODY,
            (Example(_CHAIN, 10, 16, "กะทู้"),),
            ("เทศบาลตำบลของท่านและองค์การบริหารส่วนตำบลอื่น",),
        ),
        rule(
            "GAZ110",
            "damaged word before a place",
            "The word before a place's name has lost a mark or has a space in it.",
            Trouble.WORD,
            (
                Example("อาเภอเมืองกระบี่ จังหวัดกระบี่", 0, 5, "อำเภอ"),
                Example("ผู้ว่าราชการจ งหวัดสตูล", 12, 19, "จังหวัด"),
            ),
            ("ในเขตเทศบาล ตำบลบางพระ อำเภอศรีราชา จังหวัดชลบุรี", "ตาบลนี้"),
        ),
        rule(
            "GAZ201",
            "province contradicts its districts",
            "The district and subdistrict lie in another province.",
            Trouble.WRONG_PROVINCE,
            (
                Example("เทศบาลตำบลกำแพง (ต.กำแพง อ.ละงู จ.ภูเก็ต)", 34, 40, "สตูล"),
                Example("ปี 2562 ตำบลเซกา อำเภอเซกา จังหวัดหนองคาย", 34, 41, "บึงกาฬ"),
                Example("ตำบลเซกา อำเภอเซกา จังหวัดหนองคาย", 26, 33, None),
            ),
            (
                "ต.กำแพง อ.ละงู และจังหวัดภูเก็ต",
                "พ.ศ. ๒๕๒๕ ตำบลเซกา อำเภอเซกา จังหวัดหนองคาย",
            ),
        ),
        rule(
            "GAZ202",
            "district contradicts its chain",
            "The subdistrict lies in another district of the province.",
            Trouble.WRONG_DISTRICT,
            (Example("อบต.กำแพง (ต.กำแพง อ.เมืองสตูล จ.สตูล)", 21, 30, "ละงู"),),
            ("ต.กำแพง อ.ละงู จ.สตูล", "ต.กำแพง และ อ.เมืองสตูล จ.สตูล", "ต.บ้านใหม่ อ.ละงู จ.สตูล"),
        ),
        rule(
            "GAZ203",
            "places that contradict each other",
            "These places do not lie in each other, and one alone does not say which is wrong.",
            Trouble.UNCLEAR,
            (Example("ที่ว่าการอำเภอหาดใหญ่ จังหวัดปัตตานี", 14, 36, None),),
            ("ระหว่างอำเภอหาดใหญ่กับจังหวัดปัตตานี",),
        ),
        rule(
            "GAZ301",
            "abolished place",
            "The place was no longer in force when the page was written.",
            Trouble.ABOLISHED,
            (Example("พ.ศ. 2566 แขวงบางนา เขตบางนา กรุงเทพมหานคร", 14, 19, None),),
            ("พ.ศ. 2555 แขวงบางนา เขตบางนา กรุงเทพมหานคร", "แขวงบางนา เขตบางนา กรุงเทพมหานคร"),
        ),
        rule(
            "GAZ302",
            "former name of a place",
            "The place had another name when the page was written.",
            Trouble.RENAMED,
            (Example("พ.ศ. 2562 อำเภอหนองบุนนาก จังหวัดนครราชสีมา", 15, 25, None),),
            ("พ.ศ. 2540 อำเภอหนองบุนนาก จังหวัดนครราชสีมา", "พ.ศ. 2564 อำเภอเมือง จังหวัดสุโขทัย"),
        ),
        rule(
            "GAZ303",
            "place that did not exist yet",
            "The place was created after the page was written.",
            Trouble.NOT_YET,
            (Example("พ.ศ. ๒๕๔๐ อำเภอเซกา จังหวัดบึงกาฬ", 27, 33, None),),
            ("พ.ศ. ๒๕๕๕ อำเภอเซกา จังหวัดบึงกาฬ",),
        ),
        rule(
            "GAZ401",
            "class of a local body",
            "The local administrative organisation of this name is of another class.",
            Trouble.CLASS,
            (
                Example("ปี 2562 เทศบาลตำบลกะทู้ (ต.กะทู้ อ.กะทู้ จ.ภูเก็ต)", 8, 23, None),
                Example(_CHAIN, 0, 16, None),
            ),
            ("ปี 2562 เทศบาลเมืองกะทู้ (ต.กะทู้ อ.กะทู้ จ.ภูเก็ต)", "เทศบาลเมืองและเทศบาลนครในพื้นที่"),
        ),
        rule(
            "GAZ501",
            "postcode that does not fit",
            "The postcode is not one of the place it stands behind.",
            Trouble.POSTCODE,
            (Example("ตำบลกำแพง อำเภอละงู จังหวัดสตูล ๙๑๑๒๐", 32, 37, None),),
            ("ตำบลกำแพง อำเภอละงู จังหวัดสตูล 91110", "จังหวัดสตูล 12345 คน", "อำเภอละงู จังหวัดสตูล 12,345 คน"),
        ),
    )
