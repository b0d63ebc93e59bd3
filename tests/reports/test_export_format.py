"""Export formats: one file and one entry point each; other packages bring theirs in the same way."""

import importlib
import re
import sys
from pathlib import Path

import pytest

from model.errors import ChamraError, UsageError
from reports import exports
from reports.export_format import export_format, export_names

ROOT = Path(__file__).parents[2]
OURS = {path.stem for path in Path(exports.__path__[0]).glob("*.py") if path.stem != "__init__"}

MODULE = """
from reports.export_format import ExportFormat

EXPORT = ExportFormat("tsv", ".tsv", "One line a page: number, a tab, text.", lambda edition: ("a", b"b"))
TEXT = ExportFormat("text", ".bad", "Not ours.", lambda edition: ())
WRONG = 3
"""


@pytest.fixture
def package(tmp_path, monkeypatch):
    """Another package that brings formats; `bring` says which."""

    def bring(*points: str) -> None:
        monkeypatch.delitem(sys.modules, "other_exports", raising=False)
        info = tmp_path / "other_exports-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: other-exports\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text("[chamra.exports]\n" + "\n".join(points) + "\n")
        (tmp_path / "other_exports.py").write_text(MODULE)
        monkeypatch.syspath_prepend(tmp_path)
        importlib.invalidate_caches()

    return bring


def test_each_file_is_a_format_and_ours_are_listed_first() -> None:
    assert set(export_names()) == OURS
    assert export_names()[0] == "text"


@pytest.mark.parametrize("name", sorted(OURS))
def test_each_format_describes_itself_and_is_documented_and_tested(name: str) -> None:
    found = export_format(name)
    assert found.name == name
    assert re.fullmatch(r"\.[a-z.]+", found.extension)
    section = (ROOT / "docs/exports.md").read_text("utf-8").split(f"\n## {name}\n", 1)
    assert len(section) == 2, "docs/exports.md has a section for it"
    assert found.description in section[1].split("\n## ", 1)[0].replace("\n", " ")
    tests = ROOT / f"tests/reports/exports/test_{name}.py"
    assert re.search(r"^def test_\w+\(", tests.read_text("utf-8"), flags=re.MULTILINE)


def test_in_a_folder_no_format_takes_anothers_place_or_the_scans() -> None:
    endings = [export_format(name).extension for name in OURS]
    assert len(set(endings)) == len(endings)
    assert not {".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff"} & set(endings)


def test_an_unknown_format_is_refused_with_the_names_of_those_that_are() -> None:
    with pytest.raises(
        UsageError, match=f"no export format 'docx'.* Choose one of {', '.join(export_names())}"
    ):
        export_format("docx")


def test_another_package_brings_a_format(package) -> None:
    package("tsv = other_exports:EXPORT")
    assert export_names()[-1] == "tsv"
    assert export_format("tsv").extension == ".tsv"


def test_no_package_takes_the_place_of_ours(package) -> None:
    package("text = other_exports:TEXT")
    with pytest.raises(UsageError, match="chamra and other-exports both bring 'text'"):
        export_format("text")


@pytest.mark.parametrize(
    ("leads_to", "why"),
    [
        ("other_exports:WRONG", "is no ExportFormat of that name"),
        ("other_exports:EXPORT", "is no ExportFormat of that name"),
        ("other_exports:GONE", "of the package other-exports cannot be loaded"),
        ("gone:X", "of the package other-exports cannot be loaded"),
    ],
)
def test_a_format_that_does_not_work_says_so_and_keeps_nobody_from_the_others(package, leads_to, why) -> None:
    package(f"odd = {leads_to}")
    with pytest.raises(ChamraError, match=why):
        export_format("odd")
    assert export_format("text").name == "text"
