"""Every reader says which code reads, so that changed code reads again."""

import pytest

from model import extensions
from ocr.select import IMPORT, select_reader

pytestmark = pytest.mark.tesseract


def reader_of(name, tmp_path, quality="standard"):
    (tmp_path / "other.txt").write_text("ประกาศ", "utf-8")
    chosen = name.replace("FILE", str(tmp_path / "other.txt"))
    return select_reader(chosen, quality=quality).reader


@pytest.mark.parametrize("name", [*extensions.names(extensions.ENGINES), f"{IMPORT}FILE"])
def test_every_reader_names_its_code(name, tmp_path):
    assert len(reader_of(name, tmp_path).says("code")) == 16


@pytest.mark.parametrize("name", ["tesseract", f"{IMPORT}FILE"])
def test_what_stands_beside_a_reader_names_its_code_too(name, tmp_path):
    reader = reader_of(name, tmp_path)
    codes = [reader.says(key) for key in ("code", "second:code", "voting")]
    assert all(len(code) == 16 for code in codes)
    assert len(set(codes)) == 3


def test_the_cascade_names_the_code_and_the_models_of_both_its_readers(tmp_path):
    reader = reader_of("cascade", tmp_path)
    names = (
        "line-reader:code",
        "line-reader:model",
        "tesseract:code",
        "tesseract:model:tha",
        "language-model",
    )
    assert all(len(reader.says(name)) == 16 for name in names)
    assert reader.says("tesseract:version")


def test_auto_names_the_code_of_both_readers(tmp_path):
    reader = reader_of("auto", tmp_path)
    for name in ("cascade", "text-layer"):
        assert reader.says(f"{name}:code") == reader_of(name, tmp_path).says("code")


def test_multi_pass_reading_has_code_of_its_own(tmp_path):
    standard, best = (reader_of("tesseract", tmp_path, quality) for quality in ("standard", "best"))
    assert len(best.says("multi-pass")) == 16
    assert standard.says("multi-pass") == ""


def test_what_is_imported_names_the_code_of_its_form(tmp_path):
    (tmp_path / "page.xml").write_text("<alto><Layout><Page/></Layout></alto>", "utf-8")
    alto = select_reader(f"{IMPORT}{tmp_path / 'page.xml'}").reader
    assert alto.says("code") != reader_of(f"{IMPORT}FILE", tmp_path).says("code")
