"""What the lists say, in English and Thai."""

from __future__ import annotations

from collections.abc import Mapping

LIST_WORDS: Mapping[str, tuple[str, str]] = {
    "lang": ("en", "th"),
    "begin": ("Begin", "เริ่มตรวจ"),
    "start_decide": ("to decide", "รายการรอตัดสินใจ"),
    "start_returned": ("returned", "หน้าส่งกลับ"),
    "start_sign": ("to sign", "หน้ารอลงนาม"),
    "start_unread": ("not readable", "หน้าอ่านไม่ได้"),
    "about": ("about", "ประมาณ"),
    "minutes": ("min", "นาที"),
    "hours": ("h", "ชั่วโมง"),
    "time": ("Time", "เวลา"),
    "minutes_says": ("What is left for you, by the time that people have taken here of late.",
                     "เวลาที่ท่านน่าจะใช้กับส่วนที่เหลือ คำนวณจากเวลาที่ผู้ตรวจใช้จริงช่วงหลัง"),
    "show_mine": ("waits for you", "รอท่าน"),
    "show_second": ("waits for a second person", "รอผู้ตรวจคนที่สอง"),
    "show_returned": ("returned", "ส่งกลับให้แก้ไข"),
    "order_gain": ("most errors removed per minute first", "แก้ผิดได้มากที่สุดต่อนาทีก่อน"),
    "hit_as_read": ("(as read)", "(ตามที่อ่านได้)"),
    "more_hits": ("more on this page", "ในหน้านี้ยังมีอีก"),
    "unsearched": ("Pages not searched yet", "หน้าที่ยังไม่ได้ค้น"),
    "sheets": ("Sheets of the list", "แผ่นของรายการ"),
    "sheet": ("Sheet", "แผ่นที่"),
    "sheet_before": ("before", "ก่อนหน้า"),
    "sheet_after": ("next", "ถัดไป"),
    "strip": ("All pages by state", "ทุกหน้าตามสถานะ"),
    "jump": ("Go to page", "ไปหน้า"),
    "go": ("Go", "ไป"),
    "these_pages": ("These pages", "หน้าเหล่านี้"),
    "take_up": ("Take up again", "นำกลับมาตรวจ"),
    "taken_up": ("The page waits again.", "หน้านี้กลับมารอตรวจแล้ว"),
    "no_such_page": ("There is no such page.", "ไม่มีหน้านี้"),
    "not_found": ("There is no such page here.", "ไม่พบหน้าที่ต้องการ"),
    "other_script": ("Letter", "ตัวอักษร"),
    "letters_how": ("Click what is wrong and type what it is.", "คลิกตัวที่ผิดแล้วพิมพ์ตัวที่ถูก"),
    "letters_record": ("Record (wrong · right):", "บันทึก (ผิด · ถูก):"),
    "letter_wrong": ("This one is wrong", "ตัวนี้ผิด"),
    "not_saved_here": ("The server does not answer. What you typed stands here still; try again.",
                       "เซิร์ฟเวอร์ไม่ตอบ ที่ท่านพิมพ์ยังอยู่ที่นี่ โปรดลองอีกครั้ง"),
    "rest_errors": ("Errors still to be expected on this page, nine pages in ten within the range:",
                    "คาดว่ายังเหลือที่ผิดในหน้านี้ (เก้าในสิบหน้าอยู่ในช่วง):"),
    "sections": ("Sections", "ส่วนต่าง ๆ"),
}  # fmt: skip
"""Each message by its name: English, Thai."""
