"""What is taken back: a sign-off that is revoked, a page that is returned to be worked on again."""

from __future__ import annotations

from dataclasses import dataclass

from model.decision import Who


@dataclass(frozen=True, slots=True)
class Revocation:
    """A sign-off does not stand any more. `signoff` is the hash of its record; the text that was published
    under it stays on record and is no longer given out. `how` and `when` are as in a decision."""

    document: str
    page: int
    signoff: str
    reason: str
    who: Who
    how: str
    when: str


@dataclass(frozen=True, slots=True)
class Return:
    """A page was returned to be worked on again, with a note; `id` is the hash of its record.

    While nobody has answered it, the page waits for a person and is not signed.
    """

    id: str
    document: str
    page: int
    note: str
    who: Who
    how: str
    when: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a page was returned for has been done: `returned` is the hash of the return's record."""

    document: str
    page: int
    returned: str
    note: str
    who: Who
    how: str
    when: str
