"""The language model of letters: what it says of texts, and that it says the same after it was kept."""

import hashlib
import json
import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dictionaries.characters import OTHER, PAD, SYMBOLS, Part, documents, ids, part_of, tidy
from dictionaries.language_model import MAGIC, MODEL, load, read_header, read_model
from dictionaries.version import _own, dictionaries_version
from model.errors import DictionaryError
from training.dictionaries import kneser_ney
from training.dictionaries.train_language_model import Measured

TEXT = "เทศบาลตำบลจัดทำแผนพัฒนาท้องถิ่น\nองค์การบริหารส่วนตำบลจัดทำแผนพัฒนาตำบล\n" * 3


def small(order: int = 4, threshold: float = 0.0):
    levels = kneser_ney.count(ids(TEXT), order)
    return kneser_ney.build(levels, kneser_ney.prune(levels, [threshold] * order))


@pytest.mark.parametrize("threshold", [0.0, 2.0, 1e9])
def test_after_any_letters_the_probabilities_add_up_to_one(threshold):
    model = small(threshold=threshold)
    for context in ("ตำบ", "เทศ", "ฮฮฮ", "\nอง", "12a"):
        rows = np.array([[*ids(context), letter] for letter in range(len(SYMBOLS))], np.uint8)
        total = np.exp(model.score_rows(rows).astype(float)).sum()
        assert total == pytest.approx(1.0, abs=0.03), context


def test_what_was_learned_is_likelier_than_what_was_not():
    model = small()
    assert model.score("จัดทำแผน").sum() > model.score("จัดทำแผฟ").sum()
    assert model.score("จัดทำแผน").sum() > model.score("จดัทำแผน").sum()


def test_pruning_makes_the_model_smaller_and_keeps_short_runs():
    whole, cut = small(), small(threshold=1.0)
    assert sum(cut.sizes) < sum(whole.sizes)
    assert cut.sizes[0] == len(SYMBOLS)


def test_every_letter_has_a_score_whatever_the_text():
    model = small()
    for text in ("", "ก", "ab", "\U0001f468\x00\ud7ff", "ก" * 1000):
        scores = model.score(text)
        assert len(scores) == len(text)
        assert np.isfinite(scores).all()


@given(st.text(alphabet=st.sampled_from("เทศบาลตำ จัด\n๑1a."), min_size=1, max_size=30), st.integers(0, 30))
def test_a_letter_s_score_depends_on_nothing_behind_it(text, cut):
    model = load()
    cut = min(cut, len(text))
    assert np.allclose(model.score(text)[:cut], model.score(text[:cut]))


def test_rows_are_scored_like_texts():
    model = load()
    text = "องค์การบริหารส่วนตำบล"
    letters = ids(text)
    reach = model.order - 1
    rows = np.lib.stride_tricks.sliding_window_view(letters, reach + 1)
    assert np.allclose(model.score_rows(np.ascontiguousarray(rows))[:, 0], model.score(text)[reach:])


def test_a_shorter_memory_is_the_model_without_its_longest_runs():
    model = load()
    assert np.allclose(model.shorter(3).score("ตำบล")[:2], model.score("ตำบล")[:2])
    assert model.shorter(1).score("ลล")[0] == model.shorter(1).score("ลล")[1]


def test_a_model_is_the_same_after_it_was_kept(tmp_path):
    model = small()
    model.save(tmp_path / "small.lm", {"why": "test"})
    again = read_model(tmp_path / "small.lm")
    assert again.sizes == model.sizes
    assert np.array_equal(again.score("จัดทำแผนพัฒนา"), model.score("จัดทำแผนพัฒนา"))
    assert read_header(tmp_path / "small.lm")["about"] == {"why": "test"}


def test_a_file_that_is_no_model_or_damaged_is_said_so(tmp_path):
    path = tmp_path / "bad.lm"
    with pytest.raises(DictionaryError, match="cannot be read"):
        read_model(path)
    path.write_bytes(b"something else")
    with pytest.raises(DictionaryError, match="not a language model"):
        read_model(path)
    small().save(path, {})
    whole = path.read_bytes()
    path.write_bytes(whole[:-500])
    with pytest.raises(DictionaryError, match="cut short"):
        read_model(path)
    path.write_bytes(whole[:-9] + bytes([whole[-9] ^ 1]) + whole[-8:])
    with pytest.raises(DictionaryError, match="damaged"):
        read_model(path)
    header = json.dumps({"format": 99}).encode()
    path.write_bytes(MAGIC + struct.pack("<I", len(header)) + header)
    with pytest.raises(DictionaryError, match="another version"):
        read_model(path)
    path.write_bytes(MAGIC + struct.pack("<I", 5) + b"{oops")
    with pytest.raises(DictionaryError, match="damaged"):
        read_model(path)


def test_the_model_that_ships_is_whole_and_small_and_part_of_the_dictionaries_version(monkeypatch):
    header = read_header()
    data = MODEL.read_bytes()
    (length,) = struct.unpack("<I", data[len(MAGIC) : len(MAGIC) + 4])
    assert hashlib.sha256(data[len(MAGIC) + 4 + length :]).hexdigest() == header["sha256"]
    assert len(data) < 20_000_000
    assert header["order"] >= 6
    version = dictionaries_version()
    monkeypatch.setattr("dictionaries.version.read_header", lambda: {"sha256": "other"})
    _own.cache_clear()
    assert dictionaries_version() != version
    monkeypatch.undo()
    _own.cache_clear()


def test_the_model_that_ships_knows_official_prose():
    model = load()
    prose = "องค์การบริหารส่วนตำบลจัดทำแผนพัฒนาท้องถิ่นตามระเบียบกระทรวงมหาดไทย พ.ศ. ๒๕๔๘"
    assert np.exp(-model.score(prose).mean()) < 3.0
    for wrong in (prose.replace("ท้อง", "ทอง"), prose.replace("ระเบียบ", "ระเบยบ")):
        assert model.score(wrong).sum() < model.score(prose).sum() - 5


def test_letters_have_numbers_and_what_is_unknown_is_one_letter():
    assert list(ids("๑๙")) == [ids("๐")[0]] * 2
    assert ids("Z")[0] != ids("z")[0] == ids("q")[0]
    assert ids("é漢\U0001f600").tolist() == [OTHER] * 3
    assert PAD not in ids("".join(map(chr, range(0x2000))))


def test_a_text_is_tidied_before_it_is_learned():
    assert tidy("ตํา บล\u200b  เเละ \r\n\n นํ้า") == "ตำ บล และ\nน้ำ"


def test_a_document_goes_to_one_part_wherever_its_lines_break():
    text = "แผนพัฒนาท้องถิ่น พ.ศ. ๒๕๖๖"
    assert part_of(text) == part_of(text.replace(" ", "\n"))
    parts = [part_of(str(number)) for number in range(2000)]
    assert 0.02 < parts.count(Part.TEST) / 2000 < 0.06
    assert 0.02 < parts.count(Part.TUNE) / 2000 < 0.06


def test_documents_are_paragraphs_or_lines():
    assert list(documents("ก\nข\n\nค\n \nง")) == ["ก\nข", "ค", "ง"]
    assert list(documents("ก\nข\n")) == ["ก", "ข"]


def test_documents_that_something_is_measured_on_are_known_again():
    page = "".join(chr(0xE01 + (n * 7) % 40) for n in range(400))
    measured = Measured([page])
    assert measured.shares("ก่อน " + page[60:300] + " หลัง")
    assert not measured.shares(page[:60])
    assert not Measured([]).shares(page)
