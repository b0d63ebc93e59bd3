"""Every reader says which code reads, so that changed code reads again."""

import pytest

from model import extensions
from ocr.ensemble.combine import with_line_reader
from ocr.select import IMPORT, select_reader

pytestmark = pytest.mark.tesseract


def reader_of(name, tmp_path, quality="standard"):
    (tmp_path / "other.txt").write_text("ประกาศ", "utf-8")
    chosen = name.replace("FILE", str(tmp_path / "other.txt"))
    return with_line_reader(select_reader(chosen, quality=quality), "all").reader


@pytest.mark.parametrize("name", [*extensions.names(extensions.ENGINES), f"{IMPORT}FILE"])
def test_a_reader_and_what_stands_beside_it_name_their_code(name, tmp_path):
    reader = reader_of(name, tmp_path)
    codes = [reader.says(key) for key in ("code", "second:code", "voting")]
    assert all(len(code) == 16 for code in codes)
    assert len(set(codes)) == 3


def test_auto_names_the_code_of_both_readers(tmp_path):
    reader = reader_of("auto", tmp_path)
    for name in ("tesseract", "text-layer"):
        assert reader.says(f"{name}:code") == reader_of(name, tmp_path).says("code")


def test_multi_pass_reading_has_code_of_its_own(tmp_path):
    standard, best = (reader_of("tesseract", tmp_path, quality) for quality in ("standard", "best"))
    assert len(best.says("multi-pass")) == 16
    assert standard.says("multi-pass") == ""


def test_what_is_imported_names_the_code_of_its_form(tmp_path):
    (tmp_path / "page.xml").write_text("<alto><Layout><Page/></Layout></alto>", "utf-8")
    alto = select_reader(f"{IMPORT}{tmp_path / 'page.xml'}").reader
    assert alto.says("code") != reader_of(f"{IMPORT}FILE", tmp_path).says("code")
