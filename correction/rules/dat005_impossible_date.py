"""DAT005: a date that cannot be."""

from __future__ import annotations

from collections.abc import Iterator

from correction.example import examples
from correction.facts.calendar import dates, why_impossible
from correction.facts.figure_dates import (
    impossible_days,
    impossible_figures,
    impossible_parts,
    impossible_words,
)
from correction.facts.numbers import read_by_guess
from correction.rule import Context, Match, Rule, Stage
from model.edit import Safety


def _find(context: Context) -> Iterator[Match]:
    text = context.text
    for date in dates(text):
        why = why_impossible(date)
        if why is not None and not read_by_guess(text[date.start : date.end], context.reading.reader.name):
            yield Match(date.start, date.end, None, (why,))
    found = (
        *impossible_figures(text),
        *impossible_words(text),
        *impossible_days(text),
        *impossible_parts(text),
    )
    for start, end, why in found:
        if not read_by_guess(text[start:end], context.reading.reader.name):
            yield Match(start, end, None, (why,))


RULE = Rule(
    code="DAT005",
    name="impossible date",
    version=6,
    message="There is no such date.",
    message_th="ไม่มีวันที่นี้ในปฏิทิน",
    stage=Stage.WORDS,
    level=Safety.FLAG,
    find=_find,
    positive=examples(
        "ภายใน [31 เมษายน 2569]",
        "ณ วันที่ [๓๐ ก.พ. ๒๕๖๙]",
        "วันที่ [29 กุมภาพันธ์ พ.ศ. 2569]",
        "วันที่ [5 มกราคม 5562]",
        "วันที่ [45 มกราคม]",
        "ลงวันที่ [31/02/2567] และวันที่ [12/13/2567] หรือ [๓๑/๔/๒๕๖๗]",
        "ลงวันที่ [29 ก.พ. 66] และวันที่ [๓๑ มิ.ย.] ๖๗",
        "ลงวันที่ [31/4/66] และวันที่ [31.11.2566]",
        "ระหว่างวันที่ [28-31 เมษายน] 2567",
        "วันที่ [31 เดือน 4 พ.ศ. 2567] วันที่ [31 เมย. 2567] และ [31 เมษา 67]\nลงวันที่ [2567-02-30]",
        "วันที่ [31 / 02 / 2567] และ [31-09-2565] กับ [2566/02/30] กำหนดส่ง: [31/11/67]",
        "วันที่ [31/6] ประจำเดือน [13/2567] วัน[แรม 16 ค่ำ] เดือน 5 วันที่ [29 กุมภาฯ 2566]",
        "วันที่[สามสิบเอ็ด เดือนมิถุนายน] ส่งเมื่อ [2025-02-30]",
        "on [31 April 2024], [February 29, 2023] and [30 Feb 2024] or [31 SEPT 2024] and [JUNE 31, 2024]",
        "รับเอกสาร [31.04.2567] วัน[แรม ๑๕ ค่ำ] เดือน ๕",
    ),
    negative=examples(
        "ภายใน 30 เมษายน 2569",
        "วันที่ 29 กุมภาพันธ์ พ.ศ. 2567",
        "วันที่ 29 กุมภาพันธ์ 2024",
        "ปี 2566-31 มีนาคม 2567",
        "เดือนเมษายน 2569",
        "วันที่ 29 กุมภาพันธ์",
        "ลงวันที่ 29/02/2567 และ 31/12/2566 ลงวันที่ 29 ก.พ. 67",
        "12/13/2024 (แบบอเมริกัน) 29 ก.พ. 24 ลงวันที่ 29 ก.พ. 66 คน",
        "บ้านเลขที่ 99/13/2567 คดีหมายเลขที่ 31/02/2567 มาตราส่วน 31/02/67",
        "ระหว่างวันที่ 28-30 เมษายน 2567 เวอร์ชัน 1.13.2567",
        "วันที่ 30 เดือน 4 พ.ศ. 2567 วันที่ 30 เมย. 2567 และ 30 เมษา 67\nลงวันที่ 2567-02-29",
        "30-09-2565 โทร 02-13-2565 คำสั่งที่ 31/6 วันที่ 30/6 ประจำเดือน 12/2567 วันแรม 15 ค่ำ ขึ้น ๑๕ ค่ำ",
        "on 30 April 2024, February 29, 2024 and section 30 March or 30 SEPT 2024",
        "รับเอกสาร 30.04.2567 วันแรม ๑๔ ค่ำ เดือน ๕ แรม ๑๕ ค่ำ เดือน ๗ แรม 15 ค่ำ เดือน 8 - 8",
    ),
)
