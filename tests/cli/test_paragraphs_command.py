"""`chamra text --paragraphs` on pages whose lines have places."""

import sys

import pytest

from cli import app as cli
from model.box import Box
from model.edit import Span
from model.errors import Exit
from model.page import Line, Reader, Reading
from pipeline.local import digitise_here
from tests.pipeline.fake_reader import FakeReader

LINES = (
    ("แผนพัฒนาท้องถิ่น เทศบาลตำบลป่าบง", 60, 10),
    ("เทศบาลตำบลป่าบงได้จัดทำแผนพัฒนาท้องถิ่นโดยให้ประชาชนมีส่วน", 90, 200),
    ("ร่วมในการประชุมประชาคมของทุกหมู่บ้านในเขตเทศบาลเป็นประจำทุกปี", 60, 230),
    ("จังหวัดเชียงใหม่", 60, 260),
)


class PlacedReader(FakeReader):
    """Reads a running head with the page's number and a paragraph of three lines."""

    reader = Reader("placed", "1")

    def read(self, source, number, prepared, dpi):
        text, lines, boxes = "", [], []
        for at, (content, left, top) in enumerate(LINES):
            shown = f"{content}\t{number}" if at == 0 else content
            lines.append(Line(Span(len(text), len(text) + len(shown)), None))
            places = (Box(left + 8 * i, top, left + 8 * i + 7, top + 10) for i in range(len(shown)))
            boxes += [
                None if letter.isspace() else box for letter, box in zip(shown, places, strict=True)
            ] + [None]
            text += shown + "\n"
        nothing = (None,) * len(text)
        return (Reading(number, self.reader, text, tuple(lines), tuple(boxes), nothing, nothing),)


@pytest.fixture
def show(run_with, scan, workspace, tmp_path, capfd, monkeypatch):
    """Print a layer of a document that was read; gives status, standard output and standard error."""
    digitise_here(run_with(PlacedReader()), [scan])

    def run(*options):
        monkeypatch.setattr(
            sys, "argv", ["chamra", "text", str(scan), "-w", str(tmp_path / "workspace"), *options]
        )
        capfd.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli.main()
        return ended.value.code, *capfd.readouterr()

    return run


def test_a_paragraph_is_one_line_and_the_running_head_is_left_out(show):
    paragraph = "".join(content for content, _, _ in LINES[1:]) + "\n"
    assert show("--layer", "raw", "--paragraphs") == (Exit.DONE, "\f".join([paragraph] * 3), "")


def test_without_the_option_every_line_is_printed_as_it_was_read(show):
    pages = [
        "".join(
            f"{content}\t{number}\n" if at == 0 else f"{content}\n"
            for at, (content, _, _) in enumerate(LINES)
        )
        for number in (1, 2, 3)
    ]
    assert show("--layer", "raw") == (Exit.DONE, "\f".join(pages), "")


def test_a_page_whose_lines_no_longer_match_is_printed_line_by_line_and_said(show, monkeypatch):
    monkeypatch.setattr("reports.paragraphs.paragraphs_text", lambda *_: None)
    _, out, err = show("--layer", "raw", "--paragraphs")
    assert out.count("\n") == 12
    assert "page 2: lines were joined or parted" in err


def test_what_is_not_published_is_not_shown_in_paragraphs_either(show):
    status, out, err = show("--layer", "published", "--paragraphs")
    assert (status, out) == (Exit.NEEDS_A_PERSON, "")
    assert "chamra publish" in err
