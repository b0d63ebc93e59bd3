"""Ask more of the people who work on a document, or on all: a record that the audit holds every page to."""

from __future__ import annotations

from ledger.events.required import Required
from ledger.people import allowed, users_at
from ledger.requirements import requirement_of, requirements_at
from model.decision import Who
from model.errors import UsageError
from model.requirement import Requirement
from model.user import Role
from review.decide import TERMINAL
from workspace.workspace import Workspace

MOST_SEEDS = 500
"""On 100 pages: five on a page are more than anybody would take for chance."""


def require(
    ws: Workspace,
    document: str,
    who: Who,
    *,
    signatures: int | None = None,
    keyed: bool | None = None,
    seeds: int | None = None,
    how: str = TERMINAL,
) -> Requirement:
    """Record what is asked of a document from now on, or, with an empty one, of all of which nothing of their own is
    said. What is None stays as it is, and becomes the document's own; asking again for what was said of it already
    records nothing.

    Raises:
        UsageError: a number of signatures or seeds that nobody can mean.
        NotAllowed: the workspace has users, and `who` is no administrator.
    """
    allowed(users_at(ws.ledger), who, {Role.ADMINISTRATOR})
    if signatures is not None and signatures not in (1, 2):
        raise UsageError(f"{signatures} people cannot be asked to sign.", remedy="Ask for 1 or 2.")
    if seeds is not None and not 0 <= seeds <= MOST_SEEDS:
        raise UsageError(
            f"{seeds} letters on 100 pages cannot be asked for.", remedy=f"Ask for 0 to {MOST_SEEDS}."
        )
    with ws.ledger.writing() as batch:
        said = requirements_at(batch.events(Required))
        before = said.of(document)
        asked = Requirement(
            before.signatures if signatures is None else signatures,
            before.keyed if keyed is None else keyed,
            before.seeds if seeds is None else seeds,
        )
        told = any(one is not None for one in (signatures, keyed, seeds))
        if told and asked != said.own(document):
            batch.append(Required(document, asked.signatures, asked.keyed, asked.seeds, who, how))
    return asked


def required(ws: Workspace, document: str = "") -> Requirement:
    """What is asked of a document now; of those of which nothing of their own is said, where none is named."""
    return requirement_of(ws.ledger, document)
