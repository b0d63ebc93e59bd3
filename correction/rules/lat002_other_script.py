"""LAT002: a letter or digit of another script inside a Thai word or number."""

from __future__ import annotations

from collections.abc import Iterator

from correction.example import examples
from correction.facts.broken_words import latin_in_words
from correction.facts.other_scripts import other_scripts
from correction.rule import Context, Match, Rule, Stage
from dictionaries.language_model import load as load_model
from model.edit import Safety


def _find(context: Context) -> Iterator[Match]:
    for one in other_scripts(context.text):
        latin = one.instead is not None and one.instead.isascii() and one.instead.isalpha()
        message = f"{one.script} stands inside a {'Latin word' if latin else 'Thai word or number'}."
        yield Match(one.start, one.end, one.instead, confidence=0.95, message=message)
    for word in latin_in_words(context.text, context.known.lexicon, load_model()):
        message = "A Latin letter stands inside a Thai word."
        yield Match(word.start, word.end, word.instead, confidence=0.95, message=message)


RULE = Rule(
    code="LAT002",
    name="letter of another script",
    version=4,
    message="A letter or digit of another script stands inside a Thai or Latin word or a number.",
    message_th="มีตัวอักษรหรือตัวเลขของอักษรอื่นปนอยู่ในคำภาษาไทย คำละติน หรือจำนวน",
    stage=Stage.CHARACTERS,
    level=Safety.REVIEW,  # drawn alike, but a number is a fact
    find=_find,
    positive=examples(
        "เทศบาลตำ[ບ→บ]ลแม่สาย[ຈ→จ]ัดทำแผน[ພ→พ]ัฒนา",
        "จำนวน [໒໕໖໗→๒๕๖๗] คน",
        "หมู่บ้[ຄ]น",
        "กรรมก[аг]าร ทุน[क]ารศึกษา สมาช[ិ→ิ]ก",
        "ประจำปี ๒๕[６→๖]๗ และ 25[６→6]7",
        "รา[λ]คา",
        "ปี [２５６７→2567] จำนวน [𝟏𝟐→12] คน [٢٥→๒๕] หลัง [ᦀ]ำเภอเชียงของ",
        "เทศ[口]บาลตำบล",
        "เทศบา[a→ล]ตำบล จัด[s→ซ]ื้อ ข[q]ุด [n→ก]ระทรวงมหาดไทย องค์การบริหารส่ว[u→น]",
        "บริษัท [А→A]BC จำกัด สินค้า [О→O]TOP ระบบ G[Ρ→P]S กับ Com[р→p]uter",
        "ครั้งที่ [З]/2567 ปี 256[Ο]",
        "จังหวัด[न]ครสวรรค์ กรุงเ[т]พ เทศบา[л] ทำ",
    ),
    negative=examples(
        "เทศบาลตำบลแม่สายจัดทำแผนพัฒนา ๒๕๖๗",
        "ภาษาลาว ວຽງຈັນ และภาษาเขมร ភ្នំពេញ ฮินดี हिन्दी รัสเซีย Москва กรีก Αθήνα",
        "ΔT μm kΩ βHCG αx รถ ВАЗ รุ่น КАМАЗ ของรัสเซีย และ СССР",
        "รังสีγ ค่าπ สารα-โทโคฟีรอล μg/มล. ∑ของผลบวก",
        "ວຽງຈັນ ໒໕໖໗",
        "ฉบับ（ร่าง）Ａ４ ปี ２５６７",
        "อักษร 中 แปลว่า กลาง คำว่า 山 และคำว่า山 ตัวเลข 𝑥",
        "วิตามินCและD แผนBของเรา ตัวแปรnของ เวลาsวินาที สารa-โทโคฟีรอล และ 2π กับ 5μ หรือ 3Ω",
    ),
    source="Unicode confusables (UTS 39): characters whose prototype is one Thai character; decimal values of digits.",
)
