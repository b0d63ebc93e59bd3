"""What goes wrong, said to somebody in a browser: in their language, and with what they can do there.

Errors are English sentences that suit a terminal, too. Here each is known by its form, with braces for what differs,
and said anew: in Thai always, in English where the terminal's words would not help. What is not known stays English.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from model.errors import ChamraError
from reports.known_forms import gaps_in, sentences_first
from reports.letters import safe_text

SAME = ""
"""Stands for English that is said as it is."""

MESSAGES: Mapping[str, tuple[str, str]] = sentences_first({
    "{} people cannot be asked to sign.": (SAME, "กำหนดให้ {0} คนลงนามไม่ได้"),
    "{} letters on 100 pages cannot be asked for.": (SAME, "กำหนด {0} ตัวต่อ 100 หน้าไม่ได้"),
    "A program asks: {}.": (SAME, "โปรแกรมขอโดยไม่มีสิทธิ์: {0}"),
    "This server has no inbox.": (SAME, "เซิร์ฟเวอร์นี้ไม่มีกล่องรับเข้า"),
    "There is no such address.": (SAME, "ไม่พบที่อยู่นี้"),
    "Only the review page itself may do that.": (SAME, "ทำได้จากหน้าตรวจทานเท่านั้น"),
    "Only the review page itself may change anything.": (SAME, "แก้ไขได้จากหน้าตรวจทานเท่านั้น"),
    "The request is too large, or does not say how large.": (SAME, "คำขอมีขนาดใหญ่เกินไป หรือไม่ได้บอกขนาด"),
    "The request came too slowly.": (SAME, "คำขอมาช้าเกินไป"),
    "The request does not say how large it is.": (SAME, "คำขอไม่ได้บอกขนาด"),
    "Others are sending files. Send it again soon.": (SAME, "มีผู้อื่นกำลังส่งไฟล์ โปรดส่งอีกครั้งในไม่ช้า"),
    "The file came too slowly.": (SAME, "ไฟล์มาช้าเกินไป"),
    "The sender went away.": (SAME, "ผู้ส่งหยุดส่ง"),
    "The file did not come whole.": (SAME, "ไฟล์มาไม่ครบ"),
    "A file may have {} MiB.": (SAME, "ไฟล์มีขนาดได้ไม่เกิน {0} MiB"),
    "There is no room for this file.": (SAME, "ไม่มีที่ว่างสำหรับไฟล์นี้"),
    "A scan has a name.": (SAME, "ไฟล์สแกนต้องมีชื่อ"),
    "The inbox has many files of this name.": (SAME, "กล่องรับเข้ามีไฟล์ชื่อนี้หลายไฟล์แล้ว"),
    "A token is for something.": (SAME, "โทเคนต้องมีขอบเขต"),
    "A token counts for 1 to {} days.": (SAME, "โทเคนมีอายุ 1 ถึง {0} วัน"),
    "Say in a line what the token is for.": (SAME, "โปรดบอกในบรรทัดเดียวว่าโทเคนใช้ทำอะไร"),
    "No token is called {}.": (SAME, "ไม่มีโทเคน {0}"),
    "Nothing of these documents is published.": (SAME, "เอกสารเหล่านี้ยังไม่มีข้อความที่เผยแพร่"),
    "The ledger has {} samples {}.": ("There is no such sample.", "ไม่มีการสุ่มตรวจนี้"),
    "Record {} is no sound sample.": (SAME, "บันทึกที่ {0} ไม่ใช่การสุ่มตรวจที่สมบูรณ์"),
    "The seed is not 32 bytes in hexadecimal.": (SAME, "ค่าเริ่มสุ่มไม่ใช่เลขฐานสิบหก 64 หลัก"),
    "{} is no share.": (SAME, "{0} ไม่ใช่สัดส่วน"),
    "The limit and the confidence lie between 0 % and 100 %, and defects are not negative.":
        (SAME, "ขีดจำกัดและความเชื่อมั่นต้องอยู่ระหว่าง 0 % กับ 100 % และจำนวนผิดต้องไม่ติดลบ"),
    "{} (account {}) does not hold the role {}.": (SAME, "{0} (บัญชี {1}) ไม่มีบทบาท {2}"),
    "The text holds the invisible character U+{}.": (SAME, "ข้อความมีอักขระที่มองไม่เห็น U+{0}"),
    "The export format {} is for published text.": (SAME, "รูปแบบ {0} ใช้กับข้อความที่เผยแพร่เท่านั้น"),
    "There is no export format {}.": (SAME, "ไม่มีรูปแบบส่งออก {0}"),
    "What is brought as the export format {} is no ExportFormat of that name.":
        (SAME, "รูปแบบส่งออก {0} ที่ติดตั้งไว้ใช้ไม่ได้"),
    "{}: page {} is not published.": (SAME, "{0}: หน้า {1} ยังไม่ได้เผยแพร่"),
    "{} has no pages.": (SAME, "{0} ไม่มีหน้า"),
    "There is no text to put in.": (SAME, "ไม่มีข้อความให้บันทึก"),
    "Page {} of {} was not asked for.": (SAME, "ไม่ได้ขอให้อ่านหน้า {0} ของ {1}"),
    "Page {} of {} was read.": (SAME, "หน้า {0} ของ {1} อ่านแล้ว"),
    "Page {} of {} was not read.": (SAME, "หน้า {0} ของ {1} ยังไม่ได้อ่าน"),
    "Page {} was not read.": (SAME, "หน้า {0} ยังไม่ได้อ่าน"),
    "{} is no mark.": (SAME, "{0} ไม่ใช่เครื่องหมาย"),
    "A doubt needs a note.": (SAME, "โปรดเขียนว่าสงสัยเรื่องใด"),
    "Page {} has no finding {}.": ("That finding is not on page {0} any more.", "หน้า {0} ไม่มีรายการนี้แล้ว"),
    "{} (account {}) signs with a key: {}.": (SAME, "{0} (บัญชี {1}) ลงนามด้วยกุญแจ {2}"),
    "That key cannot sign pages: {}.": (SAME, "กุญแจนี้ใช้ลงนามไม่ได้: {0}"),
    "The page {}.": (SAME, "ลายมือชื่อของหน้านี้ใช้ไม่ได้: {0}"),
    "{} on page {} is decided in two ways at once.":
        ("One change on page {1} is decided in two ways at once.", "รายการหนึ่งในหน้า {1} ถูกตัดสินสองแบบพร้อมกัน"),
    "{} on page {} was decided since it was shown.":
        ("This was decided on page {1} since it was shown.", "มีการตัดสินรายการนี้ในหน้า {1} หลังจากที่แสดงแก่ท่าน"),
    "Leaving out page {} needs a reason.": (SAME, "การยกเว้นหน้า {0} ต้องมีเหตุผล"),
    "{} has no page {} that was asked for.": (SAME, "{0} ไม่มีหน้า {1} ที่ขอให้อ่าน"),
    "Page {} of {} was read and cannot be left out.": (SAME, "หน้า {0} ของ {1} อ่านแล้ว จึงยกเว้นไม่ได้"),
    "A finding cannot be decided by {}.": (SAME, "ตัดสินรายการด้วย {0} ไม่ได้"),
    "{} proposes a text.": ("This one proposes a text.", "รายการนี้เสนอข้อความ"),
    "{} covers no text that could be replaced.":
        ("This one covers no text that could be replaced.", "รายการนี้ไม่มีข้อความให้แทนที่"),
    "{} is what stands there already.": (SAME, "{0} คือข้อความที่มีอยู่แล้ว"),
    "{} and {} on page {} overlap and cannot both be accepted.":
        ("Two changes on page {2} overlap, and both cannot be accepted.",
         "การแก้ไขสองรายการในหน้า {2} ซ้อนกัน จึงรับทั้งสองไม่ได้"),
    "{} may mean {}.": ("Several findings are meant.", "หมายถึงหลายรายการ"),
    "{} has no finding {}; nothing was recorded.":
        ("That finding is not in {0} any more; nothing was recorded.", "{0} ไม่มีรายการนี้แล้ว ยังไม่ได้บันทึก"),
    "{} is no public key that can sign pages.": (SAME, "{0} ไม่ใช่กุญแจสาธารณะที่ใช้ลงนามได้"),
    "{} cannot stand in a list of signers.": (SAME, "{0} อยู่ในรายชื่อผู้ลงนามไม่ได้"),
    "That key is not yours.": (SAME, "กุญแจนี้ไม่ใช่ของท่าน"),
    "{} looks like {} ({}), who is a user already.": (SAME, "{0} ดูคล้าย {1} ({2}) ซึ่งเป็นผู้ใช้อยู่แล้ว"),
    "The name cannot stand.": (SAME, "ใช้ชื่อนี้ไม่ได้"),
    "Line {} of page {} has changed since it was shown.":
        (SAME, "บรรทัด {0} ของหน้า {1} เปลี่ยนไปหลังจากที่แสดงแก่ท่าน"),
    "The line holds control characters.": (SAME, "บรรทัดนี้มีอักขระควบคุม"),
    "Nothing is changed.": (SAME, "ไม่มีสิ่งใดเปลี่ยน"),
    "The place lies outside the page.": (SAME, "ตำแหน่งอยู่นอกหน้า"),
    "The password is shorter than {} characters.": (SAME, "รหัสผ่านสั้นกว่า {0} ตัวอักษร"),
    "The password is longer than {} bytes.": (SAME, "รหัสผ่านยาวเกิน {0} ไบต์"),
    "The password has fewer than {} different characters.": (SAME, "รหัสผ่านมีตัวอักษรต่างกันน้อยกว่า {0} ตัว"),
    "The password is a name that everybody knows.": (SAME, "รหัสผ่านเป็นชื่อที่ใคร ๆ ก็รู้"),
    "Record {} signs page {} of {}, which was not read.":
        (SAME, "บันทึกที่ {0} ลงนามหน้า {1} ของ {2} ซึ่งยังไม่ได้อ่าน"),
    "Page {} of {}: the replay does not give the text that was signed.":
        (SAME, "หน้า {0} ของ {1}: ทำซ้ำแล้วไม่ได้ข้อความที่ลงนามไว้"),
    "Page {} was published without a sign-off.": (SAME, "หน้า {0} เผยแพร่โดยไม่มีการลงนาม"),
    "Page {} of {}: {}.": (SAME, "หน้า {0} ของ {1}: {2}"),
    "Page {} of {} does not wait to be read.": (SAME, "หน้า {0} ของ {1} ไม่ได้รออ่าน"),
    "Something is open on one of these lines.": (SAME, "มีรายการรอตัดสินในบรรทัดเหล่านี้"),
    "These are not the same lines.": (SAME, "บรรทัดเหล่านี้ไม่ตรงกับของเดิม"),
    "Nobody was shown these lines for long enough to look at them.":
        ("These lines were not shown to you for long enough to look at them.",
         "ยังไม่เคยแสดงบรรทัดเหล่านี้แก่ท่านนานพอที่จะดูได้"),
    "Of the lines drawn by lot on page {}, {} were not passed.":
        (SAME, "ในหน้า {0} ยังมี {1} บรรทัดที่ระบบสุ่มเลือกซึ่งยังไม่ได้ตรวจ"),
    "Page {} of {} was not returned.": (SAME, "หน้า {0} ของ {1} ไม่ได้ถูกส่งกลับ"),
    "No page is named whose signature shall be revoked.": (SAME, "ไม่ได้ระบุหน้าที่จะเพิกถอนการลงนาม"),
    "Page {} of {} has no signature that stands.": (SAME, "หน้า {0} ของ {1} ไม่มีการลงนามที่มีผล"),
    "Page {} of {} is not left out.": (SAME, "หน้า {0} ของ {1} ไม่ได้ถูกยกเว้น"),
    "Dismissing a refused file needs a reason.": (SAME, "การยุติเรื่องไฟล์ที่รับเข้าไม่ได้ต้องมีเหตุผล"),
    "No refused file is called {}.": (
        "This file does not wait for anybody any more; it was dismissed or taken.",
        "ไฟล์นี้ไม่มีเรื่องค้างแล้ว มีผู้ยุติเรื่องหรือรับเข้าแล้ว",
    ),
    "More than one refused file is called {}.": (SAME, "มีไฟล์ที่รับเข้าไม่ได้ชื่อ {0} มากกว่าหนึ่งไฟล์"),
    "Revoking a signature needs a reason.": (SAME, "การเพิกถอนการลงนามต้องมีเหตุผล"),
    "Returning a page needs a note.": (SAME, "การส่งหน้ากลับต้องมีหมายเหตุ"),
    "Page {} of {} was drawn and was not published.": (SAME, "หน้า {0} ของ {1} ถูกสุ่มแต่ไม่ได้เผยแพร่"),
    "Page {} has changed since its lines were drawn.": (SAME, "หน้า {0} เปลี่ยนไปหลังจากที่สุ่มบรรทัด"),
    "There is nothing to sign.": (SAME, "ไม่มีหน้าให้ลงนาม"),
    "Page {} of {} is not as it was shown: its text has changed, or something was taken back.":
        (SAME, "หน้า {0} ของ {1} ไม่เหมือนที่แสดงแก่ท่าน ข้อความเปลี่ยนไป หรือมีการถอนบางอย่าง"),
    "{} cannot be signed yet. {}": ("{0} cannot be signed yet; something is left on these pages: {pages}.",
                                    "ยังลงนาม {0} ไม่ได้ ยังมีสิ่งค้างในหน้า {pages}"),
    "Page {} of {} has no text.": (SAME, "หน้า {0} ของ {1} ไม่มีข้อความ"),
    "The {} text of page {} of {} ends before character {}.": (SAME, "ข้อความของหน้า {1} ของ {2} จบก่อนอักขระที่ {3}"),
    "Page {} is not published.": (SAME, "หน้า {0} ยังไม่ได้เผยแพร่"),
    "Page {} has no picture of character {}.": (SAME, "หน้า {0} ไม่มีภาพของอักขระที่ {1}"),
    "Others keep writing about {}.": ("Others keep writing about this document.", "มีผู้อื่นกำลังบันทึกเอกสารนี้อยู่"),
    "That is the password that you have.": (SAME, "นั่นคือรหัสผ่านเดิมของท่าน"),
    "The password is wrong.": (SAME, "รหัสผ่านไม่ถูกต้อง"),
    "The account {} may not manage users.": (SAME, "บัญชี {0} ไม่มีสิทธิ์จัดการผู้ใช้"),
    "Nobody takes the role of administrator from themselves.": (SAME, "ไม่มีใครถอนบทบาทผู้ดูแลระบบของตนเองได้"),
    "There is no user {}.": (SAME, "ไม่มีผู้ใช้ {0}"),
    "{} cannot be a login.": (SAME, "{0} ใช้เป็นชื่อผู้ใช้ไม่ได้"),
    "{} would hold no role.": (SAME, "{0} จะไม่มีบทบาทใด"),
    "{} is a user's already, and stays theirs.": (SAME, "{0} เป็นของผู้ใช้คนหนึ่งอยู่แล้วและเปลี่ยนเจ้าของไม่ได้"),
    "Page {} has no image.": (SAME, "หน้า {0} ไม่มีภาพ"),
    "There is no such report.": (SAME, "ไม่มีรายงานนี้"),
    "Something else was shown meanwhile.": (SAME, "ระหว่างนั้นมีการแสดงผลใหม่"),
    "There is nothing new to learn.": (SAME, "ไม่มีสิ่งใหม่ให้เรียนรู้"),
    "There is no such form.": (SAME, "ไม่มีรูปแบบนี้"),
    "Something in it waits for a second person, and the file would show what the first has decided.":
        (SAME, "มีรายการรอผู้ตรวจคนที่สอง และไฟล์จะแสดงคำตัดสินของคนแรก"),
    "There is no such page.": (SAME, "ไม่มีหน้านี้"),
    "Not every line of the sample was looked at: {} of {}.":
        (SAME, "ยังไม่ได้ตรวจครบทุกบรรทัดของตัวอย่าง ตรวจแล้ว {0} จาก {1} บรรทัด"),
    "There is no such sample.": (SAME, "ไม่มีการสุ่มตรวจนี้"),
    "The sample has no such line.": (SAME, "ไม่มีบรรทัดนี้ในการสุ่มตรวจ"),
    "There is no picture of that place.": (SAME, "ไม่มีภาพของตำแหน่งนี้"),
    "The workspace has no such document.": (SAME, "ไม่มีเอกสารนี้"),
    "The workspace has no document {}.": ("There is no such document.", "ไม่มีเอกสารนี้"),
    "Page {} has no text.": (SAME, "หน้า {0} ไม่มีข้อความ"),
    "The page has no such letter.": (SAME, "หน้านี้ไม่มีตัวอักษรนี้"),
    "The page has no such finding.": (SAME, "หน้านี้ไม่มีรายการนี้"),
    "The first user must be an administrator: from then on only administrators manage users.":
        (SAME, "ผู้ใช้คนแรกต้องเป็นผู้ดูแลระบบ เพราะหลังจากนั้นผู้ดูแลระบบเท่านั้นที่จัดการผู้ใช้ได้"),
    "Set a password of your own first.": (SAME, "โปรดตั้งรหัสผ่านของท่านเองก่อน"),
    "Nobody may ask for this address.": (SAME, "ไม่มีผู้ใดเปิดที่อยู่นี้ได้"),
    "This takes the role {}; you hold {}.": (SAME, "ต้องมีบทบาท {0} ท่านมีบทบาท {1}"),
    "That passkey is not yours.": (SAME, "พาสคีย์นี้ไม่ใช่ของท่าน"),
    "The passkey has answered too late.": (SAME, "พาสคีย์ตอบช้าเกินไป"),
    "This asks for your password.": (SAME, "ต้องใช้รหัสผ่านของท่าน"),
    "There were too many attempts.": (SAME, "ลองหลายครั้งเกินไป"),
    "You sign with a key: {}.": (SAME, "ท่านลงนามด้วยกุญแจ {0}"),
    "This workspace has users, and the account {} is none of theirs.":
        (SAME, "ที่เก็บงานนี้มีผู้ใช้ และบัญชี {0} ไม่ใช่ของผู้ใช้คนใด"),
    "The account {} belongs to {}, not to {}.": (SAME, "บัญชี {0} เป็นของ {1} ไม่ใช่ {2}"),
    "The account {} belongs to no user.": (SAME, "บัญชี {0} ไม่ใช่ของผู้ใช้คนใด"),
    "{}, page {}: Tesseract took longer than {} s and was stopped.":
        (SAME, "{0} หน้า {1}: Tesseract ใช้เวลานานเกิน {2} วินาทีจึงถูกหยุด"),
    "{}, page {}: nothing was read on it, and there is ink like letters in {} places.":
        (SAME, "{0} หน้า {1}: อ่านไม่ได้เลย แต่มีหมึกคล้ายตัวอักษร {2} แห่ง"),
    "{}, page {}: cannot be read{}: about {} of its letters would be wrong.":
        (SAME, "{0} หน้า {1}: อ่านไม่ได้{2} ตัวอักษรน่าจะผิดราว {3}"),
    "{}, page {}: Tesseract wrote no usable character boxes: {}.":
        (SAME, "{0} หน้า {1}: Tesseract ไม่ได้บอกตำแหน่งตัวอักษร: {2}"),
    "{}, page {}: Tesseract ended well but wrote no usable text.":
        (SAME, "{0} หน้า {1}: Tesseract ทำงานเสร็จแต่ไม่มีข้อความ"),
    "{}, page {}: Tesseract cannot be run: {}.": (SAME, "{0} หน้า {1}: เรียก Tesseract ไม่ได้: {2}"),
    "{}, page {}: it has no text layer.": (SAME, "{0} หน้า {1}: ไม่มีชั้นข้อความ"),
    "Tesseract took longer than {} s": (SAME, "Tesseract ใช้เวลานานเกิน {0} วินาที"),
    "Page {} of {} has no text to look at.": (SAME, "หน้า {0} ของ {1} ไม่มีข้อความให้ดู"),
    "A value has {} characters at most.": (SAME, "ค่าหนึ่งยาวได้ไม่เกิน {0} ตัวอักษร"),
    "Nothing of page {} of {} is to be typed.": (SAME, "หน้า {0} ของ {1} ไม่มีค่าให้พิมพ์"),
    "Page {} of {} was read anew.": (SAME, "หน้า {0} ของ {1} ถูกอ่านใหม่แล้ว"),
    "In line {} of page {} a letter had been changed on purpose, {}. It was put back.":
        (SAME, "ในบรรทัด {0} ของหน้า {1} ระบบเปลี่ยนตัวอักษรไว้โดยตั้งใจเพื่อวัดการตรวจ และคืนค่าเดิมแล้ว"),
    "On page {} letters had been changed on purpose ({}), {}. All are put back.":
        (SAME, "ในหน้า {0} ระบบเปลี่ยนตัวอักษรไว้ {1} ตัวโดยตั้งใจเพื่อวัดการตรวจ และคืนค่าเดิมแล้ว"),
    "No time-stamping authority is set.": (SAME, "ยังไม่ได้ตั้งหน่วยประทับเวลา"),
    "Not kept: it is about no record of this ledger.": (SAME, "ไม่ได้เก็บ เพราะไม่ตรงกับบันทึกใดในบัญชีนี้"),
    "By which certificates is the time-stamping authority known?": (SAME, "ยังไม่ทราบใบรับรองของหน่วยประทับเวลา"),
    "{} answers more than a time stamp.": (SAME, "{0} ตอบมากกว่าตราประทับเวลา"),
    "Not kept: {}.": (SAME, "ไม่ได้เก็บ: {0}"),
    "{} does not answer: {}.": (SAME, "{0} ไม่ตอบ: {1}"),
    "{}, page {}: {}.": (SAME, "{0} หน้า {1}: {2}"),
})  # fmt: skip
"""Each message of an error by its form: what is said in English, and in Thai."""

REMEDIES: Mapping[str, tuple[str, str]] = sentences_first({
    "Ask for 1 or 2.": (SAME, "กำหนด 1 หรือ 2"),
    "Ask for 0 to {}.": (SAME, "กำหนด 0 ถึง {0}"),
    "Sign and publish them first.": (SAME, "โปรดลงนามและเผยแพร่ก่อน"),
    "The file of verdicts names the sample; leave its first column as it is.":
        ("Choose one from the list.", "โปรดเลือกจากรายการ"),
    "Run `chamra audit` on the workspace.": ("Run the audit.", "โปรดตรวจสอบทั้งหมด (หน้าการตรวจสอบ)"),
    "Run `chamra audit`.": ("Run the audit.", "โปรดตรวจสอบทั้งหมด (หน้าการตรวจสอบ)"),
    "Give 64 digits 0-9 a-f, as `openssl rand -hex 32` does.":
        ("Give 64 digits 0-9 a-f.", "ใส่เลข 0-9 a-f จำนวน 64 หลัก"),
    "Write it as 0.1% or 0.001.": (SAME, "เขียนเป็น 0.1% หรือ 0.001"),
    "An administrator gives roles with `chamra user role`.":
        ("An administrator gives roles.", "ผู้ดูแลระบบเป็นผู้ให้บทบาท"),
    "Write it without.": (SAME, "โปรดเขียนโดยไม่มีอักขระนั้น"),
    "Leave --layer out.": ("Choose the text as published.", "โปรดเลือกข้อความที่เผยแพร่"),
    "Choose one of {}.": (SAME, "เลือกได้: {0}"),
    "Mend or remove the package that brings it.": (SAME, "แก้ไขหรือถอนแพ็กเกจนั้น"),
    "Review and sign what waits (`chamra status` lists it), then run `chamra publish`.":
        ("Review and sign what waits, then publish.", "โปรดตรวจและลงนามส่วนที่รอ แล้วเผยแพร่"),
    "Write what stands on the page.": (SAME, "พิมพ์ตามที่อยู่ในหน้า"),
    "`chamra status` lists the refused files; name one by the digits beside it.":
        ("The list of documents shows them as they are now.", "รายการเอกสารแสดงไฟล์เหล่านี้ตามที่เป็นอยู่"),
    "Give one; the audit keeps it beside your name.": ("Give one.", "โปรดให้เหตุผล"),
    "Leave the page out, with a reason.": (SAME, "ยกเว้นหน้านี้พร้อมเหตุผล"),
    "Edit its lines.": (SAME, "แก้ทีละบรรทัด"),
    "Write its whole text.": (SAME, "พิมพ์ข้อความทั้งหน้า"),
    "Mark a place as illegible or doubtful.": (SAME, "ทำเครื่องหมายว่าอ่านไม่ออกหรือสงสัย"),
    "Say what is doubtful.": (SAME, "เขียนว่าสงสัยเรื่องใด"),
    "Look at it again.": (SAME, "โปรดดูอีกครั้ง"),
    "Go back to the page.": (SAME, "กลับไปที่หน้า"),
    "Sign with `chamra sign --key FILE`, or on the review page with a passkey.":
        ("Sign with a passkey.", "ลงนามด้วยพาสคีย์"),
    "Sign with `chamra sign --key FILE`, or add a passkey to your account.":
        ("Add a passkey to your account.", "เพิ่มพาสคีย์ในบัญชีของท่าน"),
    "Use an Ed25519 key, or a certificate.": (SAME, "ใช้กุญแจ Ed25519 หรือใบรับรอง"),
    "`chamra user key add {} FILE.pub` puts a key on the list {}.":
        ("An administrator puts the key on the list {1}.", "ผู้ดูแลระบบเพิ่มกุญแจในรายชื่อ {1}"),
    "Nothing was recorded; say one of them.": (SAME, "ยังไม่ได้บันทึก โปรดเลือกอย่างหนึ่ง"),
    "Nothing was recorded; look at it again.": (SAME, "ยังไม่ได้บันทึก โปรดดูอีกครั้ง"),
    "Nothing was recorded; look at them again.": (SAME, "ยังไม่ได้บันทึก โปรดดูอีกครั้ง"),
    "Nothing was recorded; look at the page again.": (SAME, "ยังไม่ได้บันทึก โปรดดูหน้าอีกครั้ง"),
    "Move a line first.": (SAME, "โปรดย้ายบรรทัดก่อน"),
    "Decide about it first, then put them in order.": (SAME, "โปรดตัดสินก่อน แล้วจึงเรียงลำดับ"),
    "Pass them with Enter, each under its image, then sign.":
        (SAME, "โปรดตรวจทีละบรรทัดใต้ภาพแล้วกด Enter จากนั้นจึงลงนาม"),
    "Nothing was recorded.": (SAME, "ยังไม่ได้บันทึก"),
    "Say why in words.": (SAME, "โปรดเขียนเหตุผล"),
    "`chamra status DOCUMENT` lists pages and findings.": ("The document's page lists them.", "ดูได้จากหน้าของเอกสาร"),
    "`chamra status DOCUMENT` lists the pages.": ("The document's page lists them.", "ดูได้จากหน้าของเอกสาร"),
    "`chamra status` lists the documents.": ("The first page lists the documents.", "ดูได้จากหน้าแรก"),
    "Nothing was revoked; `chamra status DOCUMENT` lists the pages.": ("Nothing was revoked.", "ยังไม่ได้เพิกถอน"),
    "Decide what was found on it.": (SAME, "ตัดสินรายการที่พบในหน้านั้น"),
    "Accept, reject or edit it.": (SAME, "ยอมรับ ปฏิเสธ หรือแก้ไข"),
    "Acknowledge it.": (SAME, "รับทราบ"),
    "To leave it as it is, reject {}.": ("To leave it as it is, reject.", "หากต้องการคงไว้ ให้ปฏิเสธ"),
    "Reject one of them.": (SAME, "ปฏิเสธรายการหนึ่ง"),
    "Give more of the id, or PAGE:ID.": ("Choose one on the page.", "โปรดเลือกในหน้า"),
    "Make one with `ssh-keygen -t ed25519` and give the file that ends in .pub, or give a certificate.":
        ("Give a key of the sort Ed25519 (the file that ends in .pub), or a certificate.",
         "ใช้ไฟล์ .pub ของกุญแจ Ed25519 หรือใบรับรอง"),
    "Name an account.": (SAME, "ระบุบัญชี"),
    "Whoever keeps that list adds this line: {}": (SAME, "ผู้ดูแลรายชื่อต้องเพิ่มบรรทัดนี้: {0}"),
    "An administrator ends keys with `chamra user key revoke`.":
        ("An administrator ends keys.", "ผู้ดูแลระบบเป็นผู้ยกเลิกกุญแจ"),
    "Add what tells them apart, such as a family name or an office.":
        (SAME, "เพิ่มสิ่งที่แยกได้ เช่น นามสกุลหรือหน่วยงาน"),
    "A name has {}.": (SAME, "ชื่อต้องมี {0}"),
    "Decide about these first.": (SAME, "ตัดสินอักขระเหล่านั้นก่อน"),
    "Write the line as it should be.": (SAME, "พิมพ์บรรทัดตามที่ควรเป็น"),
    "Draw it on the scan.": (SAME, "ลากกรอบบนภาพสแกน"),
    "Take a shorter one.": (SAME, "ใช้ที่สั้นกว่านี้"),
    "Take {} characters or more, such as several words.": (SAME, "ใช้ {0} ตัวอักษรขึ้นไป เช่น หลายคำ"),
    "Take another one.": (SAME, "ใช้รหัสอื่น"),
    "Nothing was published. Run `chamra audit`; sign the page again if it finds nothing.":
        ("Nothing was published. Run the audit; sign the page again if it finds nothing.",
         "ยังไม่ได้เผยแพร่ โปรดตรวจสอบทั้งหมด ถ้าไม่พบสิ่งผิดปกติให้ลงนามหน้านี้อีกครั้ง"),
    "Read it again with `chamra digitise`.": ("An operator has it read again.", "ให้ผู้ปฏิบัติงานอ่านใหม่"),
    "Name the pages.": (SAME, "ระบุหน้า"),
    "Nothing was signed; look at it again.": (SAME, "ยังไม่ได้ลงนาม โปรดดูอีกครั้ง"),
    "Nothing was signed; read it again.": (SAME, "ยังไม่ได้ลงนาม โปรดอ่านอีกครั้ง"),
    "Nothing was signed; sign again.": (SAME, "ยังไม่ได้ลงนาม โปรดลงนามอีกครั้ง"),
    "Every page is signed or left out.": (SAME, "ทุกหน้าลงนามหรือยกเว้นแล้ว"),
    "Decide what is open with `chamra decide`, then sign again.":
        ("Decide what is open, then sign again.", "ตัดสินส่วนที่ค้าง แล้วลงนามอีกครั้ง"),
    "Read it with --pages.": ("An operator has it read.", "ให้ผู้ปฏิบัติงานอ่านหน้านี้"),
    "`chamra status` says why.": ("The document's page says why.", "ดูเหตุผลได้จากหน้าของเอกสาร"),
    "Trace another layer with --layer, or publish what is signed.":
        ("Publish what is signed.", "เผยแพร่หน้าที่ลงนามแล้ว"),
    "Trace a letter beside it: white space may have no place of its own.":
        (SAME, "ดูตัวอักษรข้าง ๆ เพราะช่องว่างอาจไม่มีตำแหน่ง"),
    "Wait for the other run and try again.": (SAME, "รอสักครู่แล้วลองใหม่"),
    "An administrator can give you a new one.": (SAME, "ผู้ดูแลระบบตั้งรหัสใหม่ให้ได้"),
    "An administrator does: {}.": (SAME, "ผู้ดูแลระบบทำได้: {0}"),
    "Another administrator does.": (SAME, "ผู้ดูแลระบบคนอื่นทำได้"),
    "`chamra user list` shows all users.": ("The list shows all users.", "ดูได้จากรายชื่อผู้ใช้"),
    "`chamra user list` shows all users; `enable`, `role` and `password` change one.":
        ("The list shows all users, and each can be changed there.", "แก้ไขผู้ใช้ได้จากรายชื่อ"),
    "Small Latin letters and digits, and . _ @ - after the first; 64 at most.":
        (SAME, "ใช้อักษรละตินตัวเล็กและตัวเลข หลังตัวแรกใช้ . _ @ - ได้ ไม่เกิน 64 ตัว"),
    "Give --role: {}.": ("Choose a role.", "โปรดเลือกบทบาท"),
    "`chamra user disable {}` keeps them out.":
        ("To keep them out, use the button for that.", "หากต้องการปิดการใช้งาน ใช้ปุ่มปิดการใช้งาน"),
    "Nothing was changed.": (SAME, "ไม่มีสิ่งใดเปลี่ยน"),
    "Choose one from the list of exports.": (SAME, "โปรดเลือกจากรายการส่งออก"),
    "Answer it first, or let an auditor fetch the file.": (SAME, "โปรดตัดสินก่อน หรือให้ผู้ตรวจสอบรับไฟล์แทน"),
    "Look at every line.": (SAME, "โปรดตรวจทุกบรรทัด"),
    "Give the role administrator, too.": (SAME, "โปรดให้บทบาทผู้ดูแลระบบด้วย"),
    "Add it to your account first.": (SAME, "เพิ่มในบัญชีของท่านก่อน"),
    "Give it again.": (SAME, "โปรดใส่อีกครั้ง"),
    "Wait {} seconds.": (SAME, "รอ {0} วินาที"),
    "Nothing was done; give it again.": (SAME, "ยังไม่ได้ทำ โปรดใส่อีกครั้ง"),
    "Log in to the review page, or have an account linked with `chamra user add --account`.":
        ("Log in.", "โปรดเข้าสู่ระบบ"),
    "Read it again.": (SAME, "ให้อ่านใหม่"),
    "Type what stands in the picture.": (SAME, "พิมพ์ตามที่ปรากฏในภาพ"),
    "Look at the list again.": (SAME, "โปรดดูรายการอีกครั้ง"),
    "Nothing else was recorded; look at the line again.": (SAME, "ไม่ได้บันทึกอย่างอื่น โปรดดูบรรทัดอีกครั้ง"),
    "Nothing was signed; look at the page as it is, then sign.": (SAME, "ยังไม่ได้ลงนาม โปรดดูหน้าตามที่เป็นจริง แล้วลงนาม"),
    "Set {} to its address.":
        ("The operator sets {0} to its address.", "ผู้ปฏิบัติงานต้องตั้ง {0} เป็นที่อยู่ของหน่วยนั้น"),
    "Check the workspace.": (SAME, "ตรวจที่เก็บงาน"),
    "Set {} to a file with them, in PEM: the answer is verified before it is kept.":
        ("The operator sets {0} to a file with them.", "ผู้ปฏิบัติงานต้องตั้ง {0} เป็นไฟล์ใบรับรอง"),
    "Check the address.": (SAME, "ตรวจที่อยู่"),
    "Start `chamra review` with --inbox, or use `chamra up`.":
        ("An operator gives it one.", "ผู้ปฏิบัติงานเป็นผู้กำหนด"),
    "Send it again.": (SAME, "โปรดส่งอีกครั้ง"),
    "Split it.": (SAME, "โปรดแบ่งไฟล์"),
    "An operator makes some.": (SAME, "ผู้ปฏิบัติงานเป็นผู้จัดการ"),
    "Name it, and send it again.": (SAME, "ตั้งชื่อแล้วส่งอีกครั้ง"),
    "Send it under another name.": (SAME, "ส่งด้วยชื่ออื่น"),
    "Give --scope read or --scope upload.": ("Say whether it reads or sends scans.", "ระบุว่าอ่านหรือส่งไฟล์"),
    "Give a new one when it ends.": (SAME, "ออกโทเคนใหม่เมื่อหมดอายุ"),
    "Give --note TEXT.": ("Write a line.", "เขียนหนึ่งบรรทัด"),
    "`chamra user token list` shows them.": ("An administrator knows them.", "ผู้ดูแลระบบมีรายการ"),
    "Give the authority's answer (.tsr).": (SAME, "ใช้ไฟล์คำตอบของหน่วยนั้น (.tsr)"),
    "Check the authority, and {}.": (SAME, "ตรวจหน่วยนั้น และ {0}"),
    "Ask again later.": (SAME, "โปรดลองใหม่ภายหลัง"),
    "Give --who {}.": ("The name is {0}.", "ใช้ชื่อ {0}"),
    "Change your password on the review page, under your name.": (SAME, "เปลี่ยนรหัสผ่านได้ที่ชื่อของท่าน"),
    "Read it with another reader, transcribe it, or leave it out with a reason.":
        (SAME, "ให้อ่านด้วยตัวอ่านอื่น พิมพ์เอง หรือยกเว้นพร้อมเหตุผล"),
    "Scan it again at 300 dpi, transcribe it, or leave it out with a reason; CHAMRA_UNREADABLE=1 takes it all the "
    "same.":
        ("Scan it again at 300 dpi, transcribe it, or leave it out with a reason.",
         "สแกนใหม่ที่ 300 dpi พิมพ์เอง หรือยกเว้นพร้อมเหตุผล"),
    "Scan it again, transcribe it, or leave it out with a reason.": (SAME, "สแกนใหม่ พิมพ์เอง หรือยกเว้นพร้อมเหตุผล"),
    "Read it with --reader tesseract.": ("An operator has it read from its image.", "ให้ผู้ปฏิบัติงานอ่านจากภาพ"),
    "Read the page again; if that fails, transcribe or waive it.":
        (SAME, "ให้อ่านใหม่ ถ้ายังไม่ได้ ให้พิมพ์เองหรือยกเว้นหน้านี้"),
})  # fmt: skip
"""Each remedy by its form: what is said in English, and in Thai."""

_PAGE = re.compile(r"Page (\d+)")


def error_words(error: Exception, language: str) -> str:
    """An error as somebody in a browser is told of it."""
    if not isinstance(error, ChamraError):
        return safe_text(str(error))
    parts = (_said(error.message, MESSAGES, language), _said(error.remedy, REMEDIES, language))
    return safe_text(" ".join(filter(None, parts)))


def reason_words(reason: str, language: str) -> str:
    """The recorded reason for which a page could not be read: a message, or a message and its remedy in one."""
    for at in [*(found.start() for found in re.finditer(r"(?<=[.!?]) ", reason)), len(reason)]:
        message, remedy = reason[:at], reason[at + 1 :]
        known = _known(message, MESSAGES, language), _known(remedy, REMEDIES, language) if remedy else ""
        if None not in known:
            return safe_text(" ".join(filter(None, known)))
    return safe_text(reason)


def _said(text: str, table: Mapping[str, tuple[str, str]], language: str) -> str:
    found = _known(text, table, language)
    return text if found is None else found


def _known(text: str, table: Mapping[str, tuple[str, str]], language: str) -> str | None:
    for form, (english, thai) in table.items():
        found = gaps_in(form, text)
        if found is not None:
            said = (
                thai
                if language == "th"
                else english or form.replace("{}", "{{{}}}").format(*range(form.count("{}")))
            )
            return said.format(*found, pages=", ".join(dict.fromkeys(_PAGE.findall(text))))
    return None
