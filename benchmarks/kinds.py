"""Sound text of kinds that are no official prose: titles of an encyclopaedia, words of dictionaries, names, and texts
of our own about chemistry, mathematics, medicine, law and religion, in verse and in chat.

The lists are those that PyThaiNLP has installed. They are read to measure and to fit, and nothing of them is kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping

import numpy as np
from pythainlp.corpus import (
    thai_family_names,
    thai_female_names,
    thai_male_names,
    thai_orst_words,
    thai_volubilis_words,
    thai_wikipedia_titles,
)

from dictionaries.characters import Part, tidy

SEED = 7
_A_PAGE = 120
"""Entries of a list that stand on one page."""
_THAI = frozenset(map(chr, range(0x0E01, 0x0E2F)))

OWN: Mapping[str, str] = {
    "chemistry": "โซเดียมไฮดรอกไซด์ทำปฏิกิริยากับกรดไฮโดรคลอริกได้โซเดียมคลอไรด์กับน้ำ ส่วนเอทิลแอซีเตตเตรียมจากเอทานอลและกรดแอซีติก\n"
    "สารไตรคลอโรเอทิลีน เตตระคลอโรมีเทน และไดเมทิลซัลฟอกไซด์เป็นตัวทำละลาย โพแทสเซียมเปอร์แมงกาเนตเป็นตัวออกซิไดซ์ที่แรง\n"
    "พอลิเมอร์อย่างพอลิสไตรีน พอลิโพรพิลีน และพอลิไวนิลคลอไรด์สังเคราะห์จากมอนอเมอร์ที่มีพันธะคู่ แอลเคน แอลคีน และแอลไคน์ต่างกันที่พันธะ\n",
    "mathematics": "พีชคณิตเชิงเส้น ตรีโกณมิติ และแคลคูลัสเป็นพื้นฐานของวิชาวิศวกรรม จงหาเซตคำตอบของอสมการและเขียนกราฟของฟังก์ชัน\n"
    "ให้ ก เป็นเมทริกซ์จัตุรัส ถ้าดีเทอร์มิแนนต์ไม่เป็นศูนย์แล้ว ก มีเมทริกซ์ผกผัน ผลการแปลงลาปลาซของอนุพันธ์หาได้จากปริพันธ์ไม่ตรงแบบ\n"
    "ทฤษฎีบทพีทาโกรัสกล่าวว่ากำลังสองของด้านตรงข้ามมุมฉากเท่ากับผลบวกของกำลังสองของด้านประกอบมุมฉาก\n",
    "medicine": "ผู้ป่วยได้รับพาราเซตามอลและอะม็อกซีซิลลินวันละสามครั้ง ตรวจพบภาวะหัวใจห้องบนสั่นพลิ้ว ความดันโลหิตสูง และไตรกลีเซอไรด์สูง\n"
    "แพทย์สั่งตรวจคลื่นไฟฟ้าหัวใจ ถ่ายภาพรังสีทรวงอก และส่องกล้องลำไส้ใหญ่ เพื่อวินิจฉัยแยกโรคลำไส้อักเสบกับโรคถุงผนังลำไส้โป่งพอง\n",
    "law": "คู่ความฝ่ายที่แพ้คดีต้องชำระค่าฤชาธรรมเนียมแทนฝ่ายที่ชนะ เว้นแต่ศาลเห็นสมควรเป็นอย่างอื่น โจทก์จึงฎีกาว่าจำเลยผิดสัญญาจะซื้อจะขาย\n"
    "ผู้ทรงทรัพยสิทธิย่อมติดตามเอาคืนจากผู้ไม่มีสิทธิยึดถือไว้ได้ อายุความสะดุดหยุดลงเมื่อลูกหนี้รับสภาพหนี้ต่อเจ้าหนี้\n",
    "religion": "นะโม ตัสสะ ภะคะวะโต อะระหะโต สัมมาสัมพุทธัสสะ\nพุทธัง สะระณัง คัจฉามิ ธัมมัง สะระณัง คัจฉามิ สังฆัง สะระณัง คัจฉามิ\n"
    "อิติปิ โส ภะคะวา อะระหัง สัมมาสัมพุทโธ วิชชาจะระณะสัมปันโน สุคะโต โลกะวิทู อะนุตตะโร ปุริสะทัมมะสาระถิ\n"
    "สัตถา เทวะมะนุสสานัง พุทโธ ภะคะวาติ สวากขาโต ภะคะวะตา ธัมโม สันทิฏฐิโก อะกาลิโก เอหิปัสสิโก โอปะนะยิโก\n"
    "นโม ตสฺส ภควโต อรหโต สมฺมาสมฺพุทฺธสฺส อนิจฺจา วต สงฺขารา อุปฺปาทวยธมฺมิโน\n",
    "verse": "ลมระรื่นชื่นชายชลาสินธุ์ หอมกลิ่นรินรื่นรื่นมาชื่นขวัญ\nใบไม้ไหวไกวก้านประสานกัน เสียงนกขันแว่วแว่วอยู่แนวไพร\n"
    "ถึงบางพลัดพลัดถิ่นถวิลหา น้ำค้างพรมพรมผกาดูผ่องใส\nเห็นเดือนเด่นเพ็ญแจ่มแอร่มใจ ดังดวงไฟไกลไกลในราตรี\n",
    "chat": "วันนี้กินไรดีอ่ะ หิวมากกก 555 เมื่อวานไปร้านนั้นมาแล้วโคตรอร่อย แต่แพงไปหน่อยนะ\nเออ เดี๋ยวกูโทรหานะเว้ย อย่าลืมเอาของมาด้วย\n"
    "ขอบคุณค่าาา จะลองดูนะคะ แม่ค้าใจดีสุดๆ ส่งไวด้วย คือมันก็โอเคนะแต่ไม่ว้าวอะ\nหรอ งั้นไม่ไปละ เซ็งเลย ปวดหัวจัง\n",
}  # fmt: skip
"""Texts written for this benchmark, by kind; the chants are as they are recited."""


def _names() -> list[str]:
    """People's names without a title, put together at random."""
    rng = np.random.default_rng(SEED)
    given = np.array(sorted(thai_male_names() | thai_female_names()))
    family = np.array(sorted(thai_family_names()))
    return [f"{rng.choice(given)} {rng.choice(family)}" for _ in range(8000)]


_LISTS: Mapping[str, Callable[[], Iterable[str]]] = {
    "titles": thai_wikipedia_titles,
    "headwords": thai_volubilis_words,
    "dictionary": thai_orst_words,
    "names": _names,
}


def _part_of(entry: str) -> Part:
    """Half of the entries are for fitting and half for measuring: no model has learned from any."""
    return Part.TUNE if hashlib.sha256(entry.encode()).digest()[0] % 2 else Part.TEST


def lists(part: Part, letters: int) -> dict[str, list[str]]:
    """Pages of each list, up to so many letters, of the entries that belong to a part."""
    rng = np.random.default_rng(SEED)
    found: dict[str, list[str]] = {}
    for name, entries in _LISTS.items():
        of_part = sorted(entry for entry in entries() if _THAI & set(entry) and _part_of(entry) is part)
        rows, left = [], letters
        for at in rng.permutation(len(of_part)).tolist():
            rows.append(tidy(of_part[at]))
            left -= len(rows[-1]) + 1
            if left <= 0:
                break
        found[name] = ["\n".join(rows[at : at + _A_PAGE]) for at in range(0, len(rows), _A_PAGE)]
    return found
