"""Words that the made parts of training lines are put together from, parted by spaces."""

from __future__ import annotations

MONTHS = (
    "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม "
    "ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค."
)
"""Months in full and shortened."""

UNITS = (
    "บาท คน ราย แห่ง ไร่ ตำบล อำเภอ หมู่บ้าน กิโลเมตร ครั้ง ฉบับ ปี วัน % เมตร คะแนน หน่วย ล้านบาท เขต "
    "น. กก. ตร.ม. ตร.ม.² ม.² ม.³ m² cm³ °C ชุด อัน เล่ม รายการ ชั่วโมง นาที mm kg kW"
)
"""What is counted."""

BEFORE_NUMBERS = (
    "ข้อ มาตรา ที่ เลขที่ หมู่ที่ ม. ฉบับที่ เขตเลือกตั้งที่ พ.ศ. จำนวน หน้า เล่ม ตอนที่ ตอนพิเศษ "
    "วันที่ ลงวันที่ โทร. เวลา รวม หมายเลข ถนน ซอย ร้อยละ อายุ ประมาณ เป็นเงิน ลำดับที่ ครั้งที่ "
    "ปีงบประมาณ ตาราง บทที่ รหัส ราคา ยอดรวม ภาษี โทรสาร ชั้น ห้อง แถว ขนาด น้ำหนัก"
)
"""What stands before a number."""

RARE_WORDS = (
    "ฌาปนกิจ ฌาปนสถาน เฌอ มัชฌิม เฌอเอม คุณฌอน ฌาน ฃวด ฅน ฅอ ฃอ ฦๅ ฦๅชา ฤๅ ฤๅษี บุฤๅษี ฤๅไม่ ฿ ฿100 "
    "฿๕๐๐ ฿1,250 ๑๐๐฿ อัชฌาสัย อุปัชฌาย์ นิชฌาน กฌ ฌกุฏ โฌม ฌามา ฌานิน กรุงเทพฯ ฯลฯ ฯพณฯ โปรดเกล้าฯ "
    "ต่าง ๆ เด็กๆ ๏ ๚ ๛ ๚ะ๛ ๏ ฯ ข้าฯ อื่น ๆ ทั้ง ๆ ที่"
)
"""Words with rare letters and signs."""

LATIN_WORDS = (
    "the of and for Thailand Bangkok Office Development Sustainable Smart City Digital Economy Fund "
    "Report Local Government E-mail Website www.dla.go.th LINE OA COVID-19 SDGs GDP ISO OTOP ASEAN "
    "UNESCO PM2.5 QR Code AI IT Ph.D. No. Ltd. Co., PDF Version Project Act Section Page vs. http:// "
    "kpi.ac.th info@ One Stop Service Big Data Zoning Ministry Department Public Health Law Royal "
    "Gazette Tel. Fax. Email Mobile Line ID Name Date Total Amount Price Quantity Unit Description "
    "Remark Item TOTAL VAT Invoice Receipt Tax Signature Approved Form Table Figure Chapter University "
    "Faculty Bachelor Master Science Engineering Management System Analysis Model Results with from "
    "this that which is are was in on at by to as be or an not their have can will between under"
)
"""Latin words that documents hold."""

HOSTS = "dla moph kpi nesdc mof example thaigov rd dopa ocsc obec"
"""Parts of web addresses."""

MAILBOXES = "info contact saraban admin webmaster office pr center hr service tambon"
"""Names of mailboxes and pages."""

DOMAINS = ".go.th .or.th .ac.th .co.th .com .net .in.th"
"""Ends of web addresses."""

LABELS = (
    "ชื่อ ชื่อ-สกุล นามสกุล ที่อยู่ บ้านเลขที่ หมู่ที่ ตำบล/แขวง อำเภอ/เขต จังหวัด รหัสไปรษณีย์ "
    "โทรศัพท์ โทรสาร วันที่ เดือน พ.ศ. ลงชื่อ ตำแหน่ง สังกัด เรื่อง เรียน อ้างถึง สิ่งที่ส่งมาด้วย "
    "จำนวน ราคา หน่วย รวมเงิน หมายเหตุ อายุ เพศ สัญชาติ เลขประจำตัวประชาชน อาชีพ สถานที่เกิด พยาน "
    "ผู้ยื่นคำขอ ผู้รับ ผู้อนุมัติ เลขที่ ลำดับ รายการ ชาย หญิง มี ไม่มี ใช่ ไม่ใช่ อื่น ๆ เห็นด้วย "
    "อนุมัติ ไม่อนุมัติ ขอรับรองว่า ด้วยข้าพเจ้า ประเภท แนบสำเนา ทะเบียนบ้าน"
)
"""Labels of forms' fields."""
