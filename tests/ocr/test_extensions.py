"""Another package brings an engine or a form, and is used like our own."""

import importlib
import re
import sys
import tomllib
from pathlib import Path

import pytest

from model import extensions
from model.errors import BadInput, Exit, MissingProgram, UsageError
from ocr.imported.formats import parse
from ocr.imported.parts import ImportFormat
from ocr.select import select_reader
from reports.export_format import ExportFormat

ROOT = Path(__file__).parents[2]
READERS = (ROOT / "docs/readers.md").read_text("utf-8")

ENGINE = """
from model.page import Reader, Reading

class MadeReader:
    reader = Reader("made-engine", "1")

    def read(self, source, number, prepared, dpi):
        return (Reading.of_text(f"อ่านหน้า {number}", self.reader, number),)

def engine(options):
    assert options.chosen_by == "made-engine"
    return MadeReader()
"""
FORM = """
from ocr.imported.parts import ImportedFile, ImportedPage, ImportFormat, TextRun, TextLine

def parse(file):
    rows = file.data.decode().removeprefix("MADE ").split("|")
    return ImportedFile("maker", "7", tuple(ImportedPage(0, 0, (TextLine((TextRun(row),)),)) for row in rows))

FORMAT = ImportFormat(lambda file: file.data.startswith(b"MADE "), parse)
"""


@pytest.fixture
def install(tmp_path, monkeypatch):
    """Install a package of one module: its name, its source, its entry points by group."""
    (tmp_path / "site").mkdir()
    monkeypatch.syspath_prepend(tmp_path / "site")

    def add(package, source="", **groups):
        folder = tmp_path / "site" / f"{package}-1.0.dist-info"
        folder.mkdir(parents=True)
        (folder / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n")
        listed = [f"[chamra.{group}]\n" + "\n".join(points) for group, points in groups.items()]
        (folder / "entry_points.txt").write_text("\n".join(listed))
        (tmp_path / "site" / f"{package}.py").write_text(source)
        monkeypatch.delitem(sys.modules, package, raising=False)
        importlib.invalidate_caches()

    return add


def test_an_engine_of_another_package_reads_a_document(install, chamra, scan, tmp_path):
    install("made_engine", ENGINE, engines=["made-engine = made_engine:engine"])
    status, _, err = chamra("digitise", scan, "-w", tmp_path / "w", "--reader", "made-engine", "--pages", "1")
    assert status == Exit.DONE, err
    assert chamra("text", scan, "-w", tmp_path / "w", "--layer", "raw")[1] == "อ่านหน้า 1"


def test_a_form_of_another_package_is_imported(install, chamra, tmp_path, scan):
    install("made_form", FORM, imports=["made-form = made_form:FORMAT"])
    given = tmp_path / "given.made"
    given.write_text("MADE หนึ่ง|สอง|สาม", "utf-8")
    status, _, err = chamra("digitise", scan, "-w", tmp_path / "w", "--reading", given)
    assert status == Exit.DONE, err
    assert "หนึ่ง" in chamra("text", scan, "-w", tmp_path / "w", "--layer", "raw")[1]
    assert parse(given.read_bytes(), "given.made")[0] == "made-form"


def test_help_names_ours_first_and_then_what_other_packages_bring(install, chamra):
    install("made", ENGINE, engines=["a-made-one = made:engine"], imports=["made-form = made:FORMAT"])
    said = "".join(chamra("digitise", "--help")[1].split())  # lines are broken at hyphens, too
    assert "auto,cascade,line-reader,tesseract,text-layer,a-made-one." in said
    assert "hOCR,ALTO,PAGE-XML,TEI,JSON-Lines,text,made-form." in said


def test_an_unknown_reader_is_refused_with_all_that_there_are(install):
    install("made", ENGINE, engines=["made-engine = made:engine"])
    with pytest.raises(UsageError, match="no reader 'cloud'") as refused:
        select_reader("cloud")
    assert (
        refused.value.remedy
        == "Choose one of auto, cascade, line-reader, tesseract, text-layer, made-engine."
    )


def test_no_package_takes_the_place_of_another_nor_of_ours(install):
    install("made", ENGINE, engines=["tesseract = made:engine"])
    with pytest.raises(UsageError, match="The packages chamra and made both bring 'tesseract'"):
        select_reader("tesseract")


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("import no_such_library_anywhere", "No module named"),
        ("", "has no attribute 'engine'"),
        ("1/0", "ZeroDivision"),
    ],
)
def test_a_package_that_cannot_be_loaded_is_named_with_the_reason(install, source, why):
    install("broken", source, engines=["broken = broken:engine"])
    with pytest.raises(MissingProgram, match=f"'broken' of the package broken cannot be loaded: .*{why}"):
        select_reader("broken")


def test_two_forms_that_both_recognise_a_file_are_refused(install):
    install("one", FORM, imports=["first-form = one:FORMAT"])
    install("two", FORM, imports=["second-form = two:FORMAT"])
    with pytest.raises(BadInput, match="may be first-form or second-form"):
        parse(b"MADE x", "given.made")


def test_installed_the_program_finds_its_own_by_its_metadata(install, monkeypatch, tmp_path):
    install("chamra", engines=["text-layer = ocr.text_layer.reader:engine"])
    assert extensions.names(extensions.ENGINES) == (
        "auto",
        "cascade",
        "line-reader",
        "tesseract",
        "text-layer",
    )  # the checkout's own
    monkeypatch.setattr(extensions, "_PROJECT", tmp_path / "none.toml")
    assert extensions.names(extensions.ENGINES) == ("text-layer",)
    assert select_reader("text-layer").reader.name == "text-layer"


def test_all_that_we_declare_is_there():
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["entry-points"]
    assert set(declared) == {extensions.ENGINES, extensions.IMPORTS, extensions.EXPORTS}
    for group, points in declared.items():
        for name in points:
            found = extensions.load(group, name)
            kinds = {extensions.IMPORTS: ImportFormat, extensions.EXPORTS: ExportFormat}
            assert callable(found) if group == extensions.ENGINES else isinstance(found, kinds[group])


@pytest.mark.parametrize("group", [extensions.ENGINES, extensions.IMPORTS])
def test_every_engine_and_every_form_is_in_the_documentation(group):
    documented = re.findall(r"^\| `([^`]+)`", READERS, re.MULTILINE)
    assert set(extensions.names(group)) <= set(documented)
