"""DIG010: a number of a list that skips one, stands twice, or stands where another belongs."""

from __future__ import annotations

from collections.abc import Iterator

from correction.example import examples
from correction.facts.numbering import out_of_order
from correction.facts.numbers import read_by_guess
from correction.rule import Context, Match, Rule, Stage
from model.edit import Safety
from model.evidence import Evidence, EvidenceKind


def _find(context: Context) -> Iterator[Match]:
    text = context.text
    for start, end, before in out_of_order(text):
        if not read_by_guess(text[start:end], context.reading.reader.name):
            yield Match(start, end, None, (Evidence(EvidenceKind.FOLLOWS, (text[start:end], before)),))


RULE = Rule(
    code="DIG010",
    name="numbering out of order",
    version=4,
    message="The numbering skips a number here, repeats one, or has another number in between.",
    message_th="ลำดับข้อข้าม ซ้ำ หรือสลับ",
    stage=Stage.WORDS,
    level=Safety.FLAG,
    find=_find,
    positive=examples(
        "ข้อ ๑ ระเบียบนี้\nข้อ [๓] ให้ใช้บังคับ\nข้อ ๔ ให้ยกเลิก",
        "ข้อ ๑ ระเบียบนี้\nข้อ [๓] ให้ใช้บังคับ",
        "ข้อ ๑ ระเบียบนี้\nข้อ ๒ ให้ยกเลิกระเบียบเดิม\nข้อ [๔] ในระเบียบนี้\nข้อ ๕ ให้ปลัดกระทรวง",
        "(๑) คณะกรรมการ\n(๒) อนุกรรมการ\n([๔]) เลขานุการ\n(๕) ผู้ช่วย",
        "ข้อ 1 ระเบียบ\nข้อ 2 ให้ใช้\nข้อ [8] ให้ยกเลิก\nข้อ 4 ในระเบียบ",
        "1. วัตถุประสงค์\n2. เป้าหมาย\n[4]. วิธีดำเนินการ\n5. งบประมาณ",
        "2.1 ความเป็นมา\n2.2 ขอบเขต\n2.[4] ผลลัพธ์",
        "(ก) อาคาร\n(ข) ถนน\n([ง]) สะพาน",
        "ให้มีอำนาจดังนี้ (๑) กำหนดนโยบายและแผน (๒) จัดสรรงบประมาณ ([๔]) ติดตามและประเมินผล",
        "a) survey\nb) design\n[d]) construction\ne) report",
        "ระเบียบวาระที่ 1 เรื่องแจ้ง\nระเบียบวาระที่ 2 รับรองรายงาน\nระเบียบวาระที่ [4] เรื่องอื่น ๆ",
        "ข้อ 4 ระเบียบ\nข้อ 5 ให้ใช้\nข้อ [5] ให้ยกเลิก\nข้อ 6 ในระเบียบนี้",
    ),
    negative=examples(
        "ข้อ ๑ ระเบียบนี้\nข้อ ๒ ให้ใช้บังคับ\nข้อ ๓ ให้ยกเลิก",
        "ข้อ ๒ ให้ใช้บังคับ\nข้อ ๓ ให้ยกเลิกความใน\nข้อ ๕ แห่งระเบียบ\nข้อ ๔ ให้ใช้ความต่อไปนี้",
        "ข้อ ๑ ระเบียบนี้ ข้อ ๒ ให้ใช้\nข้อ ๓ ให้ยกเลิก\nข้อ ๔ ในระเบียบนี้",
        "ข้อ 1 ให้ยกเลิก\nข้อ 1 ให้กำหนด\nข้อ 2 ให้ใช้",
        "ข้อ 1 จงตอบ\nข้อ 1 จงตอบ\nข้อ 1 จงตอบ",
        "มาตรา ๕ ให้ยกเลิก\nมาตรา ๑๒ แห่ง\nมาตรา ๑๓ แห่ง",
        "(๑) คณะกรรมการ\n(๒) อนุกรรมการ\n(๓) เลขานุการ ตาม (๑) และ (๓) มาตรา ๑๐๙ (๑) (๓) (๔)",
        "1. เรื่อง แผน\n2. เรื่อง งบประมาณ\n1. อนุมัติ\n2. มอบหมาย\n3. เรื่อง แต่งตั้ง\n4. เรื่อง อื่น",
        "1. เรื่อง แผน\n2. เรื่อง งบ\n3. เรื่อง ผล\n1. อนุมัติ\n2. มอบหมาย\n4. เรื่อง อื่น\n5. เรื่อง ปิด",
        "2.1 ความเป็นมา\n2.2 ขอบเขต\n2.3 ผลลัพธ์\n(ก) อาคาร\n(ข) ถนน\n(ค) สะพาน",
        "a) survey\nb) design\nc) report\ni) one\nv) five\nระเบียบวาระที่ 3.1 ก\nระเบียบวาระที่ 3.3 ข",
        "1.5 ล้านบาท\n1.6 ล้านบาท\n1.8 ล้านบาท",
        "ข้อ ๑ ระเบียบนี้\nข้อ ๓/๑ ให้ใช้\nข้อ ๔ ให้ยกเลิก",
    ),
)
