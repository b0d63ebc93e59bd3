import json
import os
import resource
import sys
import time
import unicodedata
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from model import geometry
from model.box import Box
from model.errors import MissingProgram, NoSpace, PageError
from model.page import Preparation, Reader
from ocr.image.prepare import ROW_BY_ROW, prepare
from ocr.sandbox.limits import Limits
from ocr.source.rasterise import open_source
from ocr.tesseract import probe
from ocr.tesseract.align import align
from ocr.tesseract.gaps import ink_gaps, with_column_gaps
from ocr.tesseract.hocr import Symbol, SymbolLine, parse_hocr
from ocr.tesseract.recognise import TesseractReader, reading, run_tesseract
from tests.ocr import made, record, recordings

READER = Reader("tesseract", "recorded")


def recorded_reading(name, prepared=None):
    prepared = prepared or recordings.as_it_is(recordings.image(name))
    return reading(1, READER, recordings.text(name), recordings.lines(name), prepared)


@pytest.mark.parametrize("name", recordings.NAMES)
def test_the_raw_text_is_tesseracts_and_every_letter_has_a_box_and_a_confidence(name):
    found = recorded_reading(name)
    assert found.text.replace("\t", " ") == recordings.text(name)  # a column gap is a TAB
    for letter, box, confidence in zip(found.text, found.boxes, found.confidences, strict=True):
        assert (box is None) == letter.isspace()
        assert (confidence is None) == letter.isspace()
        assert confidence is None or 0 <= confidence <= 1


@pytest.mark.parametrize("name", recordings.NAMES)
def test_the_lines_are_the_printed_ones_and_hold_their_letters(name):
    found = recorded_reading(name)
    printed = [row for row in found.text.split("\n") if row.strip()]
    assert [found.text[line.span.start : line.span.end] for line in found.lines] == printed
    for line in found.lines:
        boxes = [box for box in found.boxes[line.span.start : line.span.end] if box]
        middles = [(box.left + box.right) / 2 for box in boxes]
        assert all(line.box.left <= middle <= line.box.right for middle in middles)


@pytest.mark.parametrize("preparation", [Preparation(1), Preparation(2), Preparation(3), Preparation(0, 1.5)])
def test_boxes_are_in_the_frame_of_the_page_image(preparation):
    upright = recorded_reading("prose")
    image = recordings.image("prose")
    height, width = image.shape
    if preparation.quarter_turns % 2:
        width, height = height, width
    prepared = recordings.as_it_is(image, preparation)
    prepared = type(prepared)(image, prepared.quality, preparation, width, height)
    found = recorded_reading("prose", prepared)
    assert found.text == upright.text
    assert found.gaps == upright.gaps
    for box, straight in zip(found.boxes, upright.boxes, strict=True):
        if box is not None:
            assert box == geometry.to_page(straight, preparation, width, height)


def gaps_in(found, kind):
    """Gaps before real spaces and inside words, marks left out."""
    gaps = []
    for at, gap in enumerate(found.gaps[:-1]):
        following = found.text[at + 1]
        if gap is None or unicodedata.category(following) == "Mn":
            continue
        if (following == " ") == (kind == "spaces"):
            gaps.append(gap)
    return gaps


@pytest.mark.parametrize("name", ["prose", "spoilt"])
def test_ink_gaps_tell_spaces_from_the_inside_of_words(name):
    found = recorded_reading(name)
    spaces, words = gaps_in(found, "spaces"), gaps_in(found, "words")
    assert len(spaces) > 10
    assert np.median(spaces) > 2 * np.median(words)
    assert np.percentile(spaces, 10) > np.percentile(words, 90)


def test_there_is_no_gap_at_the_end_of_a_line_nor_at_white_space_and_none_before_a_mark():
    found = recorded_reading("prose")
    for line in found.lines:
        row = range(line.span.start, line.span.end)
        letters = [at for at in row if not found.text[at].isspace()]
        assert found.gaps[letters[-1]] is None
        assert all(found.gaps[at] is None for at in row if found.text[at].isspace())
        for at, following in pairwise(letters):
            if unicodedata.category(found.text[following]) == "Mn":
                assert found.gaps[at] == 0


def test_a_gap_is_the_white_between_two_letters_of_known_place():
    image = np.full((60, 200), 255, np.uint8)
    for left in (20, 50, 97):
        image[20:40, left : left + 20] = 0
    page = (
        "<div class='ocr_page'><span class='ocr_line' title=\"bbox 20 20 117 40; baseline 0 0; x_size 20;"
        ' x_descenders 0; x_ascenders 0">'
        + "".join(
            f"<span class='ocrx_cinfo' title='x_bboxes {left} 20 {left + 20} 40; x_conf 99'>ก</span>"
            for left in (20, 50, 97)
        )
        + "</span></div>"
    )
    lines = parse_hocr(page)
    text = "กก ก\n"
    alignment = align(text, [["ก", "ก", "ก"]])
    assert ink_gaps(image, text, lines, alignment) == (10, 27, None, None, None)


@pytest.fixture
def fake(tmp_path, monkeypatch):
    """A program in Tesseract's place that answers the probe and then does what it is told."""

    def install(deed, version="5.3.0", languages="eng\ntha"):
        program = tmp_path / "bin" / "tesseract"
        program.parent.mkdir(exist_ok=True)
        program.write_text(
            f"#!{sys.executable}\n"
            "import os, pathlib, signal, sys, time\n"
            "if '--version' in sys.argv: print('tesseract %s'); sys.exit()\n"
            "if '--list-langs' in sys.argv: print('List of available languages (2):\\n%s'); sys.exit()\n"
            "base = pathlib.Path(sys.argv[2])\n"
            "def write(text, hocr):\n"
            "    base.with_suffix('.txt').write_bytes(text)\n"
            "    base.with_suffix('.hocr').write_bytes(hocr)\n"
            "%s\n" % (version, languages.replace("\n", "\\n"), deed)
        )
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
        return tmp_path

    return install


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "minutes.pdf"
    path.write_bytes(made.pdf(made.text_page()))
    with open_source(path) as opened:
        yield opened


def ends_within(pid, seconds):
    """True when the process is gone, or dead and not yet fetched, within so many seconds."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except FileNotFoundError:
            return True
        if state == "Z":
            return True
        time.sleep(0.02)
    return False


def read(source, limits=None):
    prepared = recordings.as_it_is(recordings.image("notice"))
    (found,) = TesseractReader(limits or Limits()).read(source, 1, prepared, 200)
    return found


@pytest.mark.parametrize(
    ("deed", "reason"),
    [
        ("sys.stderr.write('Error opening data file'); sys.exit(1)", r"status 1 \(Error opening data file\)"),
        ("os.kill(os.getpid(), signal.SIGSEGV)", r"crashed \(signal 11\)"),
        ("sys.stderr.write('std::bad_alloc'); sys.exit(1)", "ran out of memory"),
        ("pass", "wrote no usable text"),
        ("write(b'\\xff\\xfe', b'<html>')", "wrote no usable text"),
        ("write(b'words', b'rubbish')", "wrote no usable character boxes"),
    ],
)
def test_a_tesseract_that_fails_is_a_page_error_naming_file_and_page(fake, source, deed, reason):
    fake(deed)
    with pytest.raises(PageError, match=rf"minutes\.pdf, page 1: Tesseract .*{reason}") as caught:
        read(source)
    assert caught.value.remedy


def test_a_tesseract_that_takes_too_much_memory_fails_that_page(fake, source):
    fake("big = bytearray(1 << 30); write(b'words', b\"<div class='ocr_page'></div>\")")
    assert read(source, Limits(memory_mb=3000)).text == "words"
    with pytest.raises(PageError, match=r"page 1: Tesseract ended with status 1 \(.*MemoryError\)"):
        read(source, Limits(memory_mb=700))


def test_tesseract_is_told_no_secrets(fake, source, monkeypatch):
    monkeypatch.setenv("CHAMRA_PDF_PASSWORD", "secret")
    monkeypatch.setenv("PGPASSWORD", "secret")
    fake("write(' '.join(sorted(os.environ)).encode(), b\"<div class='ocr_page'></div>\")")
    assert not {"CHAMRA_PDF_PASSWORD", "PGPASSWORD"} & set(read(source).text.split())


def test_letters_that_have_no_symbols_are_kept_without_boxes(fake, source):
    fake("write('ตำบล'.encode(), b\"<div class='ocr_page'></div>\")")
    found = read(source)
    assert found.text == "ตำบล"
    assert set(found.boxes) == {None}


@pytest.mark.slow
@pytest.mark.parametrize("stubborn", ["", "signal.signal(signal.SIGTERM, signal.SIG_IGN); "])
def test_a_tesseract_that_takes_too_long_is_really_dead_afterwards(fake, source, stubborn):
    note = "pathlib.Path(sys.argv[0] + '.pid').write_text(str(os.getpid()))"
    folder = fake(f"{stubborn}{note}; time.sleep(100_000)")
    with pytest.raises(PageError, match=r"page 1: Tesseract took longer than 1\.5 s and was stopped"):
        read(source, Limits(recognise_seconds=1.5))
    pid = int((folder / "bin" / "tesseract.pid").read_text())
    assert ends_within(pid, 5)


def test_tesseract_gets_one_thread_and_leaves_no_files_behind(fake, source, tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    fake("write(os.environ['OMP_THREAD_LIMIT'].encode(), b\"<div class='ocr_page'></div>\")")
    assert read(source).text == "1"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("chamra-")] == []


def test_a_full_temporary_folder_is_told_as_such(fake, source, monkeypatch):
    fake("pass")

    def full(*args, **options):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tempfile.TemporaryDirectory", full)
    with pytest.raises(NoSpace, match="no space in") as caught:
        read(source)
    assert "TMPDIR" in caught.value.remedy


def test_a_blank_page_is_an_empty_reading_without_running_tesseract(fake, source):
    fake("sys.exit('must not be called')")
    page = made.image_bytes(np.full((500, 400), 255, np.uint8), "PNG")
    (found,) = TesseractReader().read(source, 1, prepare(page), 300)
    assert (found.text, found.lines) == ("", ())


def test_the_reader_says_what_it_is_and_how_it_was_chosen(fake):
    fake("pass", version="5.4.1")
    found = TesseractReader(chosen_by="auto").reader
    assert (found.name, found.version) == ("tesseract", "5.4.1")
    assert dict(found.settings)["languages"] == "tha+eng"
    assert dict(found.settings)["chosen"] == "auto"


def test_a_missing_tesseract_says_how_to_install_it(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(MissingProgram, match="not installed") as caught:
        TesseractReader()
    assert "apt-get install tesseract-ocr tesseract-ocr-tha tesseract-ocr-eng" in caught.value.remedy


def test_a_missing_language_says_how_to_install_it(fake):
    fake("pass", languages="eng\nosd")
    with pytest.raises(MissingProgram, match="does not know the language tha") as caught:
        probe.tesseract()
    assert caught.value.remedy == "Install it: apt-get install tesseract-ocr-tha"


def test_an_old_tesseract_is_refused(fake):
    fake("pass", version="4.1.1")
    with pytest.raises(MissingProgram, match=r"is Tesseract 4\.1\.1; version 5 or newer is needed"):
        probe.tesseract()


def test_a_program_of_that_name_that_is_none_is_refused(fake):
    fake("pass", version="")
    with pytest.raises(MissingProgram, match="does not say which version"):
        probe.tesseract()


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("exec yes 'tesseract 5.3.0 and so on'", "status -25"),  # without an end: SIGXFSZ
        ("exec yes 'tesseract 5.3.0 and so on' >&2", "status -25"),
        ("sleep 987 & echo $! > {here}/sleeper; wait", "longer than 1 s"),
        ("head -c 3000 /dev/urandom", "does not say which version"),
        ("kill -SEGV $$", "status -11"),
    ],
)
def test_a_script_in_its_place_that_prints_without_end_or_hangs_is_told_and_gone(
    tmp_path, monkeypatch, words, reason
):
    script = tmp_path / "tesseract"
    script.write_text(f"#!/bin/sh\n{words.format(here=tmp_path)}\n")
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    if "sleep" in words:
        monkeypatch.setattr(probe, "_SECONDS", 1.0)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(MissingProgram, match=reason) as caught:
        probe.tesseract()
    assert "apt-get install" in caught.value.remedy
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 64 * 1024, (
        "what it prints is not kept"
    )
    if "sleep" in words:
        assert ends_within(int((tmp_path / "sleeper").read_text()), 5)


@pytest.mark.slow
def test_a_tesseract_whose_output_has_no_end_fails_that_page_and_fills_no_disk(fake, source):
    without_end = "[os.write(1, b'x' * 1_000_000) for _ in iter(int, 1)]"
    onto = "os.dup2(os.open(base.with_suffix('.txt'), os.O_WRONLY | os.O_CREAT), 1)"
    fake(f"signal.signal(signal.SIGXFSZ, signal.SIG_DFL); {onto}; {without_end}")
    with pytest.raises(PageError, match=r"page 1: Tesseract crashed \(signal 25\)"):
        read(source)


def test_the_probe_asks_once(fake):
    folder = fake("pass")
    assert probe.tesseract() == probe.tesseract()
    (folder / "bin" / "tesseract").write_text("#!/bin/sh\nexit 1\n")
    assert probe.tesseract().version == "5.3.0"


@pytest.mark.tesseract
def test_a_scanned_pdf_is_read_whole(tmp_path):
    path = tmp_path / "scan.pdf"
    path.write_bytes(made.pdf(made.scan_page(recordings.image("spoilt"), 200)))
    reader = TesseractReader()
    with open_source(path) as source:
        raster = source.page(1)
        (found,) = reader.read(source, 1, prepare(raster.png), raster.dpi)
    assert "องค์การบริหารส่วนต" in found.text
    assert "Sustainable City" in found.text
    letters = [at for at, letter in enumerate(found.text) if not letter.isspace()]
    assert sum(found.boxes[at] is not None for at in letters) >= 0.98 * len(letters)


@pytest.mark.tesseract
def test_the_recorded_files_are_what_this_tesseract_writes():
    kept = json.loads((recordings.FOLDER / "made-with.json").read_text())
    found = probe.tesseract()
    if (found.version, dict(found.models)) != (kept["tesseract"], kept["models"]):
        pytest.skip("another Tesseract than the one that was recorded")
    text, _ = run_tesseract([recordings.image("notice")], record.DPI, ROW_BY_ROW, Limits(), "notice")
    assert text == recordings.text("notice")


@pytest.mark.parametrize(("width", "text"), [(15, "ชื่อ จำนวน"), (60, "ชื่อ\tจำนวน")])
def test_a_space_as_wide_as_a_column_gap_is_a_tab(width, text):
    plain = "ชื่อ จำนวน"
    found = with_column_gaps(plain, lines_of(plain, 20.0), alignment_of(plain), gaps_of(plain, width))
    assert found == text


def test_without_an_x_height_no_gap_is_a_column_gap():
    plain = "ชื่อ จำนวน"
    assert with_column_gaps(plain, lines_of(plain, 0.0), alignment_of(plain), gaps_of(plain, 500)) == plain


def symbols_of(text):
    return [letter for letter in text if not letter.isspace()]


def lines_of(text, x_height):
    box = Box(0, 0, 10, 10)
    return (
        SymbolLine(box, tuple(Symbol(letter, box, 1.0) for letter in symbols_of(text)), 10.0, 0.0, x_height),
    )


def alignment_of(text):
    return align(text, [symbols_of(text)])


def gaps_of(text, width):
    return [float(width) if after == " " else 2.0 for after in [*text[1:], ""]]
