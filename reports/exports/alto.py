"""ALTO 4.4: pages, blocks, lines and words with their boxes and confidences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from model.box import Box
from model.mark import Mark
from model.program import NAME, program_version
from model.publication import Edition
from ocr.imported.parts import TAB_ID
from reports.export_format import ExportFormat
from reports.laid_out import LaidOutLine, LaidOutPage, laid_out, letters_in_picture
from reports.xml_text import element, empty, text

NAMESPACE = "http://www.loc.gov/standards/alto/ns-v4#"


def pieces(edition: Edition) -> Iterator[str]:
    """One file with a page for each page; a page that was left out has no lines.

    Raises:
        GateError: the published layer is asked for and a page is neither published nor left out.
    """
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<alto xmlns="{NAMESPACE}" SCHEMAVERSION="4.4">\n'
    yield _description(edition)
    pages = list(laid_out(edition))
    yield _tags(pages)
    yield "<Layout>\n"
    for page in pages:
        yield _page(page)
    yield "</Layout>\n</alto>\n"


def _description(edition: Edition) -> str:
    software = element("softwareName", NAME) + element("softwareVersion", text(program_version()))
    step = element("processingStepDescription", f"text layer: {edition.layer}")
    source = element("fileName", text(edition.state.name)) + element("fileIdentifier", edition.state.id)
    return (
        "<Description>"
        + element("MeasurementUnit", "pixel")
        + element("sourceImageInformation", source)
        + element("Processing", step + element("processingSoftware", software), ID="processing")
        + "</Description>\n"
    )


def _tags(pages: Sequence[LaidOutPage]) -> str:
    """What was read in pictures: the format has no text in an illustration, and tags with a description."""
    found = [
        empty("OtherTag", ID=f"tag_{_picture_id(page, at)}", LABEL="letters in a picture", DESCRIPTION=said)
        for page in pages
        for at, mark in enumerate(page.pictures, 1)
        if (said := letters_in_picture(mark)) is not None
    ]
    return element("Tags", "\n".join(found)) + "\n" if found else ""


def _page(page: LaidOutPage) -> str:
    read = page.source.page
    size = {"WIDTH": read.width, "HEIGHT": read.height} if read else {}
    number = page.number
    blocks = "\n".join(_block(page, index, lines) for index, lines in enumerate(page.groups, 1))
    pictures = "".join(_picture(page, at, mark) for at, mark in enumerate(page.pictures, 1))
    space = element(
        "PrintSpace", blocks + pictures, HPOS=0 if read else None, VPOS=0 if read else None, **size
    )
    return element("Page", space, ID=f"page{number}", PHYSICAL_IMG_NR=number, **size) + "\n"


def _picture_id(page: LaidOutPage, at: int) -> str:
    return f"picture{page.number}_{at}"


def _picture(page: LaidOutPage, at: int, mark: Mark) -> str:
    name = _picture_id(page, at)
    return empty("Illustration", ID=name, TAGREFS=f"tag_{name}" if mark.text else None, **_place(mark.box))


def _block(page: LaidOutPage, index: int, lines: tuple[int, ...]) -> str:
    body = "\n".join(_line(page.number, at, page.lines[at]) for at in lines)
    return element("TextBlock", body, ID=f"block{page.number}_{index}", **_place(page.box_of(lines)))


def _line(number: int, at: int, line: LaidOutLine) -> str:
    parts: list[str] = []
    for word in line.words:
        place = f"{number}_{at + 1}_{word.start}"
        if word.is_space:
            kind = TAB_ID if word.text[0] == "\t" else "space"
            for nth in range(len(word.text)):
                if not parts or parts[-1].startswith("<SP"):
                    parts.append(empty("String", CONTENT=""))  # a space stands behind a string, and one alone
                parts.append(empty("SP", ID=f"{kind}{place}_{nth}"))
            continue
        confidence = None if word.confidence is None else f"{word.confidence:.4f}"
        parts.append(empty("String", ID=f"word{place}", CONTENT=word.text, WC=confidence, **_place(word.box)))
    body = "".join(parts) or empty("String", CONTENT="")
    return element("TextLine", body, ID=f"line{number}_{at + 1}", **_place(line.box))


def _place(box: Box | None) -> dict[str, int]:
    if box is None:
        return {}
    return {"HPOS": box.left, "VPOS": box.top, "WIDTH": box.width, "HEIGHT": box.height}


EXPORT = ExportFormat(
    name="alto",
    extension=".alto.xml",
    description="ALTO 4.4: pages, blocks, lines and words with their boxes and confidences.",
    pieces=pieces,
)
