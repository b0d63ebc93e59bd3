"""IIIF Presentation 3: a manifest with a canvas a page, its picture, and the text of every line as an annotation."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import Any

from model.publication import Edition
from reports.export_format import ExportFormat
from reports.laid_out import LaidOutPage, laid_out

CONTEXT = "http://iiif.io/api/presentation/3/context.json"
BASE = "CHAMRA_PUBLIC_URL"
"""Variable of the environment: where the manifest and the page images will be served from."""

_DEFAULT_BASE = "http://localhost:8000"


def pieces(edition: Edition) -> Iterator[str]:
    """One JSON object. The pictures are named `page-0001.png` and so on, in a folder named by the document's id.

    Raises:
        GateError: the published layer is asked for and a page is neither published nor left out.
    """
    base = f"{os.environ.get(BASE, _DEFAULT_BASE).rstrip('/')}/{edition.state.id}"
    manifest = {
        "@context": CONTEXT,
        "id": f"{base}/manifest.json",
        "type": "Manifest",
        "label": {"none": [edition.state.name]},
        "metadata": [
            _pair("SHA-256", edition.state.id),
            _pair("Text layer", edition.layer),
        ],
        "items": [_canvas(page, base) for page in laid_out(edition) if page.source.page is not None],
    }
    yield json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"


def _pair(label: str, value: str) -> dict[str, Any]:
    return {"label": {"en": [label]}, "value": {"none": [value]}}


def _canvas(page: LaidOutPage, base: str) -> dict[str, Any]:
    read = page.source.page
    assert read is not None
    canvas = f"{base}/canvas/{page.number}"
    size = {"width": read.width, "height": read.height}
    painting = {
        "id": f"{canvas}/painting/1",
        "type": "Annotation",
        "motivation": "painting",
        "body": {"id": f"{base}/page-{page.number:04}.png", "type": "Image", "format": "image/png", **size},
        "target": canvas,
    }
    return {
        "id": canvas,
        "type": "Canvas",
        "label": {"th": [f"หน้า {page.number}"], "en": [f"page {page.number}"]},
        **size,
        "items": [{"id": f"{canvas}/painting", "type": "AnnotationPage", "items": [painting]}],
        "annotations": [{"id": f"{canvas}/text", "type": "AnnotationPage", "items": _lines(page, canvas)}],
    }


def _lines(page: LaidOutPage, canvas: str) -> list[dict[str, Any]]:
    found = []
    for at, line in enumerate(page.lines, 1):
        if line.text.strip():
            box = line.box
            place = f"#xywh={box.left},{box.top},{box.width},{box.height}" if box else ""
            found.append(
                {
                    "id": f"{canvas}/text/{at}",
                    "type": "Annotation",
                    "motivation": "supplementing",
                    "body": {
                        "type": "TextualBody",
                        "value": line.text,
                        "format": "text/plain",
                        "language": "th",
                    },
                    "target": f"{canvas}{place}",
                }
            )
    return found


EXPORT = ExportFormat(
    name="iiif",
    extension=".manifest.json",
    description="IIIF Presentation 3: a manifest with a canvas a page and the text of every line as an annotation.",
    pieces=pieces,
)
