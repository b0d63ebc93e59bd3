"""ALTO: what leaves so and is imported again is the same."""

import re

import pytest
from lxml import etree

from reports.laid_out import laid_out
from tests.reports.round_trip import document, exported, imported, word_boxes
from tests.reports.sample_document import finished


def test_what_leaves_and_is_imported_again_comes_back_the_same() -> None:
    found = document()
    pages = [one.page for one in found.published.values()]
    form, readings = imported(exported("alto", found), pages)
    assert form == "ALTO"
    for reading, page in zip(readings, laid_out(found), strict=True):
        assert reading.text == page.source.text
        assert [line.box for line in reading.lines] == [line.box for line in page.lines]
        assert word_boxes(reading.text, reading.boxes) == [
            (word.text, word.box) for line in page.lines for word in line.words if not word.is_space
        ]
        known = [value for value in reading.confidences if value is not None]
        assert known == pytest.approx([0.9] * len(known))


def test_what_was_imported_and_leaves_again_is_the_same_file() -> None:
    found = document()
    assert exported("alto", found) == exported("alto", found)


NAMESPACE = "{http://www.loc.gov/standards/alto/ns-v4#}"
CHILDREN = {
    # As the schema of ALTO 4.4 has it, of the elements that we write: what each may hold, in this order.
    "alto": ["Description", "Layout"],
    "Description": ["MeasurementUnit", "sourceImageInformation", "Processing"],
    "sourceImageInformation": ["fileName", "fileIdentifier"],
    "Processing": ["processingStepDescription", "processingSoftware"],
    "processingSoftware": ["softwareName", "softwareVersion"],
    "Page": ["PrintSpace"],
}
ATTRIBUTES = {
    "alto": {"SCHEMAVERSION"},
    "Processing": {"ID"},
    "Page": {"ID", "PHYSICAL_IMG_NR", "WIDTH", "HEIGHT"},
    "PrintSpace": {"HPOS", "VPOS", "WIDTH", "HEIGHT"},
    "TextBlock": {"ID", "HPOS", "VPOS", "WIDTH", "HEIGHT"},
    "TextLine": {"ID", "HPOS", "VPOS", "WIDTH", "HEIGHT"},
    "String": {"ID", "CONTENT", "WC", "HPOS", "VPOS", "WIDTH", "HEIGHT"},
    "SP": {"ID"},
}


@pytest.mark.parametrize("found", [document(), finished()], ids=["pages", "one left out"])
def test_the_file_is_built_as_the_schema_has_it(found) -> None:
    root = etree.fromstring(exported("alto", found))
    names = [one.get("ID") for one in root.iter() if one.get("ID")]
    assert len(names) == len(set(names))
    for one in root.iter():
        name = one.tag.removeprefix(NAMESPACE)
        assert set(one.attrib) <= ATTRIBUTES.get(name, set()), name
        children = [child.tag.removeprefix(NAMESPACE) for child in one]
        if name in CHILDREN:
            assert children == CHILDREN[name]
        if name == "TextLine":
            # A string, then at most one space, again and again.
            assert re.fullmatch("(String (SP )?)+", " ".join(children) + " ")
        if name == "String":
            assert "CONTENT" in one.attrib
            assert 0 <= float(one.get("WC", 0)) <= 1
