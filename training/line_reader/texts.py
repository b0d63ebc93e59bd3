"""The texts of the training lines: slices of running text, and much of what running text has too little of.

Government news writes Arabic digits, so many of its numbers become Thai ones; runs of Thai digits, the rare letters,
Latin words and clusters without sense (which no memory of Thai helps to read) are made.
"""

from __future__ import annotations

import random
import re
from pathlib import Path

from model.thai import compose_sara_am
from ocr.line_reader.alphabet import THAI_DIGITS, known

_TO_THAI = str.maketrans("0123456789", THAI_DIGITS)
_CONSONANTS = "".join(map(chr, range(0x0E01, 0x0E2F)))
_ABOVE = "ัิีึืํ็"
_BELOW = "ุู"
_TONES = "่้๊๋์"
_HOMELESS = re.compile(f"(^|[^ก-ฮ{_ABOVE}{_BELOW}{_TONES}])[{_ABOVE}{_BELOW}{_TONES}ฺ๎ำ]+")
"""Marks without a consonant to stand on: fonts draw a dotted circle under them."""
_RARE = "ฌฃฅฦๅ฿ฤฎฏฐฑฒณศษฬฮๆฯ"
_RARE_WORDS = (
    "ฌาปนกิจ ฌาปนสถาน เฌอ มัชฌิม เฌอเอม คุณฌอน ฌาน ฃวด ฅน ฅอ ฃอ ฦๅ ฦๅชา ฤๅ ฤๅษี บุฤๅษี ฤๅไม่ ฿ ฿100 ฿๕๐๐ "
    "฿1,250 ๑๐๐฿ อัชฌาสัย อุปัชฌาย์ นิชฌาน กฌ ฌกุฏ โฌม ฌามา ฌานิน"
)
_MONTHS = (
    "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม "
    "ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค."
)
_UNITS = "บาท คน ราย แห่ง ไร่ ตำบล อำเภอ หมู่บ้าน กิโลเมตร ครั้ง ฉบับ ปี วัน % เมตร คะแนน หน่วย ล้านบาท เขต น."
_BEFORE = (
    "ข้อ มาตรา ที่ เลขที่ หมู่ที่ ม. ฉบับที่ เขตเลือกตั้งที่ พ.ศ. จำนวน หน้า เล่ม ตอนที่ ตอนพิเศษ วันที่ "
    "ลงวันที่ โทร. เวลา รวม หมายเลข ถนน ซอย ร้อยละ อายุ ประมาณ เป็นเงิน ลำดับที่ ครั้งที่ ปีงบประมาณ "
    "ตาราง บทที่"
)
_LATIN_WORDS = (
    "the of and for Thailand Bangkok Office Development Sustainable Smart City Digital Economy Fund "
    "Report Local Government E-mail Website www.dla.go.th LINE OA COVID-19 SDGs GDP ISO OTOP ASEAN UNESCO "
    "PM2.5 QR Code AI IT Ph.D. No. Ltd. Co., PDF Version Project Act Section Page vs. http:// kpi.ac.th "
    "info@ One Stop Service Big Data Zoning"
)


def fold(text: str) -> str:
    """The text with sara am and sara ae as one letter each, as the alphabet has them."""
    return compose_sara_am(text).replace("เเ", "แ").replace("\u200b", "")


class Texts:
    """Draws the text of one line after the other. `longest` is the most code points of a line at that time."""

    def __init__(self, files: list[Path], seed: int) -> None:
        lines = (line for file in files for line in fold(file.read_text("utf-8")).splitlines())
        self._corpus = re.sub(r"\s+", " ", " ".join(lines))
        self._random = random.Random(seed)

    def line(self, longest: int) -> str:
        """A text of 1 to `longest` code points without white space at its ends."""
        while True:
            kind = self._random.random()
            size = self._size(longest)
            if kind < 0.42:
                text = self._slice(size)
                if self._random.random() < 0.7:
                    text = text.translate(_TO_THAI)
            elif kind < 0.76:
                text = self._around(self._number(), size)
            elif kind < 0.83:
                text = self._around(self._rare(), size)
            elif kind < 0.90:
                text = self._around(self._latin(), size)
            elif kind < 0.97:
                text = self._clusters(size)
            else:
                text = self._leaders(size)
            text = _trim(known(text))[: longest + 6].strip()
            if text:
                return text

    def _size(self, longest: int) -> int:
        draw = self._random
        if draw.random() < 0.12:
            return draw.randint(1, 5)
        return draw.randint(4, max(5, round(longest * draw.random() ** 0.7)))

    def _slice(self, size: int) -> str:
        at = self._random.randrange(len(self._corpus) - size)
        return self._corpus[at : at + size]

    def _around(self, middle: str, size: int) -> str:
        """Something made, alone or within a line of running text."""
        draw = self._random
        room = size - len(middle)
        if room < 3 or draw.random() < 0.25:
            return middle
        before = draw.randint(0, room)
        gap, after = draw.choice((" ", " ", "")), draw.choice((" ", " ", ""))
        head, tail = (
            self._slice(before) if before else "",
            self._slice(room - before) if before < room else "",
        )
        return (head + gap + middle + after + tail).translate(_TO_THAI if draw.random() < 0.7 else {})

    def _digits(self, least: int, most: int) -> str:
        return "".join(self._random.choices(THAI_DIGITS, k=self._random.randint(least, most)))

    def _number(self) -> str:
        draw = self._random
        kind = draw.randrange(16)
        some = self._digits(1, draw.choice((2, 3, 5, 9)))
        if kind == 0:
            text = ",".join((self._digits(1, 3), *(self._digits(3, 3) for _ in range(draw.randint(1, 3)))))
            text += draw.choice(("", "", ".๐๐", "." + self._digits(2, 2))) + draw.choice(("", " บาท", "."))
        elif kind == 1:
            text = ".".join(self._digits(1, 2) for _ in range(draw.randint(2, 4))) + draw.choice(
                ("", " ", ")")
            )
        elif kind == 2:
            text = f"({some})"
        elif kind == 3:
            year = draw.choice(("๒๔", "๒๕", "๒๕")) + self._digits(2, 2)
            text = draw.choice(("พ.ศ. ", "พ.ศ.", "ปี ", "ปี พ.ศ. ", "")) + year
        elif kind == 4:
            year = "๒๕" + self._digits(2, 2)
            before = draw.choice(("ลงวันที่", "วันที่", "ณ วันที่", ""))
            text = f"{before} {self._digits(1, 2)} {draw.choice(_MONTHS.split())} {year}"
        elif kind == 5:
            text = draw.choice(
                (
                    f"{self._digits(2, 2)}.{self._digits(2, 2)} น.",
                    f"{self._digits(2, 2)}:{self._digits(2, 2)}",
                )
            )
        elif kind == 6:
            text = "/".join(self._digits(1, 4) for _ in range(draw.randint(2, 3)))
        elif kind == 7:
            text = "-".join(self._digits(1, 5) for _ in range(draw.randint(2, 5)))
        elif kind == 8:
            text = f"{draw.choice(_BEFORE.split())}{draw.choice((' ', ''))}{some}"
        elif kind == 9:
            text = f"{some} {draw.choice(_UNITS.split())}"
        elif kind == 10:
            text = (
                draw.choice(("-", "–", "+", "ร้อยละ ", ""))
                + self._digits(1, 3)
                + "."
                + self._digits(1, 2)
                + draw.choice(("", "%"))
            )
        elif kind == 11:
            text = draw.choice((" ", ". ", "  ")).join(self._digits(1, 5) for _ in range(draw.randint(2, 5)))
        elif kind == 12:
            text = (
                draw.choice("กขคงจฉชซตทนบปผพมรลวสหอฮ") + draw.choice(("", " ", "-", ".")) + self._digits(1, 4)
            )
        elif kind == 13:
            text = f"{draw.choice(_BEFORE.split())} {some} {draw.choice(_UNITS.split())} {self._digits(1, 4)}"
        else:
            text = some + draw.choice(("", "", "", ".", ",", ")", ":", "/", "-", "ฯ", "ๆ", " ", '"', "”"))
        return text if draw.random() < 0.85 else text.translate(str.maketrans(THAI_DIGITS, "0123456789"))

    def _rare(self) -> str:
        draw = self._random
        if draw.random() < 0.5:
            return draw.choice(("", " ")).join(draw.choices(_RARE_WORDS.split(), k=draw.randint(1, 2)))
        letters = "".join(draw.choices(_RARE, k=draw.randint(1, 5)))
        return draw.choice(("", "น", "กา")) + letters + draw.choice(("", "า", "ร", "์"))

    def _latin(self) -> str:
        draw = self._random
        if draw.random() < 0.6:
            words = draw.choices(_LATIN_WORDS.split(), k=draw.randint(1, 3))
            change = draw.choice((str, str, str.upper, str.lower, str.capitalize))
            return " ".join(change(word) for word in words)
        printable = "".join(map(chr, range(0x21, 0x7F)))
        pool = draw.choice(
            ("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz", "0123456789", printable, printable)
        )
        word = "".join(draw.choices(pool, k=draw.randint(1, 7)))
        left, right = draw.choice(("()", "“”", '""', "‘’", "[]", ("", ""), ("", "")))
        return left + word + right

    def _clusters(self, size: int) -> str:
        """Letters that no knowledge of Thai predicts."""
        draw = self._random
        made = ""
        while len(made) < size:
            made += draw.choice("เแโใไ") if draw.random() < 0.15 else ""
            made += draw.choice(_CONSONANTS)
            kind = draw.random()
            made += draw.choice(_ABOVE) if kind < 0.3 else draw.choice(_BELOW) if kind < 0.42 else ""
            made += draw.choice(_TONES) if draw.random() < 0.3 else ""
            made += draw.choice(("า", "ะ", "ำ", "ๆ", "ฯ", "ๅ", " ")) if draw.random() < 0.3 else ""
            made += draw.choice(THAI_DIGITS) if draw.random() < 0.12 else ""
        return made

    def _leaders(self, size: int) -> str:
        """A dotted leader with a page number or an amount, as in tables of contents and forms."""
        draw = self._random
        dots = draw.choice((".", ".", ". ", "…")) * draw.randint(3, 14)
        return self._slice(draw.randint(1, size)) + " " + dots + " " + self._digits(1, 4)


def _trim(text: str) -> str:
    """Without marks that have no consonant to stand on, and without doubled spaces."""
    text = _HOMELESS.sub(r"\1", re.sub(" +", " ", text))
    return text.lstrip(" ะาๅ")
