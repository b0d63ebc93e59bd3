"""What a page asks of somebody: said here alone, for the lists and for the way to the next page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from model.state import TO_SIGN, Outcome, Stage
from model.user import EVERY_ROLE, Role
from review.state import PageSummary


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks: the account that stands in the ledger, and what it may do."""

    account: str
    roles: frozenset[Role] = EVERY_ROLE

    def holds(self, *roles: Role) -> bool:
        """True when they hold one of these roles."""
        return not self.roles.isdisjoint(roles)

    @property
    def shown_to(self) -> str | None:
        """The account of somebody who may be shown letters that were changed on purpose; None for who only reads."""
        return self.account if self.holds(Role.REVIEWER, Role.SECOND_REVIEWER) else None


@dataclass(frozen=True, slots=True)
class Todo:
    """What a page asks of one viewer: to decide about so many findings, `second` of them as the second person; to
    see to what it was returned for; to do something about a page that could not be read; to sign."""

    decide: int = 0
    second: int = 0
    answer: bool = False
    unread: bool = False
    sign: bool = False

    @property
    def anything(self) -> bool:
        """True when it asks for anything."""
        return bool(self.decide or self.answer or self.unread or self.sign)


NOTHING = Todo()

_ASKING = (Stage.WAITING, Stage.DECIDED, Stage.COUNTERSIGN, Stage.FAILED)


def asks_anybody(page: PageSummary) -> bool:
    """True when a page asks anything of anybody."""
    return page.stage in _ASKING


def todo(page: PageSummary, viewer: Viewer) -> Todo:
    """What a page asks of this viewer, by the roles that `decide`, `sign` and `answer` ask for."""
    if not asks_anybody(page) or not viewer.holds(Role.REVIEWER, Role.SECOND_REVIEWER):
        return NOTHING
    reviews = viewer.holds(Role.REVIEWER)
    decide, second = waiting_for(viewer, page.outcomes, page.second_by, page.conflict_by)
    return Todo(
        decide,
        second,
        answer=page.returned > 0,
        unread=reviews and page.stage is Stage.FAILED,
        sign=reviews and page.stage in TO_SIGN and viewer.account not in page.signers,
    )


def waiting_for(
    viewer: Viewer,
    outcomes: Mapping[Outcome, int],
    second_by: Mapping[str, int],
    conflict_by: Mapping[str, int],
) -> tuple[int, int]:
    """How many findings wait for this viewer, and how many of them beside others: those that others have decided and
    that take a second person, and those decided in two ways, where they are one of the two or may answer as another.
    """
    first = outcomes.get(Outcome.OPEN, 0) if viewer.holds(Role.REVIEWER) else 0
    if viewer.holds(Role.SECOND_REVIEWER):
        second = outcomes.get(Outcome.SECOND, 0) - second_by.get(viewer.account, 0)
        second += outcomes.get(Outcome.CONFLICT, 0)
    else:
        second = conflict_by.get(viewer.account, 0) if viewer.holds(Role.REVIEWER) else 0
    return first + second, second
