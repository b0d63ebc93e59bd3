"""Draw the sample pages, read them with the installed Tesseract and keep what it wrote.

    .venv/bin/python -m tests.ocr.record

needs tesseract-ocr, tesseract-ocr-tha, tesseract-ocr-eng and fonts-thai-tlwg. The folder `recorded/` then
holds for each page its image, its plain text and its hOCR, and `made-with.json` what made them. Most tests of
the room read these files and need neither Tesseract nor fonts.
"""

import json
import zlib
from pathlib import Path

import cv2
import numpy as np
import PIL
from PIL import Image, ImageDraw, ImageFont, features

from ocr.image.png import encode_grey
from ocr.image.prepare import ROW_BY_ROW
from ocr.sandbox.limits import Limits
from ocr.tesseract import probe
from ocr.tesseract.recognise import LANGUAGES, run_tesseract

FOLDER = Path(__file__).parent / "recorded"
FONTS = Path("/usr/share/fonts/truetype/tlwg")
DPI = 200

PROSE = """องค์การบริหารส่วนตำบลกำแพง อำเภอละงู จังหวัดสตูล
จัดทำแผนพัฒนาท้องถิ่น พ.ศ. 2566 - 2570 เพื่อให้ประชาชน
ในตำบลมีน้ำสะอาดใช้ทั่วถึงทุกหมู่บ้าน โดยร่วมกับเทศบาล
ตำบลละงูและสำนักงานท้องถิ่นจังหวัด (Sustainable City)
ทั้งนี้ ได้ตั้งงบประมาณไว้ 1,250,000 บาท สำหรับขุดลอก
คลองและซ่อมแซมถนนที่เสียหายจากน้ำท่วมเมื่อปีที่แล้ว
ผู้ที่ไม่เห็นด้วยให้ยื่นคำร้องต่อนายอำเภอภายใน 15 วัน"""

NOTICE = """ประกาศเทศบาลเมืองกำแพงเพชร
เรื่อง การชำระภาษีที่ดินและสิ่งปลูกสร้าง
วันที่ ๑๒ เมษายน ๒๕๖๗"""


def draw(text: str, font: str, size: int, width: int, margin: int = 60) -> np.ndarray:
    """Black letters on white, one printed line a line, grey levels."""
    if not features.check("raqm"):
        raise SystemExit("Pillow lacks libraqm: Thai marks would not be shaped")
    face = ImageFont.truetype(FONTS / f"{font}.ttf", size, layout_engine=ImageFont.Layout.RAQM)
    step = round(size * 1.75)
    lines = text.split("\n")
    page = Image.new("L", (width, 2 * margin + step * len(lines)), 255)
    pen = ImageDraw.Draw(page)
    for index, line in enumerate(lines):
        pen.text((margin, margin + index * step), line, fill=0, font=face)
    return np.asarray(page)


def degrade(page: np.ndarray, name: str) -> np.ndarray:
    """Blur, fading light and noise, the same for the same name."""
    dice = np.random.default_rng(zlib.crc32(name.encode()))
    light = np.linspace(1.0, 0.75, page.shape[1])
    soft = cv2.GaussianBlur(page, (0, 0), 1.0).astype(np.float32)
    spoilt = (255 - (255 - soft) * 0.75) * light + dice.normal(0, 9, page.shape)
    return spoilt.clip(0, 255).astype(np.uint8)


def pages() -> dict[str, np.ndarray]:
    prose = draw(PROSE, "Garuda", 36, 1240)
    return {
        "prose": prose,
        "notice": draw(NOTICE, "Norasi-Bold", 40, 900),
        "spoilt": degrade(prose, "spoilt"),
    }


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    found = probe.tesseract(LANGUAGES)
    for name, page in pages().items():
        png = encode_grey(page.tobytes(), page.shape[1], page.shape[0], DPI)
        (FOLDER / f"{name}.png").write_bytes(png)
        text, hocr = run_tesseract([page], DPI, ROW_BY_ROW, Limits(recognise_seconds=120), name)
        (FOLDER / f"{name}.txt").write_bytes(text.encode())
        (FOLDER / f"{name}.hocr").write_bytes(hocr.encode())
    made_with = {"tesseract": found.version, "models": dict(found.models), "pillow": PIL.__version__}
    (FOLDER / "made-with.json").write_text(json.dumps(made_with, indent=2) + "\n")


if __name__ == "__main__":
    main()
