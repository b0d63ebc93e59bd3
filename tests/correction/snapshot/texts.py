"""Texts of our own making for the snapshot: pages as they come, in which many rules meet.

A text may be printed with other spaces than it was read with, and a second reader may have read the page, too.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from model.account import Account, InkKind, InkPlace, UnseenKind, UnseenPlace
from model.box import Box
from model.edit import Span
from model.page import Reader, Reading
from tests.correction.texts import printed_reading

TESSERACT, TEXT_LAYER, LINE_READER = (
    Reader("tesseract", "5"),
    Reader("text-layer", "2"),
    Reader("line-reader", "1"),
)


@dataclass(frozen=True, slots=True)
class Case:
    """A text as a reader has read it; what the page shows, what the line reader reads, what became of the ink,
    where that is known."""

    name: str
    text: str
    reader: Reader = TESSERACT
    printed: str | None = None
    witness: str | None = None
    account: Account | None = None

    @property
    def reading(self) -> Reading:
        """The text as its reader gives it, with boxes and gaps where the page is known."""
        if self.printed is None:
            return Reading.of_text(self.text, self.reader)
        return replace(printed_reading(self.text, self.printed), reader=self.reader)

    @property
    def witnesses(self) -> tuple[Reading, ...]:
        """What the line reader has read, sure of every letter."""
        if self.witness is None:
            return ()
        heard = Reading.of_text(self.witness, LINE_READER)
        return (replace(heard, confidences=(0.99,) * len(self.witness)),)


CASES = (
    Case(
        "clean",
        "เทศบาลเมืองกะทู้ขอเชิญประชาชนร่วมประชุมเพื่อจัดทำแผนพัฒนาท้องถิ่น\nณ ศาลาประชาคม ตำบลกะทู้ อำเภอกะทู้ จังหวัดภูเก็ต\n",
    ),
    Case(
        "letter, characters",
        "เรื่อง  ขอเชิญร่วมงานทํ าบุญตักบาตร\n"
        "ด้วยองค์การบริหารส่วนตําบลบ้านใหม่กําหนดจัดงานในวันที่ ๕ ธันวาคม\n"
        "เเละขอเชิญทุุกท่านร่วมนํา้ใจช่วยเหลือผู้ประสบภัย เพื่ อเป็นกำลังใจ\n"
        "ขอแสดงความนับถื\u00adอ ที\uf70aทำการ โทร\u200b ๐๒\n",
        TEXT_LAYER,
    ),
    Case(
        "letter, marks in the wrong place",
        "\u0093ระดับนำ้ในแม่นำ้ลดลง\u0094 ได้ท่ีศาลาประชาคม\nสถานที่ก่อสร้างโดยนำเ ทคโนโลยีมาใช้\n",
        TEXT_LAYER,
    ),
    Case(
        "letter, marks beside their letters",
        "เจ้าหนา้ที่แจ้งผู ้รับเหมาในจังหวัดเช ียงใหม่\nเรื่อง จ านวนสมาชิก\nอาศัยอ านาจตามความในมาตรา\n",
        TEXT_LAYER,
    ),
    Case(
        "letter, marks without a letter",
        "ละติจูด 7 ํ 38 ่ 38.1 ลองจิจูด 98 ํ 16\n",
        TEXT_LAYER,
    ),
    Case(
        "notice, spaces and words",
        "ประกาศคณะกรรมการเรื่องหลักเกณฑ์การพิจารณาจัดทำแผนพัฒนาทองถิ่นประจำปี\n"
        "เพือให้ประชาซนในพื้นที่มีส่วนร่วมในการกำหนดยุทธ ศาสตร์ของตนเอง\n"
        "คณะกรรมการได้แบ่งปันและ แลกเปลี่ยนเรียนรู้ร่วมกัน ต่าง ๆนั้น\n"
        "ทุกหน่วยงานต้องทำความความเข้าใจกับประชาชนให้เป็นเป็นไปในทางเดียวกัน\n",
    ),
    Case(
        "notice, printed",
        "คณะกรรมการได้กำหนดยุทธ ศาสตร์การพัฒนาท้องถิ่นแล้ว\n"
        "ส่งเสริมการมีส่วนร่วมของประชาชนและจัดทำแผนพัฒนาท้องถิ่น\n"
        "โรงเรียนวัดใหม่ รับสมัครนักเรียนใหม่\n",
        TEXT_LAYER,
        printed="คณะกรรมการได้กำหนดยุทธศาสตร์การพัฒนาท้องถิ่นแล้ว\n"
        "ส่งเสริมการมีส่วนร่วมของประชาชน และจัดทำแผนพัฒนาท้องถิ่น\n"
        "โรงเรียนวัดใหม่ รับสมัครนักเรียนใหม่\n",
    ),
    Case(
        "addresses",
        "เทศบาลตำบลกระทู้ (ต.กระทู้ อ.กระทู้ จ.ภูเก็ต) แจ้งว่า\n"
        "เทศบาลตำบลกำแพง (ต.กำแพง อ.ละงู จ.ภูเก็ต) และอบต.กำแพง (ต.กำแพง อ.เมืองสตูล จ.สตูล)\n"
        "ได้รับหนังสือจากศาลากลางจังหวัดสรุาษฎรธ์านี อาเภอเมืองกระบี่ จังหวัดกระบี่\n"
        "และที่ว่าการอำเภอหาดใหญ่ จังหวัดปัตตานี\n",
    ),
    Case(
        "addresses through the years",
        "พ.ศ. 2566 แขวงบางนา เขตบางนา กรุงเทพมหานคร\n"
        "พ.ศ. 2566 อำเภอหนองบุนนาก จังหวัดนครราชสีมา ตำบลเซกา อำเภอเซกา จังหวัดหนองคาย\n"
        "เลขที่ 99 ตำบลกะทู้ อำเภอกะทู้ จังหวัดภูเก็ต 91000\n",
    ),
    Case("an address of later years", "พ.ศ. ๒๕๔๐ อำเภอเซกา จังหวัดบึงกาฬ\n", TEXT_LAYER),
    Case(
        "an address alone",
        "อบต.กำแพง (ต.กำแพง อ.เมืองสตูล จ.สตูล)\n",
    ),
    Case(
        "dates",
        "ประชุมวันจันทร์ที่ 8 กุมภาพันธ์ พ.ศ. 2569 และวันพฤหัสบดิที่ ๑๒ พุมภาพันธ์ พ.ศ. ๒๕๖๙\n"
        "ในปี พ.ศ. 2569 (ค.ศ. 2025) ให้แล้วเสร็จภายใน 31 เมษายน 2569\n"
        "ลงวันที่ 3 พฤจิกายน 2560\n",
    ),
    Case(
        "sums of money",
        "งานบริหารทั่วไป  1,200 บาท\nงานการศึกษา  2,300 บาท\nรวม  3,600 บาท\n"
        "วงเงิน ๑๐๐,๐๐๐ บาท (สองแสนบาทถ้วน) หมู่ที่ ๑2 เป็นเงิน 1O,000 บาท\n"
        "ราคา 40 บาท (สีสิบบาทถวน) รวม 1.250,000 บาท และ 71,23,456 บาท\n",
        TEXT_LAYER,
    ),
    Case(
        "votes, with a witness",
        "มีผู้มาใช้สิทธิ ๑๑๐,๒๒๓ คน (หนึ่งแสนหนึ่งหมื่นสองร้อยหกสิบสาม)\n"
        "พ.ศ. ๒๕๒๕ จำนวน ฒ๒,๕๓๓ บัตร ชีขาดการเลือกตังในเขต ๒\n"
        "ณาปนสถานและรูปฤาษี\n"
        "มาแสดงตน ๒๒,๑๑๒ คน (สองหมื่นสองพันหนึ่งร้อยสิบสอง)\n",
        witness="มีผู้มาใช้สิทธิ ๑๑๐,๒๖๓ คน (หนึ่งแสนหนึ่งหมื่นสองร้อยหกสิบสาม)\n"
        "พ.ศ. ๒๕๖๙ จำนวน ๙๒,๕๙๗ บัตร ชีขาดการเลือกตั้งในเขต ๒\n"
        "ฌาปนสถานและรูปฤๅษี\n"
        "มาแสดงตน ๒๒,๑๗๒ คน (สองหมื่นสองพันหนึ่งร้อยสิบสอง)\n",
    ),
    Case(
        "votes, without",
        "ประจำปี พ.ศ. ๒๕๐๕ บัตรเสีย ๒,๕๒๕ บัตร (หกพันสี่ร้อยยี่สิบเก้า)\n[สสะ๑9|\nปาฐกถาพิเศษ 5นรเลเทล๒|6 ในปี 2025\n",
    ),
    Case(
        "a line twice",
        "ในปีที่ผ่านมา\nองค์การบริหารส่วนตำบลได้จัดทำแผนพัฒนา\nองค์การบริหารส่วนตำบลได้จัดทำ แผนพัฒนา\nห้าปี\n",
    ),
    Case(
        "usage",
        "กรุงเทพ ฯ และปริมณฑล มีคลอง ถนน ฯลฯที่ชำรุด จำนวน12แห่ง\n"
        "นาย สมชาย ใจดี เขียนหนังสือ Annual Reportฉบับใหม่ให้เด็กๆอ่าน\n",
    ),
    Case(
        "text in another encoding",
        "à¸•à¸³à¸šà¸¥à¸Šà¸¡à¸\u00a0à¸¹\n",
        TEXT_LAYER,
    ),
    Case(
        "letter, exported",
        "ป ร ะ ก า ศ อ ง ค์ ก า ร บ ริ ห า ร  ส่ ว น ตำ บ ล\n"
        "เจา้หนา้ที่ตอ้งชำาระเงินประจำาปี นำ้าประปา\n"
        "เเรรืื่่อองง  ขขออเเชชิิญญปปรระะชชุุมม\n",
        TEXT_LAYER,
    ),
    Case(
        "letters of other scripts",
        "เทศบาลตำບลแม่สายຈัดทำแผนພัฒนา จำนวน ໒໕໖໗ คน\nราλคา ๑๐o บาท\n",
        TEXT_LAYER,
    ),
    Case(
        "facts in words and figures",
        "วงเงิน 3,000 บาท (-สี่พันบาทถ้วน-) อัตรา ๕.๐๐๙ (ห้าจุดศูนย์ศูนย์เก้า)\n"
        "ลงวันที่ 31/02/2567 และวันที่ 12/13/2567 ถึงวันที่ 29 ก.พ. 66 เวลา 25.00 น.\n"
        "แผนพัฒนาท้องถิ่น (พ.ศ. 2570-2566) เลขประจำตัวประชาชน 1-2345-67890-12-2\n"
        "ข้อ 1 ระเบียบนี้\nข้อ 3 ให้ใช้บังคับ\nข้อ 4 ให้ยกเลิก\n",
        TEXT_LAYER,
    ),
    Case(
        "facts that cannot be",
        "ประชุม 8 ก.พ. 69 (จันทร์) เวลา 08.70-16.30 น. ตั้งแต่ 5 มี.ค. 67 - 4 ก.พ. 67 (หน้า 45-32)\n"
        "โทร. 081-234-567 เลขประจำตัวประชาชน 1-2345-6789-12-1 ภายใน 31 เมษา 2567\n"
        "งบประมาณ 1.5 ล้านบาท (หนึ่งล้านสี่แสนบาทถ้วน) คิดเป็นร้อยละ 120 ของงบทั้งหมด และร้อยละ 15 (สิบสอง)\n"
        "(1) แผนงาน\n(2) งบประมาณ\n(4) ผลผลิต\n(5) ตัวชี้วัด\n",
        TEXT_LAYER,
    ),
    Case(
        "a reader that ran away",
        "เทศบาลดำเนินการ" + "ให้ความช่วยเหลือแก่ผู้สูงอายุ " * 8 + "\n",
    ),
    Case(
        "ink and letters",
        "ประกาศเทศบาลเมืองกะทู้\nเรื่อง การประชุมประชาคม\n",
        account=Account(
            True,
            9000,
            (InkPlace(InkKind.TEXT, Box(400, 90, 520, 120), 300, 21),),
            (InkPlace(InkKind.SEAL, Box(300, 10, 380, 80), 900, 0),),
            (UnseenPlace(UnseenKind.NO_INK, Span(30, 37), Box(90, 150, 190, 180)),),
        ),
    ),
)
