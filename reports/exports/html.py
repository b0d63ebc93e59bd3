"""HTML: a page to read in a browser, with the paragraphs, tables and footnotes of each page."""

from __future__ import annotations

from collections.abc import Iterator

from model.mark import Mark
from model.publication import Edition
from model.structure import LineRole
from reports.export_format import ExportFormat
from reports.laid_out import LaidOutPage, laid_out
from reports.reading_text import Passage, flowing
from reports.xml_text import element, empty, text

_STYLE = (
    "body{max-width:45em;margin:2em auto;padding:0 1em;line-height:1.7}"
    "body{font-family:'Noto Serif Thai','TH Sarabun New',serif}"
    "section{border-top:1px solid #bbb;margin-top:2em}h2{font-size:.9em;color:#555}"
    "table{border-collapse:collapse}td{border:1px solid #bbb;padding:.2em .5em;vertical-align:top}"
    ".note{font-size:.9em;color:#333}"
    ".picture{border-left:3px solid #bbb;margin:1em 0;padding-left:1em;font-size:.9em;color:#555}"
)


def pieces(edition: Edition) -> Iterator[str]:
    """One file that loads nothing from elsewhere.

    Raises:
        GateError: the published layer is asked for and a page is neither published nor left out.
    """
    name = text(edition.state.name)
    head = (
        empty("meta", charset="utf-8")
        + element("title", name)
        + empty("meta", name="chamra-document", content=edition.state.id)
        + empty("meta", name="chamra-layer", content=edition.layer)
        + element("style", _STYLE)
    )
    yield f'<!DOCTYPE html>\n<html lang="th">\n{element("head", head)}\n<body>\n{element("h1", name)}\n'
    for page in laid_out(edition):
        yield _page(page)
    yield "</body>\n</html>\n"


def _page(page: LaidOutPage) -> str:
    number = page.number
    heading = element("h2", f"หน้า {number}", id=f"page-{number}")
    body = "\n".join([*map(_part, flowing(page)), *map(_picture, page.pictures)])
    return element("section", f"\n{heading}\n{body}\n") + "\n"


def _part(part: Passage) -> str:
    if part.rows:
        rows = ("".join(element("td", text(cell)) for cell in row) for row in part.rows)
        return element("table", "".join(element("tr", row) for row in rows))
    if part.role is LineRole.HEADING:
        return element("h3", text(part.text))
    return element("p", text(part.text), class_="note" if part.role is LineRole.FOOTNOTE else None)


def _picture(mark: Mark) -> str:
    """A picture on the page and what was read in it, which is no part of the text."""
    label = "มีภาพอยู่ในหน้านี้" + (" ตัวอักษรในภาพตามที่โปรแกรมอ่าน ยังไม่มีผู้ตรวจ:" if mark.text else "")
    lines = empty("br").join(map(text, mark.text.split("\n")))
    return element(
        "aside", element("p", label) + (element("p", lines) if mark.text else ""), class_="picture"
    )


EXPORT = ExportFormat(
    name="html",
    extension=".html",
    description="HTML: one file to read in a browser, with the paragraphs, tables and footnotes of each page.",
    pieces=pieces,
)
