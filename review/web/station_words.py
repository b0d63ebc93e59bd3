"""What the proofreading station and the sheets of like letters say, in English and Thai."""

from __future__ import annotations

from collections.abc import Mapping

STATION_WORDS: Mapping[str, tuple[str, str]] = {
    "further_actions": ("All that has a key", "คำสั่งทั้งหมดที่มีปุ่มลัด"),
    "do_join": ("Join with the next line", "รวมกับบรรทัดถัดไป"),
    "do_break": ("Break the line here", "แบ่งบรรทัดตรงนี้"),
    "do_order": ("Put lines in order", "เรียงลำดับบรรทัด"),
    "do_strike_line": ("Take out the line", "ตัดบรรทัดออก"),
    "do_take_other": ("Take the other reading", "ใช้ข้อความของตัวอ่านอื่น"),
    "do_previous_line": ("Line before", "บรรทัดก่อน"),
    "do_next_line": ("Next line", "บรรทัดถัดไป"),
    "do_previous_finding": ("Finding before", "รายการก่อน"),
    "do_next_finding": ("Next finding", "รายการถัดไป"),
    "do_least_sure": ("Least sure", "ไม่แน่ใจที่สุด"),
    "do_safe": ("Safe changes too", "รวมรายการปลอดภัย"),
    "do_previous_letter": ("Letter before", "ตัวอักษรก่อน"),
    "do_next_letter": ("Next letter", "ตัวอักษรถัดไป"),
    "do_previous_mark": ("Mark before", "เครื่องหมายก่อน"),
    "do_next_mark": ("Next mark", "เครื่องหมายถัดไป"),
    "key_join": ("join the line with the next one", "รวมบรรทัดกับบรรทัดถัดไป"),
    "key_break": ("break the line before the letter that is pointed at", "แบ่งบรรทัดก่อนตัวอักษรที่ชี้อยู่"),
    "key_order": ("put the lines of the page in order", "เรียงลำดับบรรทัดของหน้า"),
    "key_next_letter": ("next letter of the line, with its marks; 1 to 9 take what it may be",
                        "ตัวอักษรถัดไปในบรรทัด รวมสระและวรรณยุกต์ กด 1 ถึง 9 เพื่อเลือกตัวที่น่าจะเป็น"),
    "key_previous_letter": ("letter before", "ตัวอักษรก่อนหน้า"),
    "key_next_mark": ("next letter or mark, each by itself", "ตัวอักษรหรือเครื่องหมายถัดไป ทีละตัว"),
    "key_previous_mark": ("letter or mark before", "ตัวอักษรหรือเครื่องหมายก่อนหน้า"),
    "break_where": ("Point at a letter of the line first: the line is broken before it.",
                    "โปรดชี้ตัวอักษรในบรรทัดก่อน บรรทัดจะถูกแบ่งหน้าตัวนั้น"),
    "order_say": ("↑ and ↓ go through the lines, with Shift they move one; so do the buttons and the handle. Saved, "
                  "all of it is one record, and U takes it back.",
                  "↑ ↓ เลื่อนไปตามบรรทัด กด Shift พร้อมกันเพื่อย้ายบรรทัด ใช้ปุ่มหรือลากที่จับก็ได้ "
                  "เมื่อบันทึกจะเป็นบันทึกเดียว และ U ถอนได้"),
    "order_up": ("Move up", "ย้ายขึ้น"),
    "order_down": ("Move down", "ย้ายลง"),
    "read_again": ("Read it again", "อ่านใหม่"),
    "read_asked": ("To be read again, asked for by", "รออ่านใหม่ ขอโดย"),
    "line_errors": ("Wrong letters expected on this line:", "คาดว่าอ่านผิดในบรรทัดนี้"),
    "line_takes": ("a line takes about", "หนึ่งบรรทัดใช้เวลาราว"),
    "minutes_left": ("min", "นาที"),
    "letters_rest": ("Enter records: what is marked is written, the rest that you have had before you is right. It "
                     "goes on to what was not in view.",
                     "Enter บันทึก ตัวที่ทำเครื่องหมายจะแก้ตามที่พิมพ์ ที่เหลือซึ่งท่านได้เห็นแล้วถือว่าถูกต้อง "
                     "แล้วเลื่อนไปยังตัวที่ยังไม่ได้เห็น"),
    "letters_look": ("Look at them first.", "โปรดดูก่อน"),
    "letters_left": ("not looked at yet", "ยังไม่ได้ดู"),
    "letters_passed": ("passed as right", "ตรวจว่าถูกต้อง"),
    "letters_empty": ("Type what stands there for each that is marked.", "โปรดพิมพ์ตัวที่ถูกต้องให้ครบทุกตัวที่ทำเครื่องหมาย"),
    "undo_sheet": ("Take all of it back", "ถอนทั้งหมด"),
}  # fmt: skip
