"""Every reader says which code reads, so that changed code reads again."""

import pytest

from ocr.line_reader.reader import with_second_reader
from ocr.select import IMPORT, NAMES, select_reader

pytestmark = pytest.mark.integration


def reader_of(name, tmp_path, quality="usual"):
    (tmp_path / "other.txt").write_text("ประกาศ", "utf-8")
    chosen = name.replace("FILE", str(tmp_path / "other.txt"))
    return with_second_reader(select_reader(chosen, quality=quality), "all").reader


@pytest.mark.parametrize("name", [*NAMES, f"{IMPORT}FILE"])
def test_a_reader_and_what_stands_beside_it_name_their_code(name, tmp_path):
    reader = reader_of(name, tmp_path)
    codes = [reader.says(key) for key in ("code", "second:code", "voting")]
    assert all(len(code) == 16 for code in codes)
    assert len(set(codes)) == 3


def test_auto_names_the_code_of_both_readers(tmp_path):
    reader = reader_of("auto", tmp_path)
    for name in ("tesseract", "text-layer"):
        assert reader.says(f"{name}:code") == reader_of(name, tmp_path).says("code")


def test_reading_several_times_has_code_of_its_own(tmp_path):
    usual, best = (reader_of("tesseract", tmp_path, quality) for quality in ("usual", "best"))
    assert len(best.says("several-times")) == 16
    assert usual.says("several-times") == ""
