"""ALTO: what leaves so and is imported again is the same."""

import re

import pytest
from lxml import etree

from tests.reports.round_trip import IN_PICTURE, comes_back, document, exported
from tests.reports.sample_document import finished


def test_what_leaves_and_is_imported_again_comes_back_the_same() -> None:
    comes_back("alto", "ALTO")


def test_the_same_pages_are_the_same_file_each_time() -> None:
    found = document()
    assert exported("alto", found) == exported("alto", found)


NAMESPACE = "{http://www.loc.gov/standards/alto/ns-v4#}"
CHILDREN = {
    # As the schema of ALTO 4.4 has it, of the elements that we write: what each may hold, in this order.
    "alto": ["Description", "Tags", "Layout"],
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
    "OtherTag": {"ID", "LABEL", "DESCRIPTION"},
    "Illustration": {"ID", "TAGREFS", "HPOS", "VPOS", "WIDTH", "HEIGHT"},
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
            assert children == [one for one in CHILDREN[name] if one in children or one != "Tags"]
        if name == "TextLine":
            # A string, then at most one space, again and again.
            assert re.fullmatch("(String (SP )?)+", " ".join(children) + " ")
        if name == "String":
            assert "CONTENT" in one.attrib
            assert 0 <= float(one.get("WC", 0)) <= 1


def test_a_picture_is_an_illustration_and_its_letters_are_a_tag() -> None:
    root = etree.fromstring(exported("alto", document()))
    pictured, unread = root.iter(f"{NAMESPACE}Illustration")
    (tag,) = root.iter(f"{NAMESPACE}OtherTag")
    assert pictured.get("TAGREFS") == tag.get("ID")
    assert tag.get("DESCRIPTION").endswith(f"proofread by nobody: {IN_PICTURE}")
    assert [pictured.get(side) for side in ("HPOS", "VPOS", "WIDTH", "HEIGHT")] == ["10", "20", "290", "180"]
    assert set(unread.attrib) == {"ID"}
    assert not any("แผนที่" in one.get("CONTENT", "") for one in root.iter(f"{NAMESPACE}String"))
