"""hOCR 1.2: HTML whose classes say what is a page, a paragraph, a line, a word."""

from __future__ import annotations

from collections.abc import Iterator

from model.box import Box
from model.program import NAME, program_version
from model.publication import Edition
from reports.export_format import ExportFormat
from reports.laid_out import LaidOutLine, LaidOutPage, laid_out
from reports.xml_text import element, empty, text

_CAPABILITIES = "ocr_page ocr_par ocr_line ocrx_word ocrp_lang ocrp_wconf"


def pieces(edition: Edition) -> Iterator[str]:
    """One XHTML file with a page for each page; a page that was left out has no lines.

    Raises:
        GateError: the published layer is asked for and a page is neither published nor left out.
    """
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n'
    yield '<html xmlns="http://www.w3.org/1999/xhtml" lang="th" xml:lang="th">\n'
    head = (
        empty("meta", charset="utf-8")
        + element("title", text(edition.state.name))
        + empty("meta", name="ocr-system", content=f"{NAME} {program_version()}")
        + empty("meta", name="ocr-capabilities", content=_CAPABILITIES)
        + empty("meta", name="ocr-langs", content="th en")
        + empty("meta", name="ocr-number-of-pages", content=len(edition.state.pages))
    )
    yield element("head", head) + "\n<body>\n"
    for page in laid_out(edition):
        yield _page(edition, page)
    yield "</body>\n</html>\n"


def _page(edition: Edition, page: LaidOutPage) -> str:
    read = page.source.page
    size = f"bbox 0 0 {read.width} {read.height}" if read else "bbox 0 0 0 0"
    name = edition.state.name.replace('"', "'")
    title = f'image "{name}"; {size}; ppageno {page.number - 1}'
    body = "\n".join(_paragraph(page, index, lines) for index, lines in enumerate(page.groups, 1))
    return element("div", f"\n{body}\n", class_="ocr_page", id=f"page_{page.number}", title=title) + "\n"


def _paragraph(page: LaidOutPage, index: int, lines: tuple[int, ...]) -> str:
    body = "\n".join(_line(page.number, at, page.lines[at]) for at in lines)
    return element(
        "p",
        body,
        class_="ocr_par",
        id=f"par_{page.number}_{index}",
        lang="th",
        title=_bbox(page.box_of(lines)),
    )


def _line(number: int, at: int, line: LaidOutLine) -> str:
    parts = []
    for word in line.words:
        if word.is_space:
            parts.append(text(word.text))
            continue
        title = [found for found in (_bbox(word.box), _confidence(word.confidence)) if found]
        parts.append(
            element(
                "span", text(word.text), class_="ocrx_word", id=f"word_{number}_{at + 1}_{word.start}",
                title="; ".join(title) or None,
            )
        )  # fmt: skip
    return element(
        "span", "".join(parts), class_="ocr_line", id=f"line_{number}_{at + 1}", title=_bbox(line.box)
    )


def _bbox(box: Box | None) -> str | None:
    return None if box is None else f"bbox {box.left} {box.top} {box.right} {box.bottom}"


def _confidence(value: float | None) -> str | None:
    return None if value is None else f"x_wconf {100 * value:.2f}"


EXPORT = ExportFormat(
    name="hocr",
    extension=".hocr",
    description="hOCR 1.2: pages, paragraphs, lines and words with their boxes and confidences, as XHTML.",
    pieces=pieces,
)
