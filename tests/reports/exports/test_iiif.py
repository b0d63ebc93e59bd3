"""IIIF Presentation 3: a manifest that viewers accept, with each line where it is printed."""

import json
from typing import Any

import pytest

from model.publication import Edition
from reports.laid_out import laid_out
from tests.reports.round_trip import document, exported
from tests.reports.sample_document import finished


def manifest(found: Edition) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(exported("iiif", found))
    return made


def walk(one):
    if isinstance(one, dict):
        yield one
        for value in one.values():
            yield from walk(value)
    elif isinstance(one, list):
        for value in one:
            yield from walk(value)


def test_the_manifest_has_what_the_specification_demands(monkeypatch) -> None:
    monkeypatch.setenv("CHAMRA_PUBLIC_URL", "https://archive.example.org/scans/")
    found = manifest(document())
    assert found["@context"] == "http://iiif.io/api/presentation/3/context.json"
    assert found["type"] == "Manifest"
    assert all(isinstance(value, list) for value in found["label"].values())
    ids = [one["id"] for one in walk(found) if "id" in one]
    assert len(ids) == len(set(ids))
    assert all(one.startswith("https://archive.example.org/scans/") for one in ids)
    for canvas in found["items"]:
        assert canvas["type"] == "Canvas"
        assert canvas["width"] > 0 < canvas["height"]
        (painting,) = canvas["items"][0]["items"]
        assert (painting["motivation"], painting["target"]) == ("painting", canvas["id"])
        assert painting["body"]["type"] == "Image"


def test_each_line_is_an_annotation_at_its_place() -> None:
    found = document()
    for canvas, page in zip(manifest(found)["items"], laid_out(found), strict=True):
        lines = canvas["annotations"][0]["items"]
        wanted = [line for line in page.lines if line.text.strip()]
        assert [one["body"]["value"] for one in lines] == [line.text for line in wanted]
        for one, line in zip(lines, wanted, strict=True):
            box = line.box
            assert box
            assert one["target"] == f"{canvas['id']}#xywh={box.left},{box.top},{box.width},{box.height}"


@pytest.mark.parametrize("found", [finished()])
def test_a_page_without_a_picture_has_no_canvas(found) -> None:
    assert [one["label"]["en"] for one in manifest(found)["items"]] == [["page 2"]]
