"""What every format is brought to: pages of lines of words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias
from xml.etree.ElementTree import Element, ParseError

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from model.errors import BadInput
from ocr.imported.bounds import check_xml

TAB_ID = "tab"
"""How the id of a space begins in ALTO of ours that is a TAB, the gap between two columns."""

NOWHERE = "0,0 0,0"
"""The outline in PAGE-XML of ours of what has no known place: the format asks for one."""

Rect: TypeAlias = tuple[float, float, float, float]
"""Left, top, right, bottom in the file's own unit."""


@dataclass(frozen=True, slots=True)
class TextRun:
    """A run of characters with one box: a word, a character, or white space without a box. `confidence`: 0 to 1."""

    text: str
    box: Rect | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class TextLine:
    """A printed line: its runs one after the other, spaces among them."""

    runs: tuple[TextRun, ...]
    box: Rect | None = None


@dataclass(frozen=True, slots=True)
class ImportedPage:
    """A page. `width` and `height` in the unit of its boxes, 0 where the file gives none."""

    width: float
    height: float
    lines: tuple[TextLine, ...]


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """A file: which program made it, in which version, and its pages. Empty for what it does not say."""

    program: str
    version: str
    pages: tuple[ImportedPage, ...]


@dataclass(frozen=True, slots=True)
class GivenFile:
    """A file that somebody gives: its name for errors, its bytes, and its outermost element if it is XML.

    XML was parsed without entities and without fetching anything.
    """

    name: str
    data: bytes
    root: Element | None


@dataclass(frozen=True, slots=True)
class ImportFormat:
    """A form in which other engines give what they have read: what an entry point of `chamra.imports` names.

    `recognises`: whether a file is of this form, from what is in it. `parse`: its pages; it raises BadInput for a file
    that cannot be used. `is_last_resort`: it is asked only about what no other form recognises.
    """

    recognises: Callable[[GivenFile], bool]
    parse: Callable[[GivenFile], ImportedFile]
    is_last_resort: bool = False

    @classmethod
    def of_xml(cls, outermost: str, parse: Callable[[Element], ImportedFile]) -> ImportFormat:
        """A form of XML, by the name of its outermost element without its namespace."""

        def pages(file: GivenFile) -> ImportedFile:
            assert file.root is not None
            return parse(file.root)

        return cls(lambda file: file.root is not None and local(file.root) == outermost, pages)


def local(element: Element) -> str:
    """The element's name without its namespace: these formats have changed theirs with every version."""
    return str(element.tag).rpartition("}")[2]


def children(element: Element, *names: str) -> Iterator[Element]:
    """The element's children of these names, in order."""
    return (child for child in element if local(child) in names)


def inside(element: Element, *names: str) -> Iterator[Element]:
    """All elements of these names below, in order."""
    return (child for child in element.iter() if child is not element and local(child) in names)


def number(text: str | None) -> float | None:
    """A number that a file gives; None for none and for what is none."""
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value if abs(value) < 1e9 else None


def rect(left: float | None, top: float | None, right: float | None, bottom: float | None) -> Rect | None:
    """A box, None unless it is one."""
    if left is None or top is None or right is None or bottom is None or right < left or bottom < top:
        return None
    return left, top, right, bottom


def share(value: float | None, whole: float = 1.0) -> float | None:
    """A confidence from 0 to `whole` as one from 0 to 1."""
    return None if value is None else min(max(value / whole, 0.0), 1.0)


def xml_root(data: bytes, name: str) -> Element | None:
    """The outermost element of a file, None for what is no XML. Nothing is fetched for it, and no entity resolved.

    Raises:
        BadInput: it is not well-formed, declares anything, or is nested deeper than these formats are.
    """
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return None
    check_xml(data, name)
    try:
        root: Element = ElementTree.fromstring(
            data, forbid_dtd=False, forbid_entities=True, forbid_external=True
        )
    except DefusedXmlException as error:
        raise BadInput(
            f"{name} declares entities, which an OCR result has no use for.", remedy="Write it anew without."
        ) from error
    except (ParseError, ValueError, LookupError) as error:
        raise BadInput(f"{name} is not well-formed XML: {error}.", remedy="Write it anew as XML.") from error
    return root
