"""Whether anything is left to do for a file: told from the ledger alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from ledger.event import Entry, Event
from ledger.events.added import Added
from ledger.events.answered import Answered
from ledger.events.decided import Decided
from ledger.events.defect_found import DefectFound
from ledger.events.findings_recorded import FindingsRecorded
from ledger.events.inspected import Inspected
from ledger.events.keyed import Keyed
from ledger.events.ledger_opened import LedgerOpened
from ledger.events.letters_seen import LettersSeen
from ledger.events.lines_seen import LinesSeen
from ledger.events.page_failed import PageFailed
from ledger.events.page_read import PageRead
from ledger.events.policy_stated import PolicyStated
from ledger.events.reading_asked import ReadingAsked
from ledger.events.reanchored import Reanchored
from ledger.events.report_written import ReportWritten
from ledger.events.required import Required
from ledger.events.returned import Returned
from ledger.events.revoked import Revoked
from ledger.events.sample_drawn import SampleDrawn
from ledger.events.scan_uploaded import ScanUploaded
from ledger.events.seeded import Seeded
from ledger.events.signed_off import SignedOff
from ledger.events.source_dismissed import SourceDismissed
from ledger.events.source_refused import SourceRefused
from ledger.events.source_registered import SourceRegistered
from ledger.events.spot_checked import SpotChecked
from ledger.events.text_published import TextPublished
from ledger.events.token_ended import TokenEnded
from ledger.events.token_given import TokenGiven
from ledger.events.user_changed import UserChanged
from ledger.fold import Fold
from ledger.ledger import Ledger
from ledger.tries import due, is_due
from model.decision import Verdict

Moment = datetime | None
"""When something is to be tried again, None for never."""


@dataclass(frozen=True, slots=True)
class Left:
    """What is left to do for a file: something `now`, or something `later`, or, with neither, nothing ever."""

    now: bool
    later: Moment = None


@dataclass(slots=True)
class _DocumentProgress:
    """How far a document has come: the pages asked for and those that are through; when a refusal, or a page that
    failed, is to be tried again."""

    asked: set[int] = field(default_factory=set)
    through: set[int] = field(default_factory=set)
    refused: bool = False
    refused_until: Moment = None
    failed: dict[int, Moment] = field(default_factory=dict)


def left_to_do(ledger: Ledger, document: str, now: Callable[[], datetime]) -> Left:
    """What is left to do for the content with this SHA-256.

    A page that failed by accident is to be tried again, each time after a longer wait, until it had its last try. So
    is a file that could not be opened for such a reason; and at once a page of which somebody asked that it be read
    again. What a person waived is through, and nothing is left of a refused file that a person dismissed.
    """
    found = _DocumentProgress()
    for entry in ledger.events(Event, document=document):
        PROGRESS(found, entry)
    if not found.asked:
        return _waits([found.refused_until], now()) if found.refused else Left(now=True)
    unread = found.asked - found.through
    if unread - found.failed.keys():
        return Left(now=True)
    return _waits([found.failed[number] for number in unread], now())


def _waits(moments: list[Moment], now: datetime) -> Left:
    ahead = [one for one in moments if one is not None]
    if not ahead:
        return Left(now=False)
    return Left(now=any(is_due(one, now) for one in ahead), later=min(ahead))


def _refused(found: _DocumentProgress, entry: Entry[SourceRefused]) -> None:
    found.refused = True
    found.refused_until = due(entry.when, entry.event.tries, entry.event.again is True)


def _dismissed(found: _DocumentProgress, _: Entry[SourceDismissed]) -> None:
    found.refused_until = None


def _registered(found: _DocumentProgress, entry: Entry[SourceRegistered]) -> None:
    found.asked.update(entry.event.requested)


def _through(found: _DocumentProgress, entry: Entry[FindingsRecorded]) -> None:
    found.through.add(entry.event.page)


def _failed(found: _DocumentProgress, entry: Entry[PageFailed]) -> None:
    found.failed[entry.event.page] = due(entry.when, entry.event.tries, entry.event.again)


def _asked(found: _DocumentProgress, entry: Entry[ReadingAsked]) -> None:
    found.failed.pop(entry.event.page, None)


def _decided(found: _DocumentProgress, entry: Entry[Decided]) -> None:
    if entry.event.verdict == Verdict.WAIVE:
        found.through.add(entry.event.page)
    elif not entry.event.finding:
        found.through.discard(entry.event.page)


PROGRESS: Fold[_DocumentProgress] = Fold(
    "progress of a document",
    {
        SourceRefused: _refused,
        SourceDismissed: _dismissed,
        SourceRegistered: _registered,
        FindingsRecorded: _through,
        PageFailed: _failed,
        ReadingAsked: _asked,
        Decided: _decided,
    },
    ignored={
        LedgerOpened, PageRead, Added, Reanchored, SpotChecked, LinesSeen, PolicyStated, SignedOff, Revoked,
        Returned, Answered, TextPublished, SampleDrawn, DefectFound, Inspected, UserChanged, ReportWritten,
        Required, Seeded, Keyed, LettersSeen, TokenGiven, TokenEnded, ScanUploaded,
    },
)  # fmt: skip
"""What each event says of whether anything is left to do for a file."""
