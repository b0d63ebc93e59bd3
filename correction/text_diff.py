"""A diff of a text and its corrections, for people at a terminal.

    line 5
    - พบว่า เทศบาลต[-◌ํา-]บลชมภู
    + พบว่า เทศบาลต{+◌ำ+}บลชมภู
      ENC001 safe 259-261: NIKHAHIT, SARA AA -> SARA AM. Sara am is written as nikhahit and sara aa.

It is made of plain characters, the same for the same findings, and safe to print whatever the text holds.
A mark that would sit on a bracket stands on a dotted circle, spaces that change are shown as ␣, and what has
no glyph by its code point.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate

from correction.visible import carried, names, shown
from model.edit import Flag, Proposal, Safety, Span

LEVELS = {Safety.SAFE: "safe", Safety.REVIEW: "review", Safety.FLAG: "flag"}
_NAMED_AT_MOST = 4  # characters; longer replacements are read as words
_CONTEXT = 60  # characters of unchanged text on either side of a change


def render_diff(text: str, proposals: Sequence[Proposal], flags: Sequence[Flag]) -> str:
    """Every group of changed lines before and after with the reasons, the flags, and a count.

    `proposals` are disjoint and in order of place. Ends in a newline.
    """
    page = _Lines(text)
    entries = [(group[0].edit.span, page.change(group)) for group in page.groups(proposals)]
    entries += [(flag.span, page.flag(flag)) for flag in flags]
    entries.sort(key=lambda entry: entry[0].start)
    return "\n".join([*(entry for _, entry in entries), _count(proposals, flags)]) + "\n"


def _count(proposals: Sequence[Proposal], flags: Sequence[Flag]) -> str:
    if not proposals and not flags:
        return "Nothing to correct."
    levels = Counter(p.safety for p in proposals)
    return (
        f"{_number(len(proposals), 'correction')} "
        f"({levels[Safety.SAFE]} safe, {levels[Safety.REVIEW]} for review), {_number(len(flags), 'flag')}."
    )


def _number(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


class _Lines:
    """A text and where its lines begin."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = list(accumulate((len(row) + 1 for row in text.split("\n")), initial=0))[:-1]

    def groups(self, proposals: Sequence[Proposal]) -> list[list[Proposal]]:
        """Proposals that share a line together; one that changes a line end shares the next line too."""
        groups: list[list[Proposal]] = []
        last = -1
        for proposal in proposals:
            first = self._line(proposal.edit.span.start)
            if groups and first <= last:
                groups[-1].append(proposal)
            else:
                groups.append([proposal])
            end = proposal.edit.span.end
            last = max(last, self._line(end if "\n" in proposal.edit.before else end - 1))
        return groups

    def change(self, group: Sequence[Proposal]) -> str:
        """The lines of a group, before and after, and why they change."""
        spans = [p.edit.span for p in group]
        start = self._starts[self._line(spans[0].start)]
        end = self._end_of_line(spans[-1].end if "\n" in group[-1].edit.before else spans[-1].end - 1)
        edges = [start, *(edge for span in spans for edge in (span.start, span.end)), end]
        kept = [
            _kept(self._text[a:b], first=a == start, last=b == end)
            for a, b in zip(edges[::2], edges[1::2], strict=True)
        ]
        before = [f"[-{_changed(p.edit.before)}-]" for p in group]
        after = [f"{{+{_changed(p.edit.after)}+}}" if p.edit.after else "" for p in group]
        rows = [f"line {self._line(spans[0].start) + 1}"]
        rows += _rows("- ", kept, before)
        rows += _rows("+ ", kept, after)
        rows += [f"  {_reason(p)}" for p in group]
        return "\n".join(rows)

    def flag(self, flag: Flag) -> str:
        """A flag with the line it stands on; what is flagged is marked."""
        span = flag.span
        line = self._line(span.start)
        start, end = self._starts[line], self._end_of_line(span.start)
        inside = Span(span.start, max(min(span.end, end), span.start))
        quoted = self._text[inside.start : inside.end]
        if len(quoted) > _CONTEXT:
            quoted = quoted[:_CONTEXT] + "…"
        kept = [
            _kept(self._text[start : inside.start], first=True, last=False),
            _kept(self._text[inside.end : end], first=False, last=True),
        ]
        (row,) = _rows("! ", kept, [f"[?{_changed(quoted)}?]"])
        return f"line {line + 1}\n{row}\n  {flag.rule} flag {span.start}-{span.end}: {flag.message}"

    def _line(self, at: int) -> int:
        return bisect_right(self._starts, at) - 1

    def _end_of_line(self, at: int) -> int:
        line = self._line(at) + 1
        return self._starts[line] - 1 if line < len(self._starts) else len(self._text)


def _kept(piece: str, *, first: bool, last: bool) -> str:
    """Unchanged text between two changes, or in front of the first and behind the last, cut when long."""
    rows = piece.replace("\r\n", "\n").removesuffix("\r") if last else piece.replace("\r\n", "\n")
    if first and len(rows) > _CONTEXT:
        rows = "…" + rows[-_CONTEXT:]
    elif last and len(rows) > _CONTEXT:
        rows = rows[:_CONTEXT] + "…"
    elif len(rows) > 2 * _CONTEXT:
        rows = rows[:_CONTEXT] + "…" + rows[-_CONTEXT:]
    return "\n".join(shown(row) for row in rows.split("\n"))


def _rows(sign: str, kept: Sequence[str], changed: Sequence[str]) -> list[str]:
    """Kept and changed pieces in turn as signed lines; no mark sits on a bracket or on the sign."""
    row = kept[0]
    for change, keep in zip(changed, kept[1:], strict=True):
        row += change
        row += carried(keep) if row.endswith(("-]", "+}", "?]")) else keep
    return [sign + carried(r) for r in row.split("\n")]


def _changed(text: str) -> str:
    return carried(shown(text, spaces=True))


def _reason(proposal: Proposal) -> str:
    edit = proposal.edit
    if max(len(edit.before), len(edit.after)) <= _NAMED_AT_MOST:
        what = f"{names(edit.before)} -> {names(edit.after)}"
    else:
        what = f"{_changed(edit.before)} -> {_changed(edit.after) or 'nothing'}"
    place = f"{edit.span.start}-{edit.span.end}"
    return f"{proposal.rule} {LEVELS[proposal.safety]} {place}: {what}. {proposal.message}"
