"""Files that could not be taken, and were not taken since; and of which somebody said that nothing is to be done."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from ledger.batch import Batch
from ledger.events.source_dismissed import SourceDismissed
from ledger.events.source_refused import SourceRefused
from ledger.events.source_registered import SourceRegistered
from ledger.ledger import Ledger
from ledger.people import allowed, users_at
from model.decision import Who
from model.errors import BadInput, UsageError
from model.user import Role
from model.visible import refuse_invisible
from review.decide import TERMINAL
from workspace.workspace import Workspace

MAY_DISMISS = frozenset({Role.OPERATOR, Role.ADMINISTRATOR})
"""Who may say that nothing is to be done about a refused file, where there are users."""

_LIST_THEM = "`chamra status` lists the refused files; name one by the digits beside it."


@dataclass(frozen=True, slots=True)
class RefusedFile:
    """A file that could not be taken: the SHA-256 of its content, its name, why, and since when (UTC, ISO 8601).

    `again` says whether it is tried again by itself; `dismissed` who said that nothing is to be done about it, and
    why, None where nobody did.
    """

    content: str
    name: str
    reason: str
    when: str
    again: bool
    dismissed: SourceDismissed | None = None


def refused_files(ledger: Ledger) -> tuple[RefusedFile, ...]:
    """The files that were refused, whose content was not taken since, and of which nobody said that nothing is to be
    done; oldest first, each with its newest reason."""
    return tuple(one for one in _standing(ledger) if one.dismissed is None)


def dismissed_files(ledger: Ledger) -> tuple[RefusedFile, ...]:
    """The files that were refused, whose content was not taken since, and of which somebody said that nothing is to be
    done; oldest first."""
    return tuple(one for one in _standing(ledger) if one.dismissed is not None)


def dismiss(
    ws: Workspace, references: Collection[str], reason: str, who: Who, *, how: str = TERMINAL
) -> tuple[RefusedFile, ...]:
    """Record that nothing is to be done about refused files, all or none. Each is named by its name or by the
    beginning of its content's SHA-256.

    Returns:
        The files.

    Raises:
        BadInput: no refused file is meant, or several.
        UsageError: no reason is given.
        NotAllowed: the workspace has users, and `who` is neither operator nor administrator.
    """
    if not reason.strip():
        raise UsageError(
            "Dismissing a refused file needs a reason.",
            remedy="Give one; the audit keeps it beside your name.",
        )
    refuse_invisible(reason)
    allowed(users_at(ws.ledger), who, MAY_DISMISS)
    with ws.ledger.writing() as batch:
        standing = [one for one in _standing(batch) if one.dismissed is None]
        chosen = {found.content: found for found in (_meant(standing, one) for one in references)}
        for content in chosen:
            batch.append(SourceDismissed(content, reason, who, how))
    return tuple(chosen.values())


def _meant(standing: Collection[RefusedFile], reference: str) -> RefusedFile:
    found = [
        one for one in standing if one.name == reference or (reference and one.content.startswith(reference))
    ]
    if len(found) == 1:
        return found[0]
    if found:
        raise BadInput(f"More than one refused file is called {reference}.", remedy=_LIST_THEM)
    raise BadInput(f"No refused file is called {reference}.", remedy=_LIST_THEM)


def _standing(ledger: Ledger | Batch) -> list[RefusedFile]:
    found: dict[str, RefusedFile] = {}
    for entry in ledger.events((SourceRefused, SourceDismissed)):
        event = entry.event
        if isinstance(event, SourceRefused):
            found[event.document] = RefusedFile(
                event.document, event.name, event.reason, entry.when, event.again is True
            )
        elif isinstance(event, SourceDismissed) and event.document in found:
            found[event.document] = replace(found[event.document], dismissed=event)
    return [
        one for content, one in found.items() if ledger.newest(SourceRegistered, document=content) is None
    ]
