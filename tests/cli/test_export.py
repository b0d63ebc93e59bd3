"""`chamra export`: the formats that there are, ours and those of other packages."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest
from jsonschema import Draft202012Validator

from model.errors import Exit
from ocr.sandbox.process import Worker
from reports.export_format import export_names
from review.decide import accept_remaining
from review.publish import publish
from review.sign import sign
from tests.review.house import MALEE, SOMCHAI, House

ROOT = Path(__file__).parents[2]
OURS = export_names()
MODULE = """
from reports.export_format import ExportFormat


def pieces(edition):
    for number, page in edition.published.items():
        yield f"{number}\\t{page.published.text}\\n"


EXPORT = ExportFormat("tsv", ".tsv", "One line a page: number, a tab, the text.", pieces)
"""


@pytest.fixture
def published(tmp_path):
    """A workspace with a published document of two pages."""
    house = House(tmp_path)
    document = house.two_pages()
    for who in (SOMCHAI, MALEE):
        accept_remaining(house.ws, document, who)
    sign(house.ws, document, SOMCHAI)
    publish(house.ws)
    house.ws.close()
    return house.ws.path, document


def test_a_format_of_another_package_is_listed_and_written(published, tmp_path):
    workspace, document = published
    info = tmp_path / "other" / "other_exports-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: other-exports\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[chamra.exports]\ntsv = other_exports:EXPORT\n")
    (info.parent / "other_exports.py").write_text(MODULE)

    def chamra(*words):
        environment = os.environ | {"PYTHONPATH": f"{ROOT}:{info.parent}"}
        return subprocess.run(
            [sys.executable, "-m", "cli.app", *map(str, words)],
            cwd=tmp_path, env=environment, capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip

    listed = chamra("export", "--formats").splitlines()
    assert [line.split()[0] for line in listed] == [*OURS, "tsv"]
    assert listed[-1] == "tsv  (.tsv)  One line a page: number, a tab, the text."
    assert ", ".join([*OURS, "tsv"]) in " ".join(chamra("export", "--help").replace("│", "").split())
    folder = tmp_path / "out"
    folder.mkdir()
    chamra("export", document[:12], "-w", workspace, "--format", "tsv", "-o", folder)
    (file,) = folder.iterdir()
    assert file.name == "ประกาศ.tsv"
    assert [line.split("\t")[0] for line in file.read_text("utf-8").splitlines()] == ["1", "2"]


def test_an_unknown_format_ends_with_the_names_of_those_that_are(chamra, published, tmp_path):
    workspace, document = published
    output = tmp_path / "out.docx"
    status, _, err = chamra("export", document, "-w", workspace, "--format", "docx", "-o", output)
    assert status == Exit.USAGE
    assert "no export format 'docx'" in err
    assert "text, jsonl" in err
    assert not output.exists()


@pytest.mark.parametrize(
    "words",
    [
        ("export", "--format", "text", "--layer", "raw"), ("tables", "--format", "csv"), ("sheet",), ("report",),
        ("report", "--since", "1"),
    ],
)  # fmt: skip
def test_nothing_is_written_over_the_scan_itself(chamra, published, tmp_path, words):
    place, document = published
    scan = tmp_path / "ประกาศ.pdf"
    scan.write_bytes(f"%PDF {scan.name}".encode())
    before = scan.read_bytes()
    status, _, err = chamra(words[0], document, "-w", place, *words[1:], "-o", scan)
    assert (status, scan.read_bytes()) == (Exit.USAGE, before)
    assert "is the scan itself" in err


@pytest.mark.parametrize(
    ("content", "claims", "reason"),
    [(b"0.5 g 0 0 9 9 re f", "PDF/A-2u", ""), (b"0 0 0 1 k 0 0 9 9 re f", "", "its colours are CMYK")],
)
def test_it_says_what_a_pdf_claims_to_be_or_why_nothing(
    chamra, tmp_path, monkeypatch, content, claims, reason
):
    opened = []

    def count_one(*about):
        opened.append(about)
        return Worker(*about)

    monkeypatch.setattr("reports.searchable.document.Worker", count_one)
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        pdf.pages[0].obj.Contents = pdf.make_stream(content)
        data = io.BytesIO()
        pdf.save(data)
    house = House(tmp_path / "house")
    house.document = house.ws.register_source(Path("/inbox/a.pdf"), data.getvalue(), "pdf", 1, [1])
    house.read(1, "ประกาศ")
    house.ws.close()
    asked = (
        "export",
        house.document,
        "-w",
        house.ws.path,
        "--format",
        "pdf",
        "--layer",
        "raw",
        "-o",
        tmp_path / "o.pdf",
    )
    status, out, err = chamra(*asked, "--json")
    assert status == Exit.DONE, err
    told = json.loads(out)
    Draft202012Validator(json.loads((ROOT / "docs/schemas/export.json").read_text())).validate(told)
    assert told["archival"]["claims"] == claims
    assert len(opened) == 1, "what is said was found as it was written"
    assert [one.startswith(reason) for one in told["archival"]["hindrances"]] == [True] * bool(reason)
    _, out, err = chamra(*asked)
    assert out == f"{tmp_path / 'o.pdf'}\n"
    assert (f"claims no PDF/A: {reason}" in err) is bool(reason)


def test_in_the_scans_own_folder_the_file_has_an_ending_of_its_own(chamra, published, tmp_path):
    place, document = published
    folder = tmp_path / "scans"
    folder.mkdir()
    scan = folder / "ประกาศ.pdf"
    scan.write_bytes(f"%PDF {scan.name}".encode())
    for words in (
        ("export", "--format", "paragraphs"),
        ("export", "--format", "corrections"),
        ("tables", "--format", "csv"),
    ):
        status, _, err = chamra(words[0], document, "-w", place, *words[1:], "-o", folder)
        assert status == Exit.DONE, err
    names = {path.name for path in folder.iterdir()}
    assert names == {
        f"ประกาศ{ending}" for ending in (".pdf", ".paragraphs.txt", ".corrections.csv", ".tables.csv")
    }
