"""The diff report's own words in English and Thai."""

from __future__ import annotations

from collections.abc import Mapping
from string import Formatter

from model.counted import counted
from reports.evidence_text import Language

_WORDS: Mapping[str, tuple[str, str]] = {
    "kicker": ("page image, reading and corrections side by side", "ภาพหน้า ข้อความที่อ่านได้ และข้อแก้ไข เทียบเคียงกัน"),
    "of_pages": ("{kind}, pages: {n}", "{kind} จำนวน {n} หน้า"),
    "verdict_none": ("No page was asked for.", "ยังไม่ได้สั่งอ่านหน้าใด"),
    "verdict_troubled": (
        "Not finished: {troubled} of {pages:page} {troubled:has|have} no text, {waiting:finding} "
        "{waiting:waits|wait} for a person.",
        "ยังไม่เสร็จ: {troubled} จาก {pages} หน้ายังไม่มีข้อความ และมี {waiting} รายการรอตัดสินใจ",
    ),
    "verdict_waiting": (
        "Not finished: {waiting:finding} {waiting:waits|wait} for a person; "
        "{signed} of {pages:page} {signed:is|are} signed.",
        "ยังไม่เสร็จ: มี {waiting} รายการรอตัดสินใจ ลงนามแล้ว {signed} จาก {pages} หน้า",
    ),
    "verdict_to_sign": (
        "Everything is decided; {signed} of {pages:page} {signed:is|are} signed.",
        "ตัดสินครบทุกรายการแล้ว ลงนามแล้ว {signed} จาก {pages} หน้า",
    ),
    "verdict_signed": ("Signed: {signed} of {pages:page}; published: {published}.",
                       "ลงนามครบทั้ง {pages} หน้า เผยแพร่แล้ว {published} หน้า"),
    "verdict_published": ("Finished: {published} of {pages:page} {published:is|are} signed and published.",
                          "ลงนามและเผยแพร่ครบทั้ง {pages} หน้า"),
    "as_of": ("As of record {seq}, {when}, SHA-256", "ตามทะเบียนถึงรายการที่ {seq} เมื่อ {when} ค่าแฮช SHA-256"),
    "made_by": ("Chamra {version}", "Chamra รุ่น {version}"),
    "summary": ("Summary", "สรุป"),
    "pages_read": ("pages read", "หน้าที่อ่านแล้ว"),
    "blank_pages": ("{n} blank", "หน้าว่าง {n}"),
    "without_text": ("pages without text: see below", "หน้าที่ไม่มีข้อความ ดูด้านล่าง"),
    "letters": ("letters", "ตัวอักษร"),
    "found": ("proposals; flags: {flags}", "ข้อเสนอ และข้อสังเกต {flags} รายการ"),
    "wait": ("wait for a person", "รอตัดสินใจ"),
    "signed_published": ("pages signed / published", "หน้าที่ลงนาม / เผยแพร่"),
    "pages_without_text": ("Pages without text", "หน้าที่ไม่มีข้อความ"),
    "page": ("Page", "หน้า"),
    "pages": ("Pages", "หน้า"),
    "signatures": ("Signatures", "ผู้ลงนาม"),
    "signed_by": ("Signed by", "ผู้ลงนาม"),
    "account": ("account", "บัญชี"),
    "how_known": ("How known", "ทราบตัวได้จาก"),
    "when": ("When", "เมื่อ"),
    "policy": ("Policy", "นโยบาย"),
    "by_family": ("Findings by family", "รายการที่พบ แยกตามประเภท"),
    "family": ("Family", "ประเภท"),
    "accepted": ("Accepted", "ยอมรับ"),
    "rejected": ("Rejected", "ปฏิเสธ"),
    "set_aside": ("Set aside", "มีข้อเสนออื่นแทน"),
    "nothing_found": ("Nothing was found on the pages that were read.", "ไม่พบสิ่งใดในหน้าที่อ่านแล้ว"),
    "family_note": (
        "Policy: safe changes that nobody needs to look at; they are accepted by a policy on record when the page is "
        "signed. Accepted includes what was corrected by hand or acknowledged. Set aside: another proposal covers the "
        "place.",
        "นโยบาย: การแก้ที่ปลอดภัยและไม่ต้องมีผู้ตรวจ นโยบายที่บันทึกไว้รับให้เมื่อลงนาม ยอมรับ: รวมที่แก้ด้วยมือและที่รับทราบ "
        "มีข้อเสนออื่นแทน: ข้อเสนออื่นครอบคลุมที่เดียวกัน",
    ),
    "stage": ("Stage", "สถานะ"),
    "lines": ("Lines", "บรรทัด"),
    "findings": ("Findings", "รายการที่พบ"),
    "waiting": ("Wait", "รอ"),
    "errors_expected": ("Errors expected in the reading", "ตัวอักษรที่คาดว่าอ่านผิด"),
    "errors_note": (
        "Errors expected are letters misread before any correction; nine pages in ten lie in the range.",
        "จำนวนที่คาดว่าอ่านผิดนับก่อนการแก้ไขใด ๆ เก้าในสิบหน้าอยู่ในช่วงที่ให้ไว้",
    ),
    "blank": ("blank", "หน้าว่าง"),
    "not_read": ("asked for, not read yet", "สั่งอ่านแล้ว ยังไม่ได้อ่าน"),
    "show": ("Show", "แสดง"),
    "show_waiting": ("lines that wait", "บรรทัดที่รอตัดสินใจ"),
    "show_found": ("lines with findings", "บรรทัดที่มีรายการ"),
    "show_all": ("all lines", "ทุกบรรทัด"),
    "every_family": ("every family", "ทุกประเภท"),
    "every_rule": ("every rule", "ทุกกฎ"),
    "rule": ("Rule", "กฎ"),
    "every_outcome": ("every state", "ทุกสถานะ"),
    "outcome": ("State", "สถานะ"),
    "every_page": ("every page", "ทุกหน้า"),
    "every_document": ("every document", "ทุกเอกสาร"),
    "every_level": ("every level", "ทุกระดับ"),
    "every_person": ("everybody", "ทุกคน"),
    "level": ("Level", "ระดับ"),
    "person": ("Decided by", "ผู้ตัดสิน"),
    "taken_away": ("taken away", "ตัดออก"),
    "came_in": ("came in", "เพิ่มเข้า"),
    "flagged": ("flagged", "ตั้งข้อสังเกต"),
    "space_key": ("␣ a space that changes", "␣ ช่องว่างที่เปลี่ยน"),
    "mark_key": ("◌ carries a lone mark", "◌ รองเครื่องหมายเดี่ยว"),
    "n_waiting": ("{n} waiting", "รอ {n} รายการ"),
    "read_by": ("Read by {reader}", "อ่านโดย {reader}"),
    "map_mended": ("its character map mended: {what}", "ซ่อมตารางอักขระ: {what}"),
    "read_as_it_is": ("image read as it is", "อ่านจากภาพตามเดิม"),
    "newer": ("A newer reading exists.", "มีการอ่านใหม่กว่านี้"),
    "newer_note": (
        "This is the text as it was published, with the reading that it was made from. The page was read anew since, "
        "by {reader}; what was found in that reading is on the review page, and is shown here when it is signed and "
        "published.",
        "นี่คือข้อความที่เผยแพร่แล้วกับผลการอ่านที่ใช้ หน้านี้ถูกอ่านใหม่ภายหลังโดย {reader} สิ่งที่พบในการอ่านใหม่อยู่ในหน้าตรวจทาน "
        "และจะแสดงที่นี่เมื่อลงนามและเผยแพร่แล้ว",
    ),
    "hidden_lines": ("{n} of {all:line} of the page {n:has|have} no finding and {n:is|are} not shown.",
                     "{n} จาก {all} บรรทัดของหน้านี้ไม่มีรายการ จึงไม่แสดง"),
    "left_out_lines": (
        "{n} of {all:line} of the page {n:has|have} no finding and {n:is|are} not in this file "
        "(chamra report --all-lines).",
        "{n} จาก {all} บรรทัดของหน้านี้ไม่มีรายการ จึงไม่อยู่ในแฟ้มนี้ (chamra report --all-lines)",
    ),
    "line": ("line {n}", "บรรทัด {n}"),
    "printed_line": ("The printed line", "บรรทัดตามที่พิมพ์"),
    "no_place": ("The reader gives no place on the image for this line.", "ตัวอ่านไม่ได้บอกตำแหน่งของบรรทัดนี้บนภาพ"),
    "read": ("read", "อ่านได้"),
    "corrected": ("corrected", "แก้เป็น"),
    "nothing": ("nothing", "ไม่มีอะไร"),
    "confidence": ("confidence", "ความเชื่อมั่น"),
    "needs_people": ("needs {n} people", "ต้องมี {n} คน"),
    "times": ("{n:time} on this line", "{n} แห่งในบรรทัดนี้"),
    "version": ("version {n}", "รุ่น {n}"),
    "others": ("Other possibilities:", "ทางเลือกอื่น:"),
    "set_aside_for": ("Set aside for", "แทนที่ด้วย"),
    "another": ("another proposal for the same place", "ข้อเสนออื่นของที่เดียวกัน"),
    "by": ("by", "โดย"),
    "as_claimed": ("(name as claimed)", "(ชื่อตามที่กล่าวอ้าง)"),
    "places": ("Places", "สถานที่"),
    "kind": ("Kind", "ชนิด"),
    "code": ("Code", "รหัส"),
    "place": ("Place", "สถานที่"),
    "layout": ("Layout", "ผังหน้า"),
    "whole_page_regions": ("The whole page, small, with its regions", "ทั้งหน้า ย่อ พร้อมส่วนต่าง ๆ"),
    "whole_page": ("The whole page, small", "ทั้งหน้า ย่อ"),
    "page_blank": ("This page is blank.", "หน้านี้ว่าง"),
    "page_no_text": ("The reader found no text on this page.", "ตัวอ่านไม่พบข้อความในหน้านี้"),
    "page_blank_note": ("Nothing on its image could be text.", "ไม่มีสิ่งใดบนภาพที่อาจเป็นข้อความ"),
    "page_no_text_note": ("Its image has ink: look at it before you sign.", "ภาพมีหมึก โปรดดูก่อนลงนาม"),
    "ink": ("Ink covers {n} % of it.", "หมึกปกคลุม {n} %"),
    "waived": ("Waived", "ยกเว้น"),
    "could_not": ("This page could not be read: {why}", "อ่านหน้านี้ไม่ได้: {why}"),
    "not_yet": ("This page was asked for and has not been read yet.", "สั่งอ่านหน้านี้แล้ว แต่ยังไม่ได้อ่าน"),
    "left_out": ("It is left out of the published text.", "หน้านี้ไม่อยู่ในข้อความที่เผยแพร่"),
    "blocks": (
        "The document cannot be signed as a whole until this page is read, transcribed or waived with a reason.",
        "ลงนามทั้งเอกสารไม่ได้จนกว่าหน้านี้จะอ่านได้ มีผู้พิมพ์ข้อความ หรือยกเว้นพร้อมเหตุผล",
    ),
    "accounted": (
        "Every character of the corrected text comes from the reading or from a finding listed here.",
        "ทุกอักขระของข้อความที่แก้แล้วมาจากผลการอ่าน หรือจากรายการที่แสดงไว้นี้",
    ),
    "rules": ("Rules", "กฎ"),
    "dictionaries": ("dictionaries", "พจนานุกรม"),
    "reader": ("Reader", "ตัวอ่าน"),
    "index_kicker": ("all documents and what was found in them", "เอกสารทั้งหมดและสิ่งที่พบ"),
    "index_title": ("Documents: {n}", "{n} เอกสาร"),
    "documents": ("Documents", "เอกสาร"),
    "document": ("Document", "เอกสาร"),
    "standing": ("How it stands", "ความคืบหน้า"),
    "runs": ("Read", "การอ่าน"),
    "run": ("pages {pages}, {when}, record {seq}", "หน้า {pages} เมื่อ {when} รายการที่ {seq}"),
    "damaged": ("cannot be shown: {why}", "แสดงไม่ได้: {why}"),
    "count": ("Number", "จำนวน"),
    "no_report": ("no report yet", "ยังไม่มีรายงาน"),
    "changes_kicker": ("what changed in a document", "สิ่งที่เปลี่ยนไปในเอกสาร"),
    "since": ("Since record {seq}, {when}", "ตั้งแต่รายการที่ {seq} เมื่อ {when}"),
    "pages_changed": ("{n} of {pages:page} {n:has|have} changed.", "มีการเปลี่ยนแปลง {n} จาก {pages} หน้า"),
    "nothing_changed": ("Nothing has changed.", "ไม่มีการเปลี่ยนแปลง"),
    "not_there": ("was not there", "ยังไม่มี"),
    "gone_now": ("is gone", "ไม่มีแล้ว"),
    "other_reading": ("Read otherwise", "อ่านได้ต่างจากเดิม"),
    "other_text": ("Text with the corrections in force", "ข้อความตามการแก้ที่มีผล"),
    "on_paper": ("Checked on paper", "ตรวจบนกระดาษ"),
    "name_line": ("Name", "ชื่อ"),
    "date_line": ("Date", "วันที่"),
    "signature_line": ("Signature", "ลายมือชื่อ"),
}  # fmt: skip


class _CountFormatter(Formatter):
    """Says counts in words: {n:page} is 1 page or 2 pages, {n:is|are} what agrees with it."""

    def format_field(self, value: object, format_spec: str) -> str:
        if isinstance(value, int) and "|" in format_spec:
            one, several = format_spec.split("|")
            return one if value == 1 else several
        if isinstance(value, int) and len(format_spec) > 1 and format_spec.isalpha():
            return counted(value, format_spec)
        return str(super().format_field(value, format_spec))


_COUNTS = _CountFormatter()


class DiffWords:
    """The words of one language, asked for by name: `words("n_waiting", n=3)`."""

    def __init__(self, language: Language, words: Mapping[str, tuple[str, str]] | None = None) -> None:
        """`words` are those of another report than the diff report."""
        self.language = language
        self._words = _WORDS if words is None else words
        self._column = 0 if language == "en" else 1

    def __call__(self, name: str, **values: object) -> str:
        """The words of that name with their values.

        Raises:
            KeyError: there is no such name, or a value is missing.
        """
        return _COUNTS.format(self._words[name][self._column], **values)
