"""PAGE-XML (PRImA, 2013 to 2019): regions in their reading order, lines, words, glyphs. One file a page, or a ZIP
archive of such files in the order of their names."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from model.errors import BadInput
from model.program import NAME
from ocr.imported.bounds import MOST_BYTES, MOST_PAGES
from ocr.imported.parts import (
    NOWHERE,
    GivenFile,
    ImportedFile,
    ImportedPage,
    ImportFormat,
    Rect,
    TextLine,
    TextRun,
    children,
    inside,
    local,
    number,
    rect,
    share,
    xml_root,
)

_OUTERMOST = "PcGts"
_CUSTOM = re.compile(r"readingOrder\s*\{\s*index\s*:\s*(\d+)")


def parse(root: Element) -> ImportedFile:
    """The page of a PAGE-XML file: the format has one page a file."""
    creator = next((e.text or "" for e in inside(root, "Creator")), "")
    program, _, version = creator.strip().partition(" ")
    ours = program == NAME
    return ImportedFile(program, version, tuple(_page(page, ours=ours) for page in children(root, "Page")))


def _recognises(file: GivenFile) -> bool:
    if file.root is not None:
        return local(file.root) == _OUTERMOST
    return file.data.startswith(b"PK") and bool(_archived(file))


def _parse(file: GivenFile) -> ImportedFile:
    """The pages of a file or of all files of an archive.

    Raises:
        BadInput: a file of the archive is no PAGE-XML.
    """
    if file.root is not None:
        return parse(file.root)
    found: list[ImportedFile] = []
    for name, data in _archived(file).items():
        root = xml_root(data, f"{name} of {file.name}")
        if root is None or local(root) != _OUTERMOST:
            raise BadInput(f"{name} of {file.name} is no PAGE-XML.", remedy="Leave it out of the archive.")
        found.append(parse(root))
    return ImportedFile(
        found[0].program, found[0].version, tuple(page for one in found for page in one.pages)
    )


def _archived(file: GivenFile) -> dict[str, bytes]:
    """The XML files of an archive by name, none where it is no sound archive.

    Raises:
        BadInput: they are too large.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
            members = sorted(
                (one for one in archive.infolist() if one.filename.lower().endswith(".xml")),
                key=lambda one: one.filename,
            )
            if len(members) > MOST_PAGES:
                raise BadInput(f"{file.name} has {len(members)} pages.", remedy="Split it with the document.")
            size = sum(one.file_size for one in members)
            if size > MOST_BYTES:
                raise BadInput(
                    f"{file.name} unpacks to {size >> 20} MiB.", remedy="Split it with the document."
                )
            return {one.filename: archive.read(one) for one in members}
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, RuntimeError, NotImplementedError, zlib.error):
        return {}


def _page(page: Element, *, ours: bool) -> ImportedPage:
    lines = [line for region in _regions(page) for line in _lines(region)]
    width, height = number(page.get("imageWidth")), number(page.get("imageHeight"))
    return ImportedPage(width or 0.0, height or 0.0, tuple(line for line in lines if line.runs or ours))


def _regions(page: Element) -> list[Element]:
    """The text regions as they are to be read: those that the reading order names first, in its order, then the
    others as Transkribus numbers them, else as they stand in the file."""
    found = list(_holding_text(page, None))
    if all(place is not None for place, _ in found):
        found.sort(key=lambda one: one[0] or 0)
    named = [name for order in children(page, "ReadingOrder") for name in _named(order)]
    rank = {name: place for place, name in reversed(list(enumerate(named)))}
    return sorted(
        (region for _, region in found), key=lambda region: rank.get(region.get("id", ""), len(rank))
    )


def _holding_text(element: Element, place: int | None) -> Iterator[tuple[int | None, Element]]:
    """The regions in an element that have text or lines of their own, of whatever kind, and the cells of tables, each
    with its place by Transkribus' order or else that of the region around it."""
    for child in element:
        if not local(child).endswith("Region") and local(child) != "TableCell":
            continue
        own = _CUSTOM.search(child.get("custom", ""))
        at = place if own is None else int(own[1])
        if any(True for _ in children(child, "TextLine", "TextEquiv")):
            yield at, child
        yield from _holding_text(child, at)


def _named(order: Element) -> Iterator[str]:
    """The regions that a reading order names, group by group; in an ordered group by `index`."""
    for one in sorted(order, key=lambda element: number(element.get("index")) or 0.0):
        if local(one) in ("RegionRefIndexed", "RegionRef"):
            yield one.get("regionRef", "")
        else:
            if one.get("regionRef"):
                yield one.get("regionRef", "")
            yield from _named(one)


def _by_custom_order(elements: Sequence[Element]) -> list[Element]:
    """Elements by `custom="readingOrder {index:N;}"`, in which Transkribus keeps their order; as they are where one
    has none."""
    places = [_CUSTOM.search(element.get("custom", "")) for element in elements]
    if not all(places):
        return list(elements)
    numbers = [int(place[1]) for place in places if place]
    return [element for _, element in sorted(zip(numbers, elements, strict=True), key=lambda pair: pair[0])]


def _lines(region: Element) -> Iterator[TextLine]:
    """The lines of a region; its own text, row by row, where nothing in it has lines or it has more than they have."""
    lines = [_line(line) for line in _by_custom_order(list(children(region, "TextLine")))]
    if any(True for _ in _holding_text(region, None)):
        yield from lines
        return  # regions in regions are read for themselves, and what holds them repeats their text
    rows, confidence = _rows(region)
    if lines and not _is_more("".join(rows), "".join(run.text for line in lines for run in line.runs)):
        yield from lines
        return
    by_text = {"".join(run.text for run in line.runs): line for line in lines}
    for row in rows:
        yield by_text.get(row) or TextLine((TextRun(row, None, confidence),))


def _is_more(text: str, than: str) -> bool:
    """Whether a text has all letters of another one in their order, and others besides."""
    whole, wanted = "".join(text.split()), "".join(than.split())
    letters = iter(whole)
    return len(whole) > len(wanted) and all(letter in letters for letter in wanted)


def _line(line: Element) -> TextLine:
    """The line's own text, with the boxes of its words where they make up that text."""
    words = [_run(word) for word in _by_custom_order(list(children(line, "Word")))]
    text, confidence = _text(line)
    if not text:
        text = " ".join(word.text for word in words)
    return TextLine(_boxed(text, words, confidence), _box(line))


def _run(word: Element) -> TextRun:
    text, confidence = _text(word)
    return TextRun(text, _box(word), confidence)


def _boxed(text: str, words: Sequence[TextRun], confidence: float | None) -> tuple[TextRun, ...]:
    runs: list[TextRun] = []
    at = 0
    for word in words:
        found = text.find(word.text, at) if word.text else -1
        if found < 0:
            return (TextRun(text, None, confidence),) if text else ()
        if found > at:
            runs.append(TextRun(text[at:found], None, None if text[at:found].isspace() else confidence))
        runs.append(word)
        at = found + len(word.text)
    if at < len(text):
        runs.append(TextRun(text[at:], None, confidence))
    return tuple(runs)


def _text(element: Element) -> tuple[str, float | None]:
    """The first of the texts that the element offers, in their own order, in one row, and its confidence; what its
    glyphs say where it says nothing itself."""
    rows, confidence = _rows(element)
    text = " ".join(rows)
    return (text or "".join(_text(glyph)[0] for glyph in children(element, "Glyph"))), confidence


def _rows(element: Element) -> tuple[list[str], float | None]:
    offered = sorted(children(element, "TextEquiv"), key=lambda e: number(e.get("index")) or 0.0)
    for equivalent in offered:
        said = [text.text or "" for text in children(equivalent, "Unicode", "PlainText")]
        if said:
            # Either form may be left empty.
            return next(filter(None, said), "").split("\n"), share(number(equivalent.get("conf")))
    return [], None


def _box(element: Element) -> Rect | None:
    """The box around the element's outline."""
    for coords in children(element, "Coords"):
        if coords.get("points") == NOWHERE:
            return None
        points = [point.split(",") for point in coords.get("points", "").split()]
        xs = [number(point[0]) for point in points if len(point) == 2]
        ys = [number(point[1]) for point in points if len(point) == 2]
        if xs and all(x is not None for x in xs) and all(y is not None for y in ys):
            return rect(min(x for x in xs if x is not None), min(y for y in ys if y is not None),
                        max(x for x in xs if x is not None), max(y for y in ys if y is not None))  # fmt: skip
    return None


FORMAT = ImportFormat(_recognises, _parse)
