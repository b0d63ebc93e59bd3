"""The data set of lines: each picture shows its line, and each row says where it comes from."""

import io
import json
import zipfile
from dataclasses import replace
from typing import Any

import numpy as np
from PIL import Image

from tests.reports.made_pages import Given
from tests.reports.round_trip import document, exported
from tests.reports.sample_document import finished, sample


def archive(found) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(exported("lines", found)))


def rows(opened: zipfile.ZipFile) -> list[dict[str, Any]]:
    return [json.loads(line) for line in opened.read("metadata.jsonl").decode().splitlines()]


def test_each_line_with_a_place_has_a_picture_a_text_and_a_row() -> None:
    opened = archive(document())
    found = rows(opened)
    assert {row["file_name"] for row in found} == {
        name for name in opened.namelist() if name.endswith(".png")
    }
    for row in found:
        text = opened.read(row["file_name"].replace(".png", ".gt.txt")).decode()
        assert text == row["text"] + "\n"
        assert row["reader"]["settings"] == {"code": "abc", "model": "def"}
        assert row["signed"] == {"who": "มาลี", "when": "2026-11-22T04:00:00.000000Z", "key": None}
    assert found[0]["raw"] != found[0]["text"]


def test_the_picture_of_a_line_of_a_skewed_page_shows_its_ink() -> None:
    _, images = sample()
    found = finished()
    opened = archive(replace(found, archive=Given(images)))
    pictures = [Image.open(io.BytesIO(opened.read(row["file_name"]))) for row in rows(opened)]
    assert len(pictures) == 4
    for picture in pictures:
        grey = np.asarray(picture)
        assert (grey < 100).mean() > 0.02
        assert picture.height < 250
