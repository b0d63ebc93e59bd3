"""What the page says, in English and Thai."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request

LANGUAGES = ("en", "th")

_TABLE: Mapping[str, tuple[str, str]] = {
    "title": ("Review", "ตรวจทาน"),
    "documents": ("Documents", "เอกสาร"),
    "document": ("Document", "เอกสาร"),
    "page": ("Page", "หน้า"),
    "pages": ("Pages", "หน้าทั้งหมด"),
    "state": ("State", "สถานะ"),
    "open": ("To decide", "รอตัดสินใจ"),
    "for_second": ("Wait for a second person", "รอผู้ตรวจคนที่สอง"),
    "note": ("Note", "หมายเหตุ"),
    "all": ("All", "ทั้งหมด"),
    "filter": ("Filter", "กรอง"),
    "search": ("Search in text and names", "ค้นในข้อความและชื่อเอกสาร"),
    "show": ("Show", "แสดง"),
    "unfiltered": ("Clear", "ล้าง"),
    "nothing_found": ("Nothing matches.", "ไม่พบรายการที่ตรงกัน"),
    "no_documents": ("No documents yet. `chamra digitise` reads the first one.",
                     "ยังไม่มีเอกสาร ใช้คำสั่ง chamra digitise เพื่ออ่านเอกสารแรก"),
    "start": ("Start with what is open", "เริ่มจากที่รอตัดสินใจ"),
    "nothing_open": ("Nothing is open.", "ไม่มีรายการรอตัดสินใจ"),
    "blank": ("blank", "หน้าว่าง"),
    "lapsed": ("earlier decisions lapsed", "คำตัดสินเดิมที่สิ้นผล"),
    "stage_missing": ("not read yet", "ยังไม่ได้อ่าน"),
    "stage_failed": ("failed", "อ่านไม่สำเร็จ"),
    "stage_waived": ("left out", "ยกเว้น"),
    "stage_waiting": ("waiting for review", "รอตรวจทาน"),
    "stage_decided": ("decided, not signed", "ตัดสินแล้ว ยังไม่ลงนาม"),
    "stage_signed": ("signed", "ลงนามแล้ว"),
    "stage_published": ("published", "เผยแพร่แล้ว"),
    "outcome_open": ("open", "รอตัดสินใจ"),
    "outcome_second": ("waits for a second person", "รอผู้ตรวจคนที่สอง"),
    "outcome_conflict": ("decided in two ways", "คำตัดสินขัดกัน"),
    "outcome_beaten": ("set aside for another proposal", "มีข้อเสนออื่นแทน"),
    "outcome_policy": ("safe: accepted when signed", "ปลอดภัย รับเมื่อลงนาม"),
    "outcome_accepted": ("accepted", "ยอมรับแล้ว"),
    "outcome_rejected": ("rejected", "ปฏิเสธแล้ว"),
    "outcome_edited": ("corrected by hand", "แก้ด้วยมือแล้ว"),
    "outcome_acknowledged": ("acknowledged", "รับทราบแล้ว"),
    "verdict_accept": ("accepted", "ยอมรับ"),
    "verdict_reject": ("rejected", "ปฏิเสธ"),
    "verdict_edit": ("wrote", "เขียนว่า"),
    "verdict_acknowledge": ("acknowledged", "รับทราบ"),
    "verdict_withdraw": ("took the decision back", "ถอนคำตัดสิน"),
    "verdict_waive": ("left out", "ยกเว้น"),
    "family_ENC": ("encoding of letters", "รหัสอักขระ"),
    "family_SPC": ("spaces", "ช่องว่าง"),
    "family_LIN": ("lines and running heads", "บรรทัดและหัวกระดาษ"),
    "family_GAZ": ("places", "ชื่อสถานที่"),
    "family_DIG": ("digits", "ตัวเลข"),
    "family_LAT": ("Latin words", "คำอักษรละติน"),
    "family_LEX": ("spelling", "การสะกด"),
    "family_DAT": ("dates and numbers", "วันที่และจำนวน"),
    "family_REP": ("repeated words", "คำซ้ำ"),
    "family_RDR": ("readers disagree", "ตัวอ่านไม่ตรงกัน"),
    "family_LOW": ("hard to read", "อ่านยาก"),
    "family_HUM": ("written by a person", "คนเขียน"),
    "scan": ("Scan", "ภาพสแกน"),
    "text": ("Text", "ข้อความ"),
    "finding": ("Finding", "รายการ"),
    "line_picture": ("The line as scanned", "บรรทัดในภาพสแกน"),
    "before": ("As read", "ที่อ่านได้"),
    "after": ("Proposed", "ข้อเสนอ"),
    "now": ("Now", "ขณะนี้"),
    "alternatives": ("Alternatives", "ตัวเลือกอื่น"),
    "rule": ("Rule", "กฎ"),
    "evidence": ("Evidence", "หลักฐาน"),
    "confidence": ("Confidence", "ความมั่นใจ"),
    "letters": ("Letters", "รหัสตัวอักษร"),
    "decisions": ("Decisions", "คำตัดสิน"),
    "none_yet": ("none yet", "ยังไม่มี"),
    "two_people": ("Changes a fact: two people must agree.", "เปลี่ยนข้อเท็จจริง ต้องมีผู้ตรวจสองคนเห็นตรงกัน"),
    "blind": ("One person has decided. What, is shown after you have.",
              "มีผู้ตัดสินแล้วหนึ่งคน จะแสดงผลเมื่อท่านตัดสินแล้ว"),
    "wait_for_other": ("You have decided. A second person must, from another account.",
                       "ท่านตัดสินแล้ว ต้องมีผู้ตรวจอีกคนจากบัญชีอื่น"),
    "no_finding": ("Nothing was found on this page that needs a person.", "หน้านี้ไม่มีรายการที่ต้องให้คนตัดสิน"),
    "no_picture": ("There is no picture of this line.", "ไม่มีภาพของบรรทัดนี้"),
    "accept": ("Accept", "ยอมรับ"),
    "acknowledge": ("Acknowledge", "รับทราบ"),
    "reject": ("Reject", "ปฏิเสธ"),
    "edit": ("Edit", "แก้ไข"),
    "skip": ("Skip", "ข้าม"),
    "undo": ("Undo", "ย้อน"),
    "sign": ("Sign", "ลงนาม"),
    "save": ("Save", "บันทึก"),
    "cancel": ("Cancel", "ยกเลิก"),
    "close": ("Close", "ปิด"),
    "correct_text": ("The text for this place", "ข้อความสำหรับตำแหน่งนี้"),
    "remark": ("Reason, for the record", "เหตุผล (บันทึกไว้)"),
    "all_keys": ("Keys", "ปุ่มลัด"),
    "key_accept": ("accept the proposal, acknowledge a flag", "ยอมรับข้อเสนอ หรือรับทราบข้อสังเกต"),
    "key_reject": ("reject: leave it as read", "ปฏิเสธ คงตามที่อ่านได้"),
    "key_edit": ("write the text yourself; Enter saves, Esc leaves", "เขียนข้อความเอง Enter บันทึก Esc ออก"),
    "key_alternative": ("take this alternative", "ใช้ตัวเลือกนี้"),
    "key_skip": ("leave it, go to the next open one", "ข้ามไปรายการที่รอถัดไป"),
    "key_undo": ("take your last decision back", "ถอนคำตัดสินล่าสุดของท่าน"),
    "key_remark": ("write a reason for the record", "เขียนเหตุผล"),
    "key_next": ("next, previous finding", "รายการถัดไป ก่อนหน้า"),
    "key_pages": ("next, previous page", "หน้าถัดไป หน้าก่อน"),
    "key_zoom": ("zoom the scan in, out, to the width", "ขยาย ย่อ หรือพอดีความกว้างของภาพสแกน"),
    "key_pan": ("move the scan", "เลื่อนภาพสแกน"),
    "key_safe": ("also stop at safe changes", "หยุดที่รายการปลอดภัยด้วย"),
    "key_swap": ("scan or text, on a narrow screen", "สลับภาพสแกนกับข้อความ (จอแคบ)"),
    "key_sign": ("sign the page", "ลงนามหน้านี้"),
    "key_queue": ("back to the document", "กลับไปที่เอกสาร"),
    "key_help": ("these keys", "แสดงปุ่มลัด"),
    "saving": ("Saving…", "กำลังบันทึก…"),
    "saved": ("Saved", "บันทึกแล้ว"),
    "not_saved": ("Not saved: the server does not answer. What you decided is kept here and sent again.",
                  "ยังไม่ได้บันทึก เซิร์ฟเวอร์ไม่ตอบ คำตัดสินของท่านยังเก็บไว้ที่นี่และจะส่งอีกครั้ง"),
    "retry": ("Try now", "ลองทันที"),
    "refused": ("Not recorded.", "ไม่ได้บันทึก"),
    "changed": ("This was decided meanwhile. Nothing of yours was recorded.",
                "มีการตัดสินรายการนี้ระหว่างนั้น คำตัดสินของท่านยังไม่ได้บันทึก"),
    "stands": ("On record", "ที่บันทึกไว้"),
    "yours": ("You wanted", "ที่ท่านต้องการ"),
    "leave_it": ("Leave what stands", "คงตามที่บันทึกไว้"),
    "record_mine": ("Record mine as well", "บันทึกของท่านด้วย"),
    "undone": ("Taken back", "ถอนแล้ว"),
    "nothing_to_undo": ("Nothing of this session to take back.", "ไม่มีคำตัดสินให้ถอน"),
    "page_done": ("Nothing is open for you on this page.", "หน้านี้ไม่มีรายการรอท่านตัดสิน"),
    "last_one": ("This is the only one that is left.", "เหลือรายการนี้รายการเดียว"),
    "document_done": ("Nothing is open for you in this document.", "เอกสารนี้ไม่มีรายการรอท่านตัดสิน"),
    "next_page": ("Next page with something open", "หน้าถัดไปที่มีรายการรอ"),
    "sign_page": ("Sign this page", "ลงนามหน้านี้"),
    "sign_document": ("Sign the document", "ลงนามทั้งเอกสาร"),
    "sign_says": ("Your signature says: I have seen this page, and this is its text.",
                  "ลายมือชื่อของท่านหมายความว่า ข้าพเจ้าได้ตรวจหน้านี้แล้ว และนี่คือข้อความของหน้า"),
    "sign_policy": ("safe changes are accepted under the policy", "รายการปลอดภัย รับตามนโยบาย"),
    "sign_hash": ("SHA-256 of the text", "SHA-256 ของข้อความ"),
    "sign_sees": ("The text that you sign", "ข้อความที่ท่านลงนาม"),
    "cannot_sign": ("This cannot be signed yet.", "ยังลงนามไม่ได้"),
    "signed": ("Signed.", "ลงนามแล้ว"),
    "signed_by": ("Signed by", "ลงนามโดย"),
    "you_are": ("You are", "ท่านคือ"),
    "log_out": ("Log out", "ออกจากระบบ"),
    "account": ("account", "บัญชี"),
    "claimed": ("name as claimed", "ชื่อตามที่แจ้ง"),
    "other_language": ("ภาษาไทย", "English"),
    "to_text": ("To the decision", "ไปที่การตัดสิน"),
    "zoom_in": ("Zoom in", "ขยาย"),
    "zoom_out": ("Zoom out", "ย่อ"),
    "zoom_fit": ("Fit the width", "พอดีความกว้าง"),
    "of": ("of", "จาก"),
    "unread": ("This page has no text to review.", "หน้านี้ไม่มีข้อความให้ตรวจ"),
    "problem": ("That did not work", "ทำไม่สำเร็จ"),
    "back": ("Back to the documents", "กลับไปที่เอกสาร"),
    "gone": ("was found before and is not any more", "เคยพบ แต่ไม่มีแล้ว"),
}  # fmt: skip


def catalogue(language: str) -> dict[str, str]:
    """Every message in one language."""
    column = LANGUAGES.index(language)
    return {key: texts[column] for key, texts in _TABLE.items()}


def language_of(request: Request) -> str:
    """What the address asks for, else what was chosen before, else what the browser prefers."""
    for wish in (request.query_params.get("lang"), request.cookies.get("chamra-language")):
        if wish in LANGUAGES:
            return str(wish)
    preferred: list[tuple[float, str]] = []
    for part in request.headers.get("accept-language", "").split(",")[:20]:
        name, _, quality = part.strip().partition(";q=")
        known = name[:2].lower()
        if known in LANGUAGES:
            preferred.append((-_quality(quality), known))
    return min(preferred, key=lambda one: one[0])[1] if preferred else "en"


def _quality(text: str) -> float:
    try:
        return float(text) if text else 1.0
    except ValueError:
        return 0.0
