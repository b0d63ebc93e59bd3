import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.errors import BadInput, UsageError
from ocr.source.textfile import decode_text

THAI = "องค์การบริหารส่วนตำบลกำแพง อำเภอละงู จังหวัดสตูล"


@given(st.text(min_size=1).filter(lambda text: "\0" not in text))
def test_utf8_comes_back_code_point_for_code_point(text):
    assert decode_text(text.encode(), "a.txt") == text


def test_newlines_and_a_byte_order_mark_are_kept():
    assert decode_text("\ufeffก\r\nข\rค\n".encode(), "a.txt") == "\ufeffก\r\nข\rค\n"


@pytest.mark.parametrize("codec", ["cp874", "tis-620"])
def test_thai_of_the_old_kind_is_recognised_and_the_way_out_works(codec):
    data = b"abc " + THAI.encode(codec)
    with pytest.raises(BadInput, match=r"old\.txt is not UTF-8: byte 0xa4 at offset 6.*CP874") as caught:
        decode_text(data, "old.txt")
    assert caught.value.remedy == "Try --encoding cp874."
    assert decode_text(data, "old.txt", "cp874") == "abc " + THAI


def test_latin_text_of_another_encoding_is_not_called_thai():
    with pytest.raises(BadInput) as caught:
        decode_text("façade déjà vu".encode("latin-1"), "a.txt")
    assert "cp874" not in str(caught.value)


def test_half_a_surrogate_pair_is_refused_with_its_place():
    with pytest.raises(BadInput, match="surrogate pair is written out as bytes at offset 3"):
        decode_text("ก".encode() + b"\xed\xa0\x80", "a.txt")


def test_a_surrogate_pair_written_as_two_is_refused_too():
    with pytest.raises(BadInput, match="surrogate"):
        decode_text(b"\xed\xa0\xbd\xed\xb8\x80", "a.txt")


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [THAI, "plain words"])
def test_utf16_without_a_mark_is_named(codec, text):
    with pytest.raises(BadInput, match="NUL byte at offset") as caught:
        decode_text(text.encode(codec), "a.txt")
    assert f"--encoding {codec}" in caught.value.remedy
    assert decode_text(text.encode(codec), "a.txt", codec) == text


def test_utf16_with_a_mark_is_named():
    with pytest.raises(BadInput, match="it is UTF-16") as caught:
        decode_text(THAI.encode("utf-16"), "a.txt")
    assert "--encoding utf-16" in caught.value.remedy


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n%\xbf\xf7\xa2\xfe\n", "PDF"),
        (b"\x89PNG\r\n\x1a\n\0", "PNG"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
    ],
)
def test_a_scan_is_no_text_and_the_right_command_is_named(data, kind):
    with pytest.raises(BadInput, match=f"is a {kind} file") as caught:
        decode_text(data, "scan")
    assert "chamra digitise" in caught.value.remedy


def test_a_text_that_speaks_of_a_pdf_is_one():
    assert decode_text("%PDF-1.7 เป็นรูปแบบ".encode(), "a.txt").startswith("%PDF")


def test_a_nul_byte_is_refused_with_its_place():
    with pytest.raises(BadInput, match="NUL byte at offset 9"):
        decode_text("กขค".encode() + b"\0" + "ง".encode(), "a.txt")


def test_an_empty_file_is_refused():
    with pytest.raises(BadInput, match=r"a\.txt is empty"):
        decode_text(b"", "a.txt")


def test_a_wrong_encoding_given_by_the_user_names_the_place():
    with pytest.raises(BadInput, match="offset 0") as caught:
        decode_text(b"\xff\xff", "a.txt", "utf-8")
    assert "--encoding" in caught.value.remedy


def test_an_encoding_without_a_name_is_not_taken_for_none_given():
    with pytest.raises(UsageError, match="no encoding ''"):
        decode_text(b"abc", "a.txt", "")


def test_an_encoding_that_does_not_exist_is_wrong_usage():
    with pytest.raises(UsageError, match="no encoding 'thai-1'"):
        decode_text(b"a", "a.txt", "thai-1")


def test_a_codec_that_is_not_for_text_is_wrong_usage():
    with pytest.raises(UsageError):
        decode_text(b"YQ==", "a.txt", "base64")
