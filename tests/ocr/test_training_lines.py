"""The lines that the line reader is trained with: their texts, how they are set, overlaid, damaged and cut."""

import random
import re
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ocr.line_reader.alphabet import CHARACTERS
from ocr.line_reader.geometry import HEIGHT, OUTLINE_BASELINE, OUTLINE_HEIGHT
from training.line_reader.corpus import runs, without
from training.line_reader.damage import HELD_OUT, damaged
from training.line_reader.damage import KINDS as DAMAGES
from training.line_reader.fonts import Face, choose, faces, latin
from training.line_reader.numbers import Numbers
from training.line_reader.overlays import Neighbours, cell, nothing, rules, strokes
from training.line_reader.render import Renderer
from training.line_reader.supply import COLUMNS, batches
from training.line_reader.texts import KINDS, Texts, TextSample
from training.line_reader.typeset import SetLine, typeset

NO_FACE: Any = None  # for a line without text

PROSE = (
    "เทศบาลตำบลกำแพงขอเชิญประชาชนร่วมประชุมแผนพัฒนาท้องถิ่น เพื่อรับฟังความคิดเห็นเรื่องน้ำสะอาดและถนนในหมู่บ้าน "
    "ผู้ที่ไม่เห็นด้วยให้ยื่นคำร้องภายใน 15 วัน นับแต่วันที่ได้รับหนังสือฉบับนี้ ณ ที่ว่าการอำเภอละงู จังหวัดสตูล "
) * 4


def thai_fonts() -> list[Path]:
    """The folders of the installed fonts that draw Thai."""
    try:
        listed = subprocess.run(["fc-list", ":lang=th", "file"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return []
    return sorted(
        {Path(line.rstrip(": ")).parent for line in listed.stdout.splitlines() if "Laksaman" in line}
    )


FONTS = thai_fonts()
drawn_text = pytest.mark.skipif(not FONTS, reason="no Thai font is installed")


@pytest.fixture
def draw():
    return random.Random(5)


@pytest.fixture
def corpus(tmp_path):
    file = tmp_path / "prose.txt"
    file.write_text(PROSE, "utf-8")
    return file


@pytest.fixture(scope="module")
def face() -> Face:
    return next(one for one in faces(FONTS) if one.path.stem == "Laksaman")


def bare(letter=20.0, width=300):
    """A line of nothing but paper."""
    left = round(2 * letter)
    canvas = np.zeros((round(7.4 * letter), width + 2 * left), np.float32)
    return SetLine(canvas, round(4.2 * letter), left, left + width, letter)


def test_the_chances_of_kinds_and_of_damages_add_up_to_one():
    assert sum(chance for _, chance in KINDS) == pytest.approx(1)
    assert sum(chance for _, chance in DAMAGES) == pytest.approx(1)
    assert HELD_OUT not in dict(DAMAGES)


@pytest.mark.parametrize("kind", [name for name, _ in KINDS])
def test_a_text_of_any_kind_is_of_the_alphabet_and_as_long_as_it_may_be(kind, corpus):
    source = Texts([corpus], 3)
    for _ in range(200):
        sample = source.line(30, kind)
        assert sample.kind == kind
        assert set(sample.text) <= set(CHARACTERS)
        assert len(sample.text) <= 36
        assert sample.text == sample.text.strip()
        assert bool(sample.text) == (kind != "nothing")


def test_cells_hold_numbers_in_both_systems_alone(corpus):
    source = Texts([corpus], 3)
    cells = [source.line(40, "cell").text for _ in range(400)]
    thai = sum(bool(re.search("[๐-๙]", text)) for text in cells)
    arabic = sum(bool(re.search("[0-9]", text)) for text in cells)
    assert thai > 100
    assert arabic > 100
    assert sum(bool(re.fullmatch("[0-9๐-๙]", text)) for text in cells) > 10
    for pattern in (
        r"\d,\d{3}",
        r"\d\.\d",
        r"\d+[/.-]\d+[/.-]\d{4}",
        r"0\d.?\d{3,4}.\d{3,4}",
        "%",
        r"\(.*\)",
        "฿",
    ):
        assert any(re.search(pattern, text) for text in cells), pattern


def test_the_same_seed_gives_the_same_numbers():
    one, two = Numbers(random.Random(1)), Numbers(random.Random(1))
    assert [one.phrase() for _ in range(50)] == [two.phrase() for _ in range(50)]


@drawn_text
def test_letters_stand_on_the_baseline_at_the_height_that_is_asked_for(face, draw):
    line = typeset("กนบมรส", face, 20, draw)
    rows = np.flatnonzero(line.canvas.max(axis=1) > 0.5)
    assert abs(rows[-1] + 1 - line.baseline) <= 2
    assert abs(rows[0] - (line.baseline - 20)) <= 3
    columns = np.flatnonzero(line.canvas.max(axis=0) > 0.5)
    assert line.left - 2 <= columns[0]
    assert columns[-1] <= line.right + 2


@drawn_text
def test_boxes_to_tick_are_drawn_though_the_font_has_none(face: Any, draw):
    assert "☐" not in face.letters
    assert choose([face], "☐ ชาย", draw) == face
    empty = typeset("☐", face, 20, draw).canvas
    ticked = typeset("☑", face, 20, draw).canvas
    assert 20 < np.count_nonzero(empty > 0.5) < np.count_nonzero(ticked > 0.5)


@drawn_text
def test_latin_words_are_set_in_a_font_of_their_own_where_one_is_given(face):
    other = Face(face.path.with_name("Garuda.ttf"), "Garuda", 1, face.letters - {"ก"}, face.letter_height)
    assert latin([face, other], random.Random(1)) is other
    assert latin([face], random.Random(1)) is None
    plain = typeset("ข้อ Act", face, 20, random.Random(2)).canvas
    mixed = typeset("ข้อ Act", face, 20, random.Random(2), other).canvas
    assert plain.shape != mixed.shape or not np.array_equal(plain, mixed)


@pytest.mark.parametrize("lay", [rules, strokes, lambda line, draw: cell(line, draw, 1.0)])
def test_what_lies_on_a_line_takes_no_ink_away(lay, draw):
    line = bare()
    for _ in range(60):
        before = line.canvas.copy()
        lay(line, draw)
        assert (line.canvas >= before).all()
    assert line.canvas.any()
    assert line.canvas.max() <= 1


def test_a_cell_has_its_rules_beside_the_text_and_not_in_it(draw):
    for _ in range(50):
        line = bare()
        cell(line, draw, 1.0)
        full = np.flatnonzero(line.canvas.min(axis=0) > 0)
        assert len(full)
        assert not ((full >= line.left) & (full < line.right)).any()


def test_neighbours_stand_clear_of_the_letters_and_have_no_rules_of_their_own(draw):
    others = Neighbours()
    for _ in range(40):
        line = bare()
        line.canvas[line.baseline - 20 : line.baseline, line.left : line.right] = 1
        others.add(line, draw)
        line.canvas[:, 5:8] = 1  # a rule that came after
    line = bare()
    rows = line.canvas[line.baseline - 18 : line.baseline]
    for _ in range(20):
        others.add(line, draw, keep=False)
    assert line.canvas.any()
    assert not rows.any()


def test_a_line_without_text_is_read_as_nothing_whatever_is_on_it(draw):
    numpy = np.random.default_rng(3)
    kinds = [nothing(20.0, draw, numpy).canvas for _ in range(60)]
    assert any(canvas.any() for canvas in kinds)
    assert Renderer(1).line(TextSample("nothing", ""), NO_FACE).shape[0] == HEIGHT


@drawn_text
@pytest.mark.parametrize("kind", [*(name for name, _ in DAMAGES), HELD_OUT])
@pytest.mark.parametrize("letter", [8.0, 22.0])
def test_damage_leaves_dark_letters_on_lighter_paper(kind, letter, face, draw):
    for seed in range(5):
        line = typeset("เทศบาลตำบลกำแพง", face, letter, draw)
        image = damaged(line.canvas, letter, kind, Neighbours(), draw, np.random.default_rng(seed))
        assert image.shape == line.canvas.shape
        assert image.dtype == np.uint8
        ink = line.canvas > 0.7
        assert image[ink].mean() < image[~ink].mean() - 15


@drawn_text
def test_a_rendered_line_lies_where_the_reader_cuts_lines(face):
    renderer = Renderer(4)
    feet, heads = [], []
    for _ in range(60):
        image = renderer.line(TextSample("running", "กนบมรสกนบมรส"), face, "clean")
        assert image.shape[0] == HEIGHT
        rows = np.flatnonzero((image > 128).mean(axis=1) > 0.12)
        feet.append(rows[-1] + 1 - OUTLINE_BASELINE)
        heads.append(rows[0] - (OUTLINE_BASELINE - OUTLINE_HEIGHT))
    assert abs(np.median(feet)) <= 1.5
    assert abs(np.median(heads)) <= 1.5
    assert np.std(feet) > 0.5, "the reader errs in finding the baseline, and so do the lines"


@drawn_text
def test_batches_are_the_same_for_the_same_seed_and_hold_no_more_than_they_may(corpus):
    first, again = (batches([corpus], FONTS, 9, 24) for _ in range(2))
    for _ in range(4):
        one, two = next(first), next(again)
        assert one.texts == two.texts
        assert np.array_equal(one.lines, two.lines)
        assert one.lines.shape[0] == len(one.texts) == len(one.widths)
        assert len(one.texts) == 1 or one.lines.shape[0] * max(one.widths) <= COLUMNS


def test_paragraphs_that_something_is_measured_on_are_left_out():
    measured = "เทศบาลตำบลกำแพงขอเชิญประชาชนร่วมประชุมแผนพัฒนาท้องถิ่น ประจำปี"
    near = measured[:20] + "และ" + measured[20:40]
    forbidden = runs([measured])
    kept = list(without(["ก่อน " + measured.replace(" ", "  ") + " หลัง", near, "อื่น"], forbidden))
    assert kept == [near, "อื่น"]
