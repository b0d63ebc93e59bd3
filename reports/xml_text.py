"""XML for the formats that are XML: elements as text, page by page."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_ENTITIES = {"\r": "&#13;"}
_ATTRIBUTE_ENTITIES = {"\r": "&#13;", "\n": "&#10;", "\t": "&#9;"}
_NAMELESS = re.compile("[^A-Za-z0-9_.-]")


def text(content: str) -> str:
    """The content of an element. A control character, which XML cannot hold, becomes U+FFFD."""
    return escape(_FORBIDDEN.sub("\ufffd", content), _ENTITIES)


def attributes(**values: str | float | None) -> str:
    """Attributes with a space before each; those that are None are left out."""
    return "".join(
        f" {name.rstrip('_').replace('__', ':')}={_quoted(value)}"
        for name, value in values.items()
        if value is not None
    )


def _quoted(value: str | float) -> str:
    return quoteattr(_FORBIDDEN.sub("\ufffd", str(value)), _ATTRIBUTE_ENTITIES)


def empty(tag: str, /, **values: str | float | None) -> str:
    """An element without content."""
    return f"<{tag}{attributes(**values)}/>"


def element(tag: str, content: str, /, **values: str | float | None) -> str:
    """An element around content that is XML already."""
    return f"<{tag}{attributes(**values)}>{content}</{tag}>"


def identifier(*parts: object) -> str:
    """A name that an element may have as its id."""
    return "_" + "_".join(_NAMELESS.sub("-", str(part)) for part in parts)
