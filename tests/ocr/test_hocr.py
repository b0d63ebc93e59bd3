import pytest

from model.box import Box
from ocr.tesseract.hocr import parse_hocr
from tests.growth import growth
from tests.ocr import recordings

PAGE = """<div class='ocr_page' id='page_1' title='image "x.png"; bbox 0 0 900 400'>
<span class='ocr_line' id='line_1_1' title="bbox 10 20 300 60; baseline 0.01 -8; \
x_size 40; x_descenders 8; x_ascenders 12">
 <span class='ocrx_word' id='word_1_1' title='bbox 10 20 90 60; x_wconf 93' lang='tha'>
  <span class='ocrx_cinfo' title='x_bboxes 10 25 40 60; x_conf 99.5'>ก</span>
  <span class='ocrx_cinfo' title='x_bboxes 40 20 60 60; x_conf 8.25'>&amp;</span>
 </span>
</span>
<span class='ocr_textfloat' id='line_1_2' title="bbox 10 80 300 120">
  <span class='ocrx_cinfo' title='x_bboxes 11 81 30 119; x_conf 120'>น้ํ</span>
</span>
<span class='ocr_line' id='line_1_3' title="bbox 10 130 300 160; baseline 0 0"> </span>
</div>"""


def test_lines_have_their_symbols_boxes_and_confidences():
    first, second = parse_hocr(PAGE)
    assert [symbol.text for symbol in first.symbols] == ["ก", "&"]
    assert first.symbols[0].box == Box(10, 25, 40, 60)
    assert [symbol.confidence for symbol in first.symbols] == [0.995, 0.0825]
    assert first.box == Box(10, 20, 300, 60)
    assert second.symbols[0].text == "น้ํ"
    assert second.symbols[0].confidence == 1.0


def test_the_baseline_and_the_x_height_are_in_pixels_of_the_image():
    first, second = parse_hocr(PAGE)
    assert first.baseline(10) == 52
    assert first.baseline(110) == 53
    assert first.x_height == 20
    assert second.x_height == 0


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Segmentation fault",
        PAGE.replace("class='ocr_line' id='line_1_1'", "class='other'"),
        PAGE.replace("bbox 10 20 300 60", "box 10 20 300 60"),
        PAGE.replace("x_conf 99.5", "x_conf many"),
    ],
)
def test_what_is_not_hocr_with_letters_in_lines_is_an_error(text):
    with pytest.raises(ValueError, match=r"hOCR|line|float"):
        parse_hocr(text)


@pytest.mark.parametrize("name", recordings.NAMES)
def test_what_tesseract_wrote_has_the_letters_of_its_plain_text_in_order(name):
    found = "".join(symbol.text for line in recordings.lines(name) for symbol in line.symbols)
    assert found == "".join(recordings.text(name).split())


def test_parsing_grows_as_the_letters_of_the_page_do():
    page = recordings.hocr("prose")
    # Eight times the letters; n squared would be sixty-four times the work.
    assert growth(lambda pages: parse_hocr(page * pages, [0] * pages), 2, 16) < 20
