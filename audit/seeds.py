"""Is a letter that was changed on purpose in what somebody was shown in a text that was published?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from audit.audited_page import AuditedPage
from ledger.event import Entry
from ledger.events.seeded import Seeded
from model.decision import AppliedEdit, Published
from model.edit import text_sha256


def unsound_seed(page: AuditedPage, entry: Entry[Seeded]) -> Iterator[str]:
    """What is wrong with the record of a letter that was put back, in words."""
    event = entry.event
    if page.raw is None or event.reading_sha256 != text_sha256(page.raw):
        return  # of a reading that was replaced meanwhile
    one_letter = len(event.before) == len(event.shown) == 1 and event.before != event.shown
    if not one_letter or page.raw[event.start : event.start + 1] != event.before:
        yield f"says that a letter was put back at {event.start} which the page does not have"


def published_seeds(page: AuditedPage, published: Published) -> Iterator[str]:
    """Letters in a published text that somebody was shown in place of what was read, and did not write themselves
    after it was put back. Where no edit is, the text is as it was read."""
    for entry in page.seeded:
        event = entry.event
        if published.reading_sha256 not in ("", event.reading_sha256):
            continue
        for applied in published.edits:
            if _puts_in(applied, event) and not _written_after(page, applied, entry):
                yield (
                    f"has {event.shown!r} at {event.start} of its reading, which {event.who.name} "
                    f"({event.who.account}) was shown on purpose in place of {event.before!r}"
                )


def _puts_in(applied: AppliedEdit, event: Seeded) -> bool:
    """True when an edit may put the letter where it was shown: between the same two letters."""
    edit = applied.edit
    at = event.start - edit.span.start
    if not 0 <= at < len(edit.before):
        return False
    around = edit.before[max(0, at - 1) : at], edit.before[at + 1 : at + 2]
    shown = event.shown.join(around)
    return edit.after.count(shown) > edit.before.count(shown)


def _written_after(page: AuditedPage, applied: AppliedEdit, seed: Entry[Seeded]) -> bool:
    """True when whoever was shown the letter has nothing to do with the edit, or decided about it in a later step than
    the one in which the letter was put back."""
    mine: Sequence[int] = [
        number
        for number, one in page.by_number.items()
        if one.subject.finding == applied.finding
        and one.who.account == seed.event.who.account
        and not one.by_policy
    ]
    newest = max(mine, default=None)
    return newest is None or (newest > seed.seq and page.by_number[newest].when != seed.when)
