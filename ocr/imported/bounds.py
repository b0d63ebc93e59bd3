"""How much another engine's output may hold. It comes from anywhere, and a small file can stand for a huge page."""

from __future__ import annotations

from xml.parsers import expat

from model.errors import BadInput

MOST_BYTES = 256 * 1024 * 1024
"""A file of 5,000 dense pages has 200 MB."""

MOST_PAGES = 5000
"""Files in an archive, a page each: as many as a document may have."""

MOST_LINES = 20_000
"""Lines on a page: a sheet of a newspaper has 1,500, a table of a whole book's index 5,000."""

MOST_LETTERS = 500_000
"""Characters on a page: a sheet of a newspaper has 60,000."""

DEEPEST = 64
"""Elements within elements: the formats themselves have ten to twenty."""

MOST_ATTRIBUTES = 100
"""Of one element: the formats have up to thirty."""

MOST_ATTRIBUTE_LETTERS = 20_000_000
"""Characters of all attributes on a page, where the places of letters stand: a sheet of a newspaper has 5,000,000."""

_BYTES_A_LETTER = 4
_ONCE = ("TextLine", "Page")
"""In ALTO and PAGE-XML neither stands within its like."""
_PAGES = ("Page", "pb")
_LINES = ("TextLine", "lb")
_ANEW = "Write it anew with the program that made it."


class _Unfit(Exception):
    """Carries a reason out of the parser."""


class _PageCount:
    """How much of a page has gone by, in any of the formats."""

    def __init__(self) -> None:
        self._lines = 0
        self._letters = 0

    def count(self, tag: str, attributes: dict[str, str]) -> None:
        """Take note of an element."""
        kinds = attributes.get("class", "")
        if tag in _PAGES or attributes.get("type") == "page" or "ocr_page" in kinds:
            self._lines = self._letters = 0
        self._lines += tag in _LINES or "ocr_line" in kinds
        self._letters += sum(map(len, attributes.values()))
        if len(attributes) > MOST_ATTRIBUTES:
            raise _Unfit(f"has an element of more than {MOST_ATTRIBUTES} attributes")
        if self._lines > MOST_LINES:
            raise _Unfit(f"has more than {MOST_LINES} lines on a page")
        if self._letters > MOST_ATTRIBUTE_LETTERS:
            raise _Unfit(f"has more than {MOST_ATTRIBUTE_LETTERS} characters of attributes on a page")


def check_xml(data: bytes, name: str) -> None:
    """Look at an XML file from its beginning to its end without keeping any of it.

    Raises:
        BadInput: it declares anything, nests too deep, has a line within a line or a page within a page, or more lines
            or attributes than any page has. What is not well-formed is left to the parser to say.
    """
    depth = 0
    within = dict.fromkeys(_ONCE, 0)
    page = _PageCount()

    def begins(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise _Unfit(f"nests elements more than {DEEPEST} deep")
        one = tag.rpartition(":")[2]
        page.count(one, attributes)
        if one in within:
            if within[one]:
                raise _Unfit(f"has a {one} within a {one}")
            within[one] += 1

    def ends(tag: str) -> None:
        nonlocal depth
        depth -= 1
        one = tag.rpartition(":")[2]
        if one in within:
            within[one] -= 1

    def declares(_name: str, _system: object, _public: object, with_declarations: int) -> None:
        if with_declarations:
            raise _Unfit("declares entities or the like, which an OCR result has no use for")

    parser = expat.ParserCreate()
    parser.StartElementHandler = begins
    parser.EndElementHandler = ends
    parser.StartDoctypeDeclHandler = declares
    try:
        parser.Parse(data, True)
    except _Unfit as refused:
        raise BadInput(f"{name} {refused}.", remedy=_ANEW) from refused
    except (expat.ExpatError, ValueError, LookupError):
        return


def check_text(data: bytes, name: str) -> None:
    """Look at the pages of a plain text by their bytes alone.

    Raises:
        BadInput: a page is longer than any page is, or has more lines.
    """
    start = 0
    number = 1
    while start < len(data):
        end = data.find(b"\f", start)
        end = len(data) if end < 0 else end
        if end - start > MOST_LETTERS * _BYTES_A_LETTER:
            raise too_much(name, number, f"{MOST_LETTERS} characters")
        if data.count(b"\n", start, end) > MOST_LINES:
            raise too_much(name, number, f"{MOST_LINES} lines")
        start, number = end + 1, number + 1


def too_much(name: str, number: int, most: str) -> BadInput:
    """The error about a page that has more than any page has."""
    remedy = "Give the result of an OCR program, with a form feed or a page element for each page."
    return BadInput(f"{name} has more than {most} on its page {number}.", remedy=remedy)
