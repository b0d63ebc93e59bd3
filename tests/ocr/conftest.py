"""What several tests of readers start from."""

import pytest

from ocr.image.prepare import prepare
from ocr.source.rasterise import open_source
from ocr.text_layer.reader import TextLayerReader


@pytest.fixture
def read(tmp_path):
    """What the text layer's reader reads on the first page of a PDF."""

    def read(data):
        path = tmp_path / "source.pdf"
        path.write_bytes(data)
        with open_source(path) as source:
            raster = source.page(1)
            (reading,) = TextLayerReader().read(source, 1, prepare(raster.png), raster.dpi)
            return reading

    return read
