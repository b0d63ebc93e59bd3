"""The findings of an audit in Thai, each under the form of its English sentence.

In a form `{}` is quoted as it stands, and `{~}` is said in words of its own (`audit.thai_phrases`); both are counted
from 0 in the Thai.
"""

from __future__ import annotations

from collections.abc import Mapping

FINDINGS: Mapping[str, str] = {
    # The ledger, its chain, its guards and its clock.
    "the trigger {} is gone or changed: the ledger could be rewritten":
        "ทริกเกอร์ {0} หายไปหรือถูกเปลี่ยน จึงเขียนสมุดบันทึกทับได้",
    "the database has a {} that is none of ours: it could swallow or hide records":
        "ฐานข้อมูลมี {0} ซึ่งโปรแกรมนี้ไม่ได้สร้าง อาจกลืนหรือซ่อนบันทึกได้",
    "the database does not agree with itself, so records could be hidden: {}":
        "ฐานข้อมูลขัดแย้งในตัวเอง จึงอาจมีบันทึกที่ถูกซ่อน: {0}",
    "is of the kind {}, which this program does not know: it was not looked at":
        "เป็นบันทึกชนิด {0} ซึ่งโปรแกรมนี้ไม่รู้จัก จึงไม่ได้ตรวจ",
    "its time {} is none": "เวลา {0} ไม่ใช่เวลา",
    "is dated {}, which is still to come": "ลงเวลา {0} ซึ่งยังมาไม่ถึง",
    "is dated {}, and a record before it {}: a clock went back, or somebody did":
        "ลงเวลา {0} แต่บันทึกก่อนหน้าลงเวลา {1} นาฬิกาถูกตั้งย้อนหลัง หรือมีผู้ลงเวลาย้อนหลัง",
    "and {} more records up to record {}": "และอีก {0} บันทึก ถึงบันทึกที่ {1}",
    "{~}; covered by no anchor that you have brought": "{0} ไม่มีหลักยึดที่ท่านนำมารับรอง",
    "{~}; recorded since {}": "{0} บันทึกตั้งแต่ {1}",
    "record {} is missing before it": "ไม่มีบันทึกที่ {0} ก่อนหน้า",
    "it does not carry the hash of the record before it": "ไม่มีค่าแฮชของบันทึกก่อนหน้า",
    "its content does not have its hash": "เนื้อหาไม่ตรงกับค่าแฮชของบันทึก",
    "its payload is not in canonical form: another reader may see something else in it":
        "เนื้อหาไม่อยู่ในรูปมาตรฐาน โปรแกรมอื่นอาจอ่านได้เป็นอย่างอื่น",
    "it is filed under another page than it is about": "จัดเก็บไว้ใต้หน้าอื่น ไม่ใช่หน้าที่บันทึกกล่าวถึง",
    "its first record does not say what it is": "บันทึกแรกไม่ได้บอกว่าเป็นสมุดบันทึกใด",
    "there is no record": "ไม่มีบันทึก",
    "another text stands under the name of the policy {}": "มีข้อความอื่นอยู่ใต้ชื่อหลักเกณฑ์ {0}",
    "cannot be understood: {}: {}": "ทำความเข้าใจไม่ได้: {0}: {1}",
    "Record {} of the ledger is no sound {}.": "บันทึกที่ {0} ของสมุดบันทึกไม่ใช่ {1} ที่สมบูรณ์",
    "Record {} of the ledger is of {}, which this program does not know.":
        "บันทึกที่ {0} ของสมุดบันทึกเป็น {1} ซึ่งโปรแกรมนี้ไม่รู้จัก",
    "Record {} is no sound sample.": "บันทึกที่ {0} ไม่ใช่การสุ่มตรวจที่สมบูรณ์",
    "its findings do not regard what page {} hands on: digitise the document again":
        "ผลตรวจของหน้านี้ไม่ได้คำนึงถึงสิ่งที่หน้า {0} ส่งต่อมา โปรดแปลงเอกสารนี้ใหม่",
    "its findings do not regard what page {} hands on: it is signed, return it first, then digitise the document again":
        "ผลตรวจของหน้านี้ไม่ได้คำนึงถึงสิ่งที่หน้า {0} ส่งต่อมา หน้านี้ลงนามแล้ว โปรดส่งหน้ากลับก่อน แล้วแปลงเอกสารนี้ใหม่",
    "what is on record as handed on to the next page is not what the rules hand on":
        "สิ่งที่บันทึกว่าส่งต่อไปยังหน้าถัดไปไม่ตรงกับที่กฎส่งต่อ",
    # Blobs.
    "The blob {} is missing.": "ไม่พบไฟล์ข้อมูล {0}",
    "The blob {} is not what its name says.": "ไฟล์ข้อมูล {0} ไม่ตรงกับชื่อ",
    "{} is not the name of a blob.": "{0} ไม่ใช่ชื่อของไฟล์ข้อมูล",
    "A stored {} cannot be understood: {}: {}.": "ข้อมูล {0} ที่เก็บไว้ทำความเข้าใจไม่ได้: {1}: {2}",
    "A stored {} has version {}; this program knows version {}.":
        "ข้อมูล {0} ที่เก็บไว้เป็นรุ่น {1} โปรแกรมนี้รู้จักรุ่น {2}",
    # Anchors, checkpoints and time stamps.
    "the workspace names no anchor file, and pages are signed":
        "พื้นที่ทำงานไม่ได้ระบุไฟล์หลักยึด ทั้งที่มีหน้าที่ลงนามแล้ว",
    "{} lacks an anchor: pages were published after this record, and that writes one":
        "{0} ขาดหลักยึด มีหน้าที่เผยแพร่หลังบันทึกนี้ ซึ่งต้องเขียนหลักยึดไว้",
    "the record is not yet anchored in {}; sign or publish again":
        "บันทึกนี้ยังไม่มีหลักยึดใน {0} โปรดลงนามหรือเผยแพร่อีกครั้ง",
    "{~} after record {} is not yet anchored": "{0} หลังบันทึกที่ {1} ยังไม่มีหลักยึด",
    "{~} after record {} are not yet anchored": "{0} หลังบันทึกที่ {1} ยังไม่มีหลักยึด",
    "{} has no anchor of this workspace ({}): whoever kept it has never seen this ledger":
        "{0} ไม่มีหลักยึดของพื้นที่ทำงานนี้ ({1}) ผู้ที่เก็บไฟล์ไว้ไม่เคยเห็นสมุดบันทึกนี้",
    "{~} is no anchor": "{0} ไม่ใช่หลักยึด",
    "{~} is about another workspace": "{0} เป็นของพื้นที่ทำงานอื่น",
    "{~} names record {}, and the ledger ends before it: its tail was cut":
        "{0} ระบุบันทึกที่ {1} แต่สมุดบันทึกจบก่อนหน้า ส่วนท้ายถูกตัดออก",
    "{~} names another record {} than the ledger has: one of them was rewritten":
        "{0} ระบุบันทึกที่ {1} ไม่ตรงกับในสมุดบันทึก อย่างใดอย่างหนึ่งถูกเขียนใหม่",
    "line {} of {} is no checkpoint": "บรรทัดที่ {0} ของ {1} ไม่ใช่จุดตรวจสอบ",
    "{~} is none": "{0} ไม่ใช่ตราประทับเวลา",
    "{~} is not of the record that it names": "{0} ไม่ใช่ของบันทึกที่ระบุไว้",
    "{} cannot be read: {~}": "อ่าน {0} ไม่ได้: {1}",
    "{} stamps a record that the ledger does not have: it was rewritten since {}, or is another":
        "{0} ประทับเวลาแก่บันทึกที่ไม่มีในสมุดบันทึก สมุดถูกเขียนใหม่ตั้งแต่ {1} หรือเป็นสมุดอื่น",
    "{}: no checkpoint lies beside the anchors: they were taken away, or none was ever written":
        "{0}: ไม่มีจุดตรวจสอบอยู่ข้างหลักยึด ถูกนำออกไปหรือไม่เคยเขียน",
    "{} lacks a checkpoint: this record was anchored, and that writes one; sign or publish again":
        "{0} ขาดจุดตรวจสอบ บันทึกนี้มีหลักยึดแล้วซึ่งต้องเขียนจุดตรวจสอบไว้ โปรดลงนามหรือเผยแพร่อีกครั้ง",
    "{} has checkpoints by {} keys: the key of the log is another than it was":
        "{0} มีจุดตรวจสอบที่ลงด้วยกุญแจ {1} ดอก กุญแจของสมุดบันทึกเปลี่ยนไปจากเดิม",
    "{} does not say where the anchors lie.": "{0} ไม่ได้บอกว่าหลักยึดอยู่ที่ใด",
    "{} has the key {} for {~}: one key is one person's": "{0} มีกุญแจ {1} ของ {2} กุญแจหนึ่งดอกเป็นของคนเดียว",
    "Line {} of {} is no allowed signer: {}.": "บรรทัดที่ {0} ของ {1} ไม่ใช่ผู้มีสิทธิลงนาม: {2}",
    # Sources, images, readings and findings.
    "is no document, it was refused: {}": "ไม่ใช่เอกสาร ไฟล์ถูกปฏิเสธ: {0}",
    "has records and was never registered as a source": "มีบันทึก แต่ไม่เคยลงทะเบียนเป็นไฟล์ต้นฉบับ",
    "the source file does not have the recorded size": "ไฟล์ต้นฉบับมีขนาดไม่ตรงกับที่บันทึกไว้",
    "page {} of {} of {} was never asked for": "ไม่เคยสั่งอ่านหน้า {0} จาก {1} หน้าของ {2}",
    "pages {} of {} of {} were never asked for": "ไม่เคยสั่งอ่านหน้า {0} จาก {1} หน้าของ {2}",
    "was taken under several names: {}; document {} bears one of these names, too":
        "รับเข้าไว้หลายชื่อ: {0} และเอกสาร {1} ก็มีชื่อหนึ่งในนี้",
    "was taken under several names: {}": "รับเข้าไว้หลายชื่อ: {0}",
    "{} has {~}, and its record says {}": "{0} มี {1} แต่บันทึกบอกว่ามี {2} หน้า",
    "the recipe {} names another blob ({}) than its record does":
        "สูตร {0} ระบุไฟล์ข้อมูลอื่น ({1}) ไม่ตรงกับบันทึก",
    "the page's blob is about another page or image": "ไฟล์ข้อมูลของหน้านี้เป็นของหน้าหรือภาพอื่น",
    "the findings are about another text": "รายการที่พบเป็นของข้อความอื่น",
    "{} was proposed for a text that the page does not have": "{0} เสนอแก้ข้อความที่ไม่มีในหน้านี้",
    "{} was written for a text that the page does not have": "{0} เขียนไว้สำหรับข้อความที่ไม่มีในหน้านี้",
    "is signed and not published yet": "ลงนามแล้ว ยังไม่ได้เผยแพร่",
    "was not read here: {~}": "ไม่ได้อ่านที่นี่: {0}",
    "was left out by {}: {}": "{0} ยกเว้นหน้านี้: {1}",
    "could not be read: {}": "อ่านไม่ได้: {0}",
    "was asked for and not read": "สั่งอ่านแล้วแต่ยังไม่ได้อ่าน",
    "was returned by {} at {}: {}": "{0} ส่งคืนเมื่อ {1}: {2}",
    "answers a return that was not open before it": "ตอบการส่งคืนที่ไม่ได้ค้างอยู่ก่อนหน้า",
    "its image cannot be made anew: {~}": "สร้างภาพหน้าขึ้นใหม่ไม่ได้: {0}",
    "cannot be made anew: {~}": "สร้างขึ้นใหม่ไม่ได้: {0}",
    "cannot be read again: {~}": "อ่านซ้ำไม่ได้: {0}",
    "nobody here can read it again: {~}": "ที่นี่ไม่มีผู้ใดอ่านซ้ำได้: {0}",
    "the image on record is not what the source shows there ({~}): {~}":
        "ภาพที่บันทึกไว้ไม่ใช่ภาพที่ไฟล์ต้นฉบับแสดง ({0}): {1}",
    "the image on record is not what the source shows there: {~}":
        "ภาพที่บันทึกไว้ไม่ใช่ภาพที่ไฟล์ต้นฉบับแสดง: {0}",
    "its image looks like the source's, and bit by bit it cannot be told: it was {~}":
        "ภาพดูเหมือนของไฟล์ต้นฉบับ แต่บอกทีละบิตไม่ได้ เพราะ{0}",
    "whether its findings follow from its reading cannot be told: they were {~}; the rules at hand find nothing more":
        "บอกไม่ได้ว่ารายการที่พบมาจากข้อความที่อ่านได้หรือไม่ เพราะ{0} กฎที่มีอยู่ไม่พบสิ่งใดเพิ่ม",
    "whether its findings follow from its reading cannot be told: they were {~}; the rules at hand find what is not on "
    "record, by {}":
        "บอกไม่ได้ว่ารายการที่พบมาจากข้อความที่อ่านได้หรือไม่ เพราะ{0} กฎที่มีอยู่พบสิ่งที่ไม่ได้บันทึกไว้ โดย {1}",
    "its findings stand under another recipe than the code that they name makes of its reading":
        "รายการที่พบอยู่ใต้สูตรอื่น ไม่ใช่สูตรที่โค้ดซึ่งระบุไว้สร้างจากข้อความที่อ่านได้",
    "findings are made with words of one's own, too: {}": "รายการที่พบใช้คำของหน่วยงานเองด้วย: {0}",
    "what is on record, and the rules find no such thing: {}": "มีในบันทึกแต่กฎไม่พบ: {0}",
    "what is not on record, and the rules find it: {}": "ไม่มีในบันทึกแต่กฎพบ: {0}",
    "read again it is another text (it was {~}): {~}": "อ่านซ้ำแล้วได้ข้อความอื่น ({0}): {1}",
    "read again it is another text: {~}": "อ่านซ้ำแล้วได้ข้อความอื่น: {0}",
    "read again its witness readings are other texts": "อ่านซ้ำแล้วตัวอ่านอื่นที่อ่านเทียบได้ข้อความอื่น",
    "read again its letters have other places": "อ่านซ้ำแล้วตัวอักษรอยู่ที่อื่น",
    "read again it has another {~}": "อ่านซ้ำแล้วต่างไปที่ {0}",
    # Decisions.
    "decides about {}, which was not found on the page before": "ตัดสิน {0} ซึ่งไม่เคยพบในหน้านี้มาก่อน",
    "repeats record {}, which is no decision of the same person that says the same":
        "ซ้ำบันทึกที่ {0} ซึ่งไม่ใช่การตัดสินอย่างเดียวกันของคนเดียวกัน",
    "repeats record {}, which is about something else that the page still has":
        "ซ้ำบันทึกที่ {0} ซึ่งเป็นเรื่องอื่นที่ยังมีอยู่ในหน้านี้",
    "was made by the policy {}, which does not stand in the ledger before it":
        "ตัดสินโดยหลักเกณฑ์ {0} ซึ่งไม่มีในสมุดบันทึกก่อนหน้า",
    "{} decided ({~}) at {}, after what is published was signed: it is as it was signed":
        "{0} ตัดสิน ({1}) เมื่อ {2} หลังลงนามข้อความที่เผยแพร่ ข้อความยังเป็นตามที่ลงนาม",
    "the edit at {} names no finding of the page": "การแก้ที่ {0} ไม่ได้ระบุรายการที่พบในหน้านี้",
    "it names another reading than the one that was signed": "ระบุข้อความที่อ่านได้อื่น ไม่ใช่ฉบับที่ลงนาม",
    "it names another blob of the page than the one that was signed":
        "ระบุไฟล์ข้อมูลอื่นของหน้านี้ ไม่ใช่ไฟล์ที่ลงนาม",
    "its edits do not fit the raw text: {}": "การแก้ไม่เข้ากับข้อความดิบ: {0}",
    "replaying its edits does not give its text: they part at character {}":
        "ทำการแก้ซ้ำแล้วไม่ได้ข้อความนี้ เริ่มต่างกันที่อักขระ {0}",
    "the edit at {} is not what was decided about {}": "การแก้ที่ {0} ไม่ใช่สิ่งที่ตัดสินไว้เกี่ยวกับ {1}",
    "the edit at {} needs {} different people and has {}": "การแก้ที่ {0} ต้องมี {1} คนที่ต่างกัน แต่มี {2} คน",
    "no decision stands behind the edit at {}": "ไม่มีการตัดสินรองรับการแก้ที่ {0}",
    "the edit at {} was accepted by a policy that does not stand in the ledger":
        "การแก้ที่ {0} รับโดยหลักเกณฑ์ที่ไม่มีในสมุดบันทึก",
    "the edit at {} was accepted by a policy, but {} is not SAFE":
        "การแก้ที่ {0} รับโดยหลักเกณฑ์ แต่ {1} ไม่ใช่ SAFE",
    "the edit at {} is not what {} proposes": "การแก้ที่ {0} ไม่ใช่สิ่งที่ {1} เสนอ",
    "the edit at {} ({} to {}) is seen on paper: no policy may call it SAFE":
        "การแก้ที่ {0} ({1} เป็น {2}) มองเห็นได้บนกระดาษ ไม่มีหลักเกณฑ์ใดเรียกว่า SAFE ได้",
    "{} at {} was accepted and is not in the text": "{0} ที่ {1} รับแล้วแต่ไม่อยู่ในข้อความ",
    "{} at {} was signed while it was open": "{0} ที่ {1} ลงนามทั้งที่ยังค้างอยู่",
    "says that a letter was put back at {} which the page does not have":
        "บอกว่าใส่อักษรคืนที่ {0} ซึ่งหน้านี้ไม่มี",
    "has {} at {} of its reading, which {} ({}) was shown on purpose in place of {}":
        "มี {0} ที่ {1} ของข้อความที่อ่านได้ ซึ่งจงใจแสดงแก่ {2} ({3}) แทน {4}",
    "has {} numbers and names that two people have not typed as they stand: {}":
        "มีตัวเลขและชื่อ {0} แห่งที่ยังไม่มีสองคนพิมพ์ตรงตามนั้น: {1}",
    # Signatures and publications.
    "names a state of the ledger that never was before it": "ระบุสถานะของสมุดบันทึกที่ไม่เคยมีก่อนหน้า",
    "does not cover record {}, which stands before it": "ไม่ครอบคลุมบันทึกที่ {0} ซึ่งอยู่ก่อนหน้า",
    "names the policy {}, which does not stand in the ledger before it":
        "ระบุหลักเกณฑ์ {0} ซึ่งไม่มีในสมุดบันทึกก่อนหน้า",
    "signs a page that was returned, and nobody has answered that": "ลงนามหน้าที่ถูกส่งคืนโดยยังไม่มีผู้ตอบ",
    "signs a page whose reading or findings are not there": "ลงนามหน้าที่ไม่มีข้อความที่อ่านได้หรือรายการที่พบ",
    "revokes a sign-off that was not there before it": "เพิกถอนการลงนามที่ไม่มีอยู่ก่อนหน้า",
    "revokes a sign-off that was revoked before": "เพิกถอนการลงนามที่เพิกถอนไปแล้ว",
    "its statement names a state of the ledger that never was before it":
        "คำรับรองระบุสถานะของสมุดบันทึกที่ไม่เคยมีก่อนหน้า",
    "its statement was made before the page was taken back, and is used once more":
        "คำรับรองทำไว้ก่อนที่หน้านี้ถูกเรียกคืน แล้วนำมาใช้อีกครั้ง",
    "its statement is about {~}": "คำรับรองเป็นเรื่องของ{0}",
    "is not signed, though {} had the key {} then": "ไม่ได้ลงลายมือชื่อ ทั้งที่ {0} มีกุญแจ {1} ในเวลานั้น",
    "has a signature that cannot be understood: {}": "มีลายมือชื่อที่ทำความเข้าใจไม่ได้: {0}",
    "has a signature that is not of what it says": "มีลายมือชื่อที่ไม่ใช่ของสิ่งที่ระบุ",
    "is signed at a time when it did not count: {}": "ลงลายมือชื่อในเวลาที่ใช้ไม่ได้: {0}",
    "is signed with a certificate for which no given authority vouches: {}":
        "ลงลายมือชื่อด้วยใบรับรองที่ไม่มีผู้ออกใบรับรองที่ให้ไว้รับรอง: {0}",
    "is signed as {} ({}) with the certificate of {}": "ลงลายมือชื่อในนาม {0} ({1}) ด้วยใบรับรองของ {2}",
    "has a statement about another {~}": "มีคำรับรองเรื่อง{0}อื่น",
    "has a statement without a time": "มีคำรับรองที่ไม่มีเวลา",
    "has a statement that was made at {}": "มีคำรับรองที่ทำไว้เมื่อ {0}",
    "is signed by the key {}, which is none of {}'s in {}": "ลงด้วยกุญแจ {0} ซึ่งไม่ใช่ของ {1} ใน {2}",
    "is signed by the key {}, which did not count at that time": "ลงด้วยกุญแจ {0} ซึ่งใช้ไม่ได้ในเวลานั้น",
    "{} ({}) asked for {~} on each page, {~}, {~} changed on purpose on 100 pages":
        "{0} ({1}) กำหนดให้มี {2} ทุกหน้า {3} และจงใจเปลี่ยน {4} ใน 100 หน้า",
    "was published without a sign-off before it": "เผยแพร่โดยไม่มีการลงนามก่อนหน้า",
    "was published under a sign-off that was revoked before": "เผยแพร่ตามการลงนามที่เพิกถอนไปแล้ว",
    "the published blob is about another page": "ข้อความที่เผยแพร่เป็นของหน้าอื่น",
    "was composed at another state of the ledger than signed": "เรียบเรียงจากสถานะอื่นของสมุดบันทึก ไม่ใช่สถานะที่ลงนาม",
    "the published text is not the text that was signed": "ข้อความที่เผยแพร่ไม่ใช่ข้อความที่ลงนาม",
    "what was published was revoked by {} at {}: {}": "{0} เพิกถอนสิ่งที่เผยแพร่เมื่อ {1}: {2}",
    "was published again under a sign-off that another has replaced":
        "เผยแพร่ซ้ำตามการลงนามที่มีการลงนามอื่นแทนแล้ว",
    "was published again under a sign-off after which the page was taken back":
        "เผยแพร่ซ้ำตามการลงนามก่อนที่หน้านี้ถูกเรียกคืน",
    "was published with {} of the {} signatures that were asked for":
        "เผยแพร่โดยมีลายมือชื่อ {0} จาก {1} ที่กำหนดไว้",
    # The text that an auditor holds.
    "the text has {~}, and {} was published or left out": "ข้อความมี {0} แต่เผยแพร่หรือยกเว้นไว้ {1} หน้า",
    "the text has {~}, and {} were published or left out": "ข้อความมี {0} แต่เผยแพร่หรือยกเว้นไว้ {1} หน้า",
    "the text has {~}, which what was published has not; that was left out of account":
        "ข้อความมี{0} ซึ่งไม่มีในฉบับที่เผยแพร่ จึงไม่นำมานับ",
    "the text is page {~} as published: {} of {~}": "ข้อความคือหน้า {0} ตามที่เผยแพร่ เป็น {1} จาก {2}",
    "the text is not what was published: {~}": "ข้อความไม่ใช่ฉบับที่เผยแพร่: {0}",
    "the text goes on behind its last page with {}": "ข้อความยังต่อหลังหน้าสุดท้ายด้วย {0}",
    # Ink.
    "ink like letters is not in the published text, and nobody was asked about it: {~}":
        "มีหมึกเหมือนตัวอักษรที่ไม่อยู่ในข้อความที่เผยแพร่ และไม่เคยถามผู้ใด: {0}",
    "the published text has letters where the page is bare, and nobody was asked: {~}":
        "ข้อความที่เผยแพร่มีตัวอักษรตรงที่หน้ากระดาษว่าง และไม่เคยถามผู้ใด: {0}",
    "the published text has letters {~}, and nobody was asked: {~}":
        "ข้อความที่เผยแพร่มีตัวอักษร{0} และไม่เคยถามผู้ใด: {1}",
    "the page image could not be looked at: {}: {}": "ดูภาพหน้าไม่ได้: {0}: {1}",
    # Reports, samples and people.
    "{} lies among the reports, and no record says that this program has written it":
        "{0} อยู่ในรายงาน แต่ไม่มีบันทึกว่าโปรแกรมนี้เขียน",
    "and {} more such files": "และไฟล์เช่นนี้อีก {0} ไฟล์",
    "{} is not the report that was written: people may have decided by something else":
        "{0} ไม่ใช่รายงานที่เขียนไว้ ผู้ตรวจอาจตัดสินจากสิ่งอื่น",
    "the sample {} was drawn and not inspected": "สุ่มตัวอย่าง {0} ไว้แต่ยังไม่ได้ตรวจ",
    "was drawn from a state of the ledger that never was before it": "สุ่มจากสถานะของสมุดบันทึกที่ไม่เคยมีก่อนหน้า",
    "another sample follows from the ledger than the one that was drawn":
        "ตัวอย่างที่ได้จากสมุดบันทึกไม่ใช่ตัวอย่างที่สุ่มไว้",
    "was chosen by the ledger's head: whoever wrote the last record before it could choose it":
        "เลือกจากบันทึกล่าสุดของสมุดบันทึก ผู้ที่เขียนบันทึกก่อนหน้าอาจเลือกเองได้",
    "was drawn at random, and no anchor file names the record that was anchored before":
        "สุ่มโดยไม่มีไฟล์หลักยึดใดระบุบันทึกที่ยึดไว้ก่อนหน้า",
    "cannot be understood: ValueError: it inspects a sample that was not drawn before it":
        "ทำความเข้าใจไม่ได้: ตรวจตัวอย่างที่ไม่ได้สุ่มไว้ก่อนหน้า",
    "calls a character wrong that no inspection has found wrong": "บอกว่าอักขระผิด ทั้งที่ไม่มีการตรวจใดพบว่าผิด",
    "no record calls character {} wrong, and an inspection has found it so":
        "ไม่มีบันทึกว่าอักขระที่ {0} ผิด ทั้งที่การตรวจพบว่าผิด",
    "its result is not what its verdicts come to": "ผลไม่ตรงกับคำวินิจฉัยรายตัวอักษร",
    "the sample {} ({}), its seed {~}, was {~} by {} ({}): {~}":
        "การสุ่มตรวจ {0} ({1}) ค่าเริ่มสุ่ม{2} {3}โดย {4} ({5}): {6}",
    "the sample {} ({}) was {~} by {} ({}): {~}": "การสุ่มตรวจ {0} ({1}) {2}โดย {3} ({4}): {5}",
    "was inspected by {} ({}), who signed {~} of the lot": "ตรวจโดย {0} ({1}) ซึ่งลงนาม {2} ในชุดนี้",
    "{~} {} by {~}, who was no administrator then": "{0} {1} โดย {2} ซึ่งไม่ใช่ผู้ดูแลระบบในเวลานั้น",
    "{~} {} by {~}, which was no administrator's account then": "{0} {1} โดย {2} ซึ่งไม่ใช่บัญชีของผู้ดูแลระบบในเวลานั้น",
    "{~} {} from {~}, which is no user's account": "{0} {1} จาก {2} ซึ่งไม่ใช่บัญชีของผู้ใช้",
    "the name of {} was {} and is {} since: it never changes": "ชื่อของ {0} เคยเป็น {1} แล้วเป็น {2} ทั้งที่ไม่มีวันเปลี่ยน",
    "the account of {} was {} and is {} since: it never changes":
        "บัญชีของ {0} เคยเป็น {1} แล้วเป็น {2} ทั้งที่ไม่มีวันเปลี่ยน",
    "{} ({}) looks like {} ({})": "{0} ({1}) ดูเหมือน {2} ({3})",
    "the name {} ({}) may be read otherwise than it is written: {}": "ชื่อ {0} ({1}) อาจอ่านได้ไม่ตรงกับที่เขียน: {2}",
    "does not say who made it": "ไม่ได้บอกว่าใครทำ",
    "was made by {} (account {}), who was no user then, or was kept out":
        "ทำโดย {0} (บัญชี {1}) ซึ่งไม่ได้เป็นผู้ใช้ในเวลานั้น หรือถูกระงับ",
    "was made by {} (account {}), who merely claimed that name": "ทำโดย {0} (บัญชี {1}) ซึ่งเพียงอ้างชื่อนั้น",
    "was made in the name of {} by the user {} ({})": "ทำในนามของ {0} โดยผู้ใช้ {1} ({2})",
    "was made by {}, who was no administrator then and had not signed the page":
        "ทำโดย {0} ซึ่งในเวลานั้นไม่ใช่ผู้ดูแลระบบและไม่ได้ลงนามหน้านี้",
    "was made by {}, who was no administrator then, and is about a token of {}":
        "ทำโดย {0} ซึ่งไม่ใช่ผู้ดูแลระบบในเวลานั้น และเป็นเรื่องโทเคนของ {1}",
    "was made by {}, who did not hold the role {~} then": "ทำโดย {0} ซึ่งไม่มีบทบาท{1}ในเวลานั้น",
    "page {}: {~}": "หน้า {0}: {1}",
    "pages {}: {~}": "หน้า {0}: {1}",
    # What is said of a file, before what is wrong with it.
    "{~}: {~}": "{0}: {1}",
}  # fmt: skip
