"""Where a person's own text goes: from an edited line, from a place on the scan, to spans of the raw text.

Nothing comes in as an offset: a browser counts differently. A line is named by its number and the text that
was shown, a place by a rectangle on the upright page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from model.box import Box
from model.edit import Span
from model.errors import Outdated, UsageError
from model.geometry import to_page, to_upright
from model.page import Page
from model.state import PageState
from model.thai import is_mark
from reports.lines import Piece, Row, rows

_APART = 4  # letters between two changes of a line, so that they are two
_TALL = 1.8  # line heights; a taller rectangle is no word of the line


@dataclass(frozen=True, slots=True)
class Draft:
    """A text for a place: `before` stands at `span` of the raw text; `box` is in pixels of the page image.

    `instead`: where the span is empty and somebody has put a text in there, this one has that in it and takes its
    place. `moves`: it has what stood there in another order, so what was accepted there still stands in it.
    """

    span: Span
    before: str
    after: str
    box: Box | None
    instead: bool = False
    moves: bool = False


def current_rows(state: PageState) -> tuple[Row, ...]:
    """The rows of a page as the review page shows them."""
    if state.page is None:
        return ()
    return rows(state.page.reading.text, [one.edit for one in state.shown])


def row_text(row: Row) -> str:
    """A row as it stands now, without the newline that ends it."""
    return row.corrected.removesuffix("\n")


def reads_as_shown(row: Row, was: str) -> bool:
    """Whether a row still reads as somebody was shown it."""
    return row_text(row) == was


def rows_as_shown(state: PageState, first: int, was: Sequence[str], least: int = 1) -> tuple[Row, ...]:
    """The rows of a page from number `first` on, as many as `was` has texts that somebody was shown of them, which are
    `least` at least.

    Raises:
        UsageError: the page was not read.
        Outdated: they do not read so any more, or there are no such rows.
    """
    _page(state)
    found = current_rows(state)[first : first + len(was)] if first >= 0 else ()
    if len(was) < least or len(found) != len(was) or not all(map(reads_as_shown, found, was)):
        raise Outdated(
            f"Line {first + 1} of page {state.number} has changed since it was shown.",
            remedy="Nothing was recorded; look at it again.",
        )
    return found


def edited_line(state: PageState, line: int, was: str, text: str) -> tuple[Draft, ...]:
    """The changes that make of a line what somebody wrote, each of its own; `was` is what they had before
    them.

    Raises:
        Outdated: the line does not read so any more.
        UsageError: nothing is changed, or the line cannot be edited as a whole.
    """
    (row,) = rows_as_shown(state, line, (was,))
    return drafts_of(state, row.pieces, was, text)


def drafts_of(state: PageState, pieces: Sequence[Piece], was: str, text: str) -> tuple[Draft, ...]:
    """The changes that make `text` of `was`, which is what these pieces of the page now say; raises as
    `edited_line`."""
    page = _page(state)
    if "\r" in was:
        raise UsageError("The line holds control characters.", remedy="Decide about these first.")
    drafts = []
    for start, end, new in _hunks(was, text):
        span, after = _raw(pieces, *_with_insertion(pieces, start, end, new))
        before = page.reading.text[span.start : span.end]
        if before != after or any(one.edit.span == span for one in state.shown):
            drafts.append(Draft(span, before, after, place_of(page, span), instead=True))
    if not drafts:
        raise UsageError("Nothing is changed.", remedy="Write the line as it should be.")
    return tuple(drafts)


def struck_line(state: PageState, line: int, was: str) -> Draft:
    """A line taken out of the text with its line end; raises as `edited_line`."""
    page, (row,) = _page(state), rows_as_shown(state, line, (was,))
    raw = page.reading.text
    return Draft(row.span, raw[row.span.start : row.span.end], "", place_of(page, row.span))


def inserted_line(state: PageState, line: int, was: str, text: str) -> Draft:
    """A line that the reader missed, behind a line, or before all with `line` -1; raises as `edited_line`."""
    page = _page(state)
    if not text.strip():
        raise nothing_to_put_in()
    if not page.reading.text:
        return Draft(Span(0, 0), "", text, _whole(page))
    found = current_rows(state)
    above = None if line == -1 else rows_as_shown(state, line, (was,))[0]
    below = found[line + 1] if line + 1 < len(found) else None
    return _beside(state, _new_line(page, above, below, text, _between(page, above, below)))


def drawn(state: PageState, box: Box, text: str) -> Draft:
    """A text at a rectangle of the upright page: a word into its line, or a line of its own.

    Raises:
        UsageError: the rectangle lies outside the page.
    """
    page = _page(state)
    if not text.strip():
        raise nothing_to_put_in()
    place = to_page(box, page.preparation, page.width, page.height)
    if not (0 <= place.left < place.right <= page.width and 0 <= place.top < place.bottom <= page.height):
        raise UsageError("The place lies outside the page.", remedy="Draw it on the scan.")
    if not page.reading.text:
        return Draft(Span(0, 0), "", text, place)
    middle = (box.top + box.bottom) / 2
    found = current_rows(state)
    above = -1
    for index, row in enumerate(found):
        for line in row.lines:
            lit = _upright(page, line)
            if lit is None:
                continue
            if lit.top <= middle < lit.bottom and box.height <= _TALL * lit.height and "\n" not in text:
                at = _outside_edits(state, _within(page, line, (box.left + box.right) / 2))
                return _beside(state, Draft(Span(at, at), "", text, place))
            if (lit.top + lit.bottom) / 2 < middle:
                above = index
    before = found[above] if above >= 0 else None
    behind = found[above + 1] if above + 1 < len(found) else None
    return _beside(state, _new_line(page, before, behind, text, place))


def nothing_to_put_in() -> UsageError:
    """What is said to who puts in nothing but white space."""
    return UsageError("There is no text to put in.", remedy="Write what stands on the page.")


def _page(state: PageState) -> Page:
    if state.page is None:
        raise UsageError(f"Page {state.number} was not read.", remedy="Write its whole text.")
    return state.page


def _hunks(was: str, text: str) -> list[tuple[int, int, str]]:
    """Changes from `was` to `text`: start and end in `was`, and what comes there."""
    found: list[tuple[int, int, int, int]] = []
    for kind, i, j, k, m in SequenceMatcher(None, was, text, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        if found and i - found[-1][1] < _APART:
            first = found.pop()
            found.append((first[0], j, first[2], m))
        else:
            found.append((i, j, k, m))
    return [(i, j, text[k:m]) for i, j, k, m in found]


def _with_insertion(pieces: Sequence[Piece], start: int, end: int, after: str) -> tuple[int, int, str]:
    """A change of the row's text, with what was put in by hand where it touches that: two texts that are put in at one
    place would have no order."""
    at = 0
    for piece in pieces:
        stop = at + len(piece.corrected)
        if piece.edit is not None and not len(piece.span) and at <= end and start <= stop:
            after = piece.corrected[: max(0, start - at)] + after + piece.corrected[max(0, end - at) :]
            start, end = min(start, at), max(end, stop)
        at = stop
    return start, end, after


def _beside(state: PageState, draft: Draft) -> Draft:
    """A text that is put in where another was put in before it, with that one: behind it at the text's end and inside
    a line, else before it, for there it belongs to the line below."""
    there = next((one.edit for one in state.shown if one.edit.span == draft.span), None)
    if there is None or len(draft.span):
        return draft
    before = draft.after.endswith("\n")
    both = draft.after + there.after if before else there.after + draft.after
    return replace(draft, after=both, instead=True)


def _raw(pieces: Sequence[Piece], start: int, end: int, after: str) -> tuple[Span, str]:
    """A change of the row's text as a change of the raw text. A correction that it touches is taken in whole."""
    whole = "".join(piece.corrected for piece in pieces)
    places = _places(pieces)
    while places[start] is None:
        start -= 1
        after = whole[start] + after
    while places[end] is None:
        after += whole[end]
        end += 1
    first, last = places[start], places[end]
    if first is None or last is None:
        raise AssertionError("a row begins and ends between corrections")
    return Span(first[0] if start == end else first[1], last[0]), after


def _places(pieces: Sequence[Piece]) -> list[tuple[int, int] | None]:
    """For each place between two letters of the row's text where it lies in the raw text: before and behind
    what was taken out there. None inside a correction."""
    at = pieces[0].span.start if pieces else 0
    found: list[tuple[int, int] | None] = [(at, at)]
    for piece in pieces:
        end = piece.span.end
        if piece.edit is None:
            found += [(one, one) for one in range(piece.span.start + 1, end + 1)]
        elif piece.corrected:
            found += [*([None] * (len(piece.corrected) - 1)), (end, end)]
        else:
            before = found[-1]
            found[-1] = (end if before is None else before[0], end)
    return found


def _new_line(page: Page, above: Row | None, below: Row | None, text: str, box: Box | None) -> Draft:
    if below is not None:
        return Draft(Span(below.span.start, below.span.start), "", text + "\n", box)
    end = len(page.reading.text)
    if above is not None and above.corrected.endswith("\n"):
        return Draft(Span(end, end), "", text, box)
    return Draft(Span(end, end), "", "\n" + text, box)


def _within(page: Page, line: Span, x: float) -> int:
    """Behind which letter of a line a place lies, never between a letter and its marks."""
    text = page.reading.text
    for at in range(line.start, line.end):
        lit = _upright(page, Span(at, at + 1))
        if lit is not None and not is_mark(text[at]) and (lit.left + lit.right) / 2 > x:
            return at
    return line.end


def _outside_edits(state: PageState, at: int) -> int:
    for one in state.shown:
        if one.edit.span.start < at < one.edit.span.end:
            return one.edit.span.end
    return at


def _upright(page: Page, span: Span) -> Box | None:
    box = page.reading.box_of(span)
    return None if box is None else to_upright(box, page.preparation, page.width, page.height)


def place_of(page: Page, span: Span) -> Box | None:
    """Where a span lies: around its letters, or around the letters beside it."""
    reading = page.reading
    return reading.box_of(span) or reading.box_of(Span(max(0, span.start - 2), span.end + 2)) or _whole(page)


def _between(page: Page, above: Row | None, below: Row | None) -> Box | None:
    """The paper between two rows; where it is not known, around them."""
    known = [
        lit
        for row in (above, below)
        if row is not None and (lit := page.reading.box_of(row.span)) is not None
    ]
    if len(known) == 2 and known[1].top > known[0].bottom:
        return Box(known[0].left, known[0].bottom, max(known[0].right, known[0].left), known[1].top)
    return known[0] if known else _whole(page)


def _whole(page: Page) -> Box | None:
    return Box(0, 0, page.width, page.height) if page.image_sha256 else None
