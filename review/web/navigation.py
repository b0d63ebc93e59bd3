"""What is offered to whom: links to those addresses alone that somebody's roles may ask for."""

from __future__ import annotations

from model.user import Role
from review.web.permissions import may

Link = tuple[str, str]
"""An address, and the name of the message that says what is there."""

_SECTIONS: tuple[Link, ...] = (
    ("/", "documents"),
    ("/uploads", "uploads"),
    ("/publishing", "publishing"),
    ("/samples", "samples"),
    ("/audits", "audits"),
    ("/learning", "learning"),
    ("/requirements", "requirements"),
    ("/users", "users"),
)
_OF_A_DOCUMENT: tuple[Link, ...] = (
    ("/documents/{document}/letters", "letters_alike"),
    ("/documents/{document}/exports", "exports"),
    ("/documents/{document}/requirements", "requirements"),
)
_KEYING: Link = ("/documents/{document}/keying", "keying")


def sections_for(roles: frozenset[Role]) -> list[Link]:
    """The parts of the site."""
    return [(path, word) for path, word in _SECTIONS if may(roles, "GET", path)]


def document_links(document: str, roles: frozenset[Role], *, keyed: bool = False) -> list[Link]:
    """What there is about a document besides its pages; `keyed` where numbers and names are typed."""
    return [
        (path.replace("{document}", document), word)
        for path, word in (*_OF_A_DOCUMENT, *((_KEYING,) if keyed else ()))
        if may(roles, "GET", path)
    ]
