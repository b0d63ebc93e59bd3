"""PAGE-XML of 2019-07-15: one file a page in a ZIP archive, as the format has it."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator

from model.box import Box
from model.mark import Mark
from model.program import NAME, program_version
from model.publication import Edition
from model.structure import LineRole
from ocr.imported.parts import NOWHERE
from reports.archive_file import EPOCH, add, zipped
from reports.export_format import ExportFormat
from reports.laid_out import LaidOutLine, LaidOutPage, Word, laid_out, letters_in_picture
from reports.xml_text import element, empty, text

NAMESPACE = "http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"
_TYPES = {
    LineRole.BODY: "paragraph",
    LineRole.FOOTER: "footer",
    LineRole.FOOTNOTE: "footnote",
    LineRole.HEADING: "heading",
    LineRole.PAGE_NUMBER: "page-number",
    LineRole.RUNNING_HEAD: "header",
}


def pieces(edition: Edition) -> Iterator[bytes]:
    """A ZIP archive with `page-0001.xml` and so on.

    Raises:
        GateError: the published layer is asked for and a page is neither published nor left out.
    """
    pages = list(laid_out(edition))

    def fill(archive: zipfile.ZipFile) -> None:
        for page in pages:
            add(archive, f"page-{page.number:04}.xml", _file(edition, page).encode("utf-8"))

    yield from zipped(fill)


def _file(edition: Edition, page: LaidOutPage) -> str:
    when = page.source.publication and page.source.state.signoff and page.source.state.signoff.when
    created = when or EPOCH
    about = (
        element("Creator", f"{NAME} {text(program_version())}")
        + element("Created", created)
        + element("LastChange", created)
        + element(
            "Comments", text(f"{edition.state.name}, SHA-256 {edition.state.id}, text layer: {edition.layer}")
        )
    )
    read = page.source.page
    regions = "\n".join(_region(page, index, lines) for index, lines in enumerate(page.groups, 1))
    pictures = "\n".join(_picture(page.number, at, mark) for at, mark in enumerate(page.pictures, 1))
    order = "".join(
        empty("RegionRefIndexed", index=index, regionRef=_region_id(page.number, index + 1))
        for index in range(len(page.groups))
    )
    ordered = (
        element("ReadingOrder", element("OrderedGroup", order, id=f"order{page.number}")) if order else ""
    )
    body = element(
        "Page", ordered + regions + pictures,
        imageFilename=f"page-{page.number:04}.png",
        imageWidth=read.width if read else 0, imageHeight=read.height if read else 0,
    )  # fmt: skip
    content = element("Metadata", about) + "\n" + body
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{element("PcGts", content, xmlns=NAMESPACE)}\n'


def _region_id(page: int, index: int) -> str:
    return f"region{page}_{index}"


def _region(page: LaidOutPage, index: int, lines: tuple[int, ...]) -> str:
    role = page.role_of(lines[0])
    body = _coords(page.box_of(lines)) + "\n".join(_line(page.number, at, page.lines[at]) for at in lines)
    return element("TextRegion", body, id=_region_id(page.number, index), type=_TYPES[role])


def _picture(number: int, at: int, mark: Mark) -> str:
    name = f"picture{number}_{at}"
    return element("ImageRegion", _coords(mark.box), id=name, comments=letters_in_picture(mark))


def _line(number: int, at: int, line: LaidOutLine) -> str:
    words = [_word(number, at, word) for word in line.words if not word.is_space and word.box is not None]
    body = _coords(line.box) + "".join(words) + _equivalent(line.text, None)
    return element("TextLine", body, id=f"line{number}_{at + 1}")


def _word(number: int, at: int, word: Word) -> str:
    body = _coords(word.box) + _equivalent(word.text, word.confidence)
    return element("Word", body, id=f"word{number}_{at + 1}_{word.start}")


def _equivalent(content: str, confidence: float | None) -> str:
    conf = None if confidence is None else f"{confidence:.4f}"
    return element("TextEquiv", element("Unicode", text(content)), conf=conf)


def _coords(box: Box | None) -> str:
    if box is None:
        return empty("Coords", points=NOWHERE)
    corners = ((box.left, box.top), (box.right, box.top), (box.right, box.bottom), (box.left, box.bottom))
    return empty("Coords", points=" ".join(f"{x},{y}" for x, y in corners))


EXPORT = ExportFormat(
    name="page",
    extension=".page.zip",
    description="PAGE-XML 2019-07-15: a file for each page, with regions, lines and words, in a ZIP archive.",
    pieces=pieces,
)
