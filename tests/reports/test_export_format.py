"""Export formats: one file each, found by being there; other packages bring theirs by entry point."""

import re
from pathlib import Path

import pytest

from model.errors import UsageError
from reports import exports
from reports.export_format import GROUP, ExportFormat, export_format, export_names

ROOT = Path(__file__).parents[2]
OURS = sorted(path.stem for path in Path(exports.__path__[0]).glob("*.py") if path.stem != "__init__")

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
        info = tmp_path / "other_exports-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: other-exports\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text(f"[{GROUP}]\n" + "\n".join(points) + "\n")
        (tmp_path / "other_exports.py").write_text(MODULE)
        monkeypatch.syspath_prepend(tmp_path)

    return bring


@pytest.mark.parametrize("name", OURS)
def test_each_format_describes_itself_and_is_documented_and_tested(name: str) -> None:
    found = export_format(name)
    assert found.name == name
    assert re.fullmatch(r"\.[a-z.]+", found.extension)
    section = (ROOT / "docs/exports.md").read_text("utf-8").split(f"\n## {name}\n", 1)
    assert len(section) == 2, "docs/exports.md has a section for it"
    assert found.description in section[1].split("\n## ", 1)[0].replace("\n", " ")
    tests = ROOT / f"tests/reports/exports/test_{name}.py"
    assert re.search(r"^def test_\w+\(", tests.read_text("utf-8"), flags=re.MULTILINE)


def test_an_unknown_format_is_refused_with_the_names_of_those_that_are() -> None:
    assert list(export_names()) == OURS
    with pytest.raises(UsageError, match=f"no export format 'docx'.* There are: {', '.join(OURS)}"):
        export_format("docx")


def test_another_package_brings_a_format(package) -> None:
    package("tsv = other_exports:EXPORT")
    assert "tsv" in export_names()
    found = export_format("tsv")
    assert isinstance(found, ExportFormat)
    assert found.extension == ".tsv"


def test_ours_are_never_replaced_by_another_package(package) -> None:
    package("text = other_exports:TEXT")
    assert export_format("text").extension == ".txt"


@pytest.mark.parametrize(
    "leads_to", ["other_exports:WRONG", "other_exports:EXPORT", "other_exports:GONE", "gone:X"]
)
def test_a_format_that_does_not_work_is_named_with_its_package_and_keeps_nobody_from_the_others(
    package, leads_to
) -> None:
    package(f"odd = {leads_to}")
    with pytest.raises(UsageError, match=r"'odd' from .* \(of other-exports\) cannot be used"):
        export_format("odd")
    assert export_format("text").name == "text"
