"""PAGE-XML: what leaves so and is imported again is the same."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from model.box import Box
from model.edit import Span
from model.errors import BadInput
from model.mark import Mark, MarkKind
from ocr.imported.formats import parse
from tests.reports.made_pages import blank_pdf, corrected, edition, page
from tests.reports.round_trip import TEXT, comes_back, document, exported, imported
from tests.reports.sample_document import finished


def test_what_leaves_and_is_imported_again_comes_back_the_same() -> None:
    comes_back("page", "PAGE-XML")


def test_the_same_pages_are_the_same_file_each_time() -> None:
    found = document()
    assert exported("page", found) == exported("page", found)


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(Path(__file__).parents[1] / "schemas/page-2019-07-15.xsd"))


def files(data: bytes) -> dict[str, etree._Element]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: etree.fromstring(archive.read(name)) for name in archive.namelist()}


def test_each_page_is_a_file_that_the_published_schema_allows(schema) -> None:
    found = files(exported("page", document()))
    assert list(found) == ["page-0001.xml", "page-0002.xml"]
    for root in found.values():
        schema.assertValid(root)


def test_a_page_that_was_left_out_and_lines_without_a_place_are_allowed_too(schema) -> None:
    for root in files(exported("page", finished())).values():
        schema.assertValid(root)
    read = page(TEXT)
    nowhere = corrected(replace(read, readings=(replace(read.reading, boxes=(None,) * len(TEXT)),)))
    found = edition(blank_pdf([read]), "pdf", [nowhere])
    (root,) = files(exported("page", found)).values()
    schema.assertValid(root)
    _, (reading,) = imported(exported("page", found), [read])
    assert reading.text == TEXT
    assert {line.box for line in reading.lines} == {None}


def test_a_picture_says_what_was_read_in_it_and_that_nobody_has_proofread_it(schema) -> None:
    one = page(TEXT)
    pictured = Mark(MarkKind.PICTURE, Span(0, 1), Box(10, 20, 300, 200), "แผนที่ <๑>")
    read = replace(one, readings=(replace(one.reading, marks=(pictured,)),))
    (root,) = files(exported("page", edition(blank_pdf([one]), "pdf", [corrected(read)]))).values()
    schema.assertValid(root)
    (region,) = root.iter("{*}ImageRegion")
    assert "proofread by nobody: แผนที่ <๑>" in region.get("comments")
    assert "แผนที่" not in "".join(root.itertext())
    _, (again,) = imported(exported("page", edition(blank_pdf([one]), "pdf", [corrected(read)])), [one])
    assert "แผนที่" not in again.text


def test_an_archive_with_something_else_in_it_is_refused(tmp_path) -> None:
    data = io.BytesIO(exported("page", document()))
    with zipfile.ZipFile(data, "a") as archive:
        archive.writestr("page-0003.xml", "<alto/>")
    with pytest.raises(BadInput, match=r"page-0003.xml of file is no PAGE-XML"):
        parse(data.getvalue(), "file")
