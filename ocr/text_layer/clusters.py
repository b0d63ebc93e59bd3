"""Letters with the marks that stand on them, in rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence, Set
from dataclasses import dataclass, field, replace

import numpy as np

from model.thai import NIKHAHIT, SARA_AA, SARA_AM, THAI_DIGITS
from ocr.letters import RAISED_FORMS
from ocr.text_layer.placing import MARKS, PlacedCharacter, around, once

SAME_LINE = 0.35
"""In ems of the larger one: how far apart the baselines of one line's letters may be."""

LARGER = 1.5
"""How many times larger its em counts than the smaller one's: a letter of a watermark gathers no lines."""

JUST_BEHIND = 0.15
"""In ems: a mark that is drawn behind a letter, its origin so near to the end of the letter, stands on it."""

RAISED = (0.15, 0.75)
"""In ems of the letter before it: how much higher a raised number or note sign stands."""

SMALLER = 0.87
"""A raised sign is at most so large, measured by the letter before it: word processors make it 0.58 to 0.67 times as
large, browsers 0.83."""

BEHIND = (-0.2, 0.4)
"""In ems: where it begins, measured from the end of the letter before it."""

_RAISED_SIGNS = frozenset("0123456789+-−=()n*†‡," + THAI_DIGITS)
_VOWEL_MARKS = frozenset("ัิีึืฺุู็")
_TONE_MARKS = frozenset("่้๊๋")


@dataclass(slots=True)
class Cluster:
    """A letter and the marks that stand on it. `raised`: it stands higher than its line, a note or an exponent."""

    letter: PlacedCharacter
    marks: list[PlacedCharacter] = field(default_factory=list)
    raised: bool = False


def rows_of(letters: Sequence[PlacedCharacter]) -> list[list[Cluster]]:
    """The letters of one direction in rows from the top, each in clusters from the left."""
    clusters: list[Cluster] = []
    marks: list[PlacedCharacter] = []
    for letter in once(letters):
        if letter.text not in MARKS:
            clusters.append(Cluster(letter))
        elif clusters and _stands_on(letter, clusters[-1].letter):
            clusters[-1].marks.append(letter)
        else:
            marks.append(letter)
    rows = _rows(_with_raised(clusters))
    _set_marks(rows, marks)
    return [_composed(row) for row in rows]


def _stands_on(mark: PlacedCharacter, letter: PlacedCharacter) -> bool:
    """Is the mark, drawn behind the letter, one on it? Its place alone would not say: in ทั่ว the mai ek reaches over
    the next letter."""
    near = JUST_BEHIND * mark.size
    middle = (mark.left + mark.right) / 2
    over = letter.at <= middle <= letter.end or abs(mark.at - letter.end) < near
    return over and abs(mark.base - letter.base) < mark.size and letter.text.isalnum()


def _with_raised(clusters: Sequence[Cluster]) -> list[Cluster]:
    """The clusters, raised numbers among them on the baseline of the letter before them and marked as raised."""
    ordered = sorted(clusters, key=lambda cluster: cluster.letter.at)
    starts = np.array([cluster.letter.at for cluster in ordered])
    hosts: dict[int, Cluster] = {}
    for number, cluster in enumerate(ordered):
        if cluster.letter.text in _RAISED_SIGNS:
            host = _host(cluster, ordered, starts, number, hosts)
            if host is not None:
                hosts[id(cluster)] = host
    # Thai digits have no raised forms, and parentheses around them stay as they are.
    plain = {id(hosts[id(sign)]) for sign in ordered if id(sign) in hosts and sign.letter.text in THAI_DIGITS}
    return [_raised(cluster, hosts.get(id(cluster)), plain) for cluster in clusters]


def _raised(cluster: Cluster, host: Cluster | None, plain: Set[int]) -> Cluster:
    if host is None:
        return cluster
    text = cluster.letter.text if id(host) in plain else cluster.letter.text.translate(RAISED_FORMS)
    return Cluster(replace(cluster.letter, text=text, base=host.letter.base), cluster.marks, raised=True)


def _host(
    sign: Cluster, ordered: Sequence[Cluster], starts: np.ndarray, number: int, hosts: dict[int, Cluster]
) -> Cluster | None:
    """The letter of full size behind which a sign stands raised, itself or behind other raised signs."""
    letter = sign.letter
    first = int(np.searchsorted(starts, letter.at - 3 * letter.size))
    for other in reversed(ordered[first:number]):
        before = other.letter
        host = hosts.get(id(other), other)
        em = host.letter.size
        begins = BEHIND[0] * em <= letter.at - before.end <= BEHIND[1] * em
        higher = RAISED[0] * em <= host.letter.base - letter.base <= RAISED[1] * em
        if begins and higher and letter.size <= SMALLER * em:
            same = other is host or abs(before.base - letter.base) < SAME_LINE * letter.size
            if same:
                return host
    return None


def _rows(clusters: Sequence[Cluster]) -> list[list[Cluster]]:
    rows: list[list[Cluster]] = []
    level, size = 0.0, 0.0  # of the row's letters, the usual ones
    for cluster in sorted(clusters, key=lambda c: (c.letter.base, c.letter.at)):
        letter = cluster.letter
        if rows and abs(letter.base - level) < SAME_LINE * min(
            max(letter.size, size), LARGER * min(letter.size, size)
        ):
            rows[-1].append(cluster)
        else:
            rows.append([cluster])
        middle = rows[-1][len(rows[-1]) // 2].letter  # they come in the order of their baselines
        level, size = middle.base, middle.size
    for row in rows:
        row.sort(key=lambda c: c.letter.at)
    return rows


def _set_marks(rows: Sequence[list[Cluster]], marks: Sequence[PlacedCharacter]) -> None:
    """Give each mark to the letter over or under which it stands; a mark without one is a cluster by itself."""
    if not marks:
        return
    bases = np.array([row[0].letter.base for row in rows]) if rows else np.zeros(0)
    starts = [np.array([cluster.letter.at for cluster in row]) for row in rows]
    alone: dict[int, list[Cluster]] = defaultdict(list)
    for mark in marks:
        if not rows:
            break
        middle = (mark.left + mark.right) / 2
        best: tuple[float, Cluster] | None = None
        for number in np.flatnonzero(np.abs(bases - mark.base) < mark.size).tolist():
            first = int(np.searchsorted(starts[number], middle, side="right"))
            for cluster in rows[number][max(0, first - 2) : first + 1]:
                letter = cluster.letter
                aside = max(letter.at - middle, middle - letter.end, 0.0)
                if aside > 0.5 * mark.size or not letter.text.isalnum():
                    continue
                distance = aside + 2 * abs(letter.base - mark.base)
                if best is None or distance < best[0]:
                    best = (distance, cluster)
        if best is not None:
            best[1].marks.append(mark)
        else:
            nearest = int(np.argmin(np.abs(bases - mark.base)))
            alone[nearest].append(Cluster(mark))
    for number, clusters in alone.items():
        rows[number].extend(clusters)
        rows[number].sort(key=lambda c: c.letter.at)


def _composed(row: list[Cluster]) -> list[Cluster]:
    """The row with a nikhahit and the sara aa behind it as sara am, and all marks in their usual order."""
    found: list[Cluster] = []
    for cluster in row:
        before = found[-1] if found else None
        ring = None if before is None else next((m for m in before.marks if m.text == NIKHAHIT), None)
        here = cluster
        if cluster.letter.text == SARA_AA and before is not None and ring is not None:
            before.marks.remove(ring)
            letter = replace(cluster.letter, text=SARA_AM, box=around(ring.box, cluster.letter.box))
            here = Cluster(letter, cluster.marks)
        if here.letter.text in (SARA_AA, SARA_AM) and before is not None and here.marks:
            # What stands over sara aa belongs to the letter in front of it: น้ำ with its tone mark far right.
            before.marks.extend(here.marks)
            here = Cluster(here.letter)
        found.append(here)
    for cluster in found:
        cluster.marks.sort(key=lambda mark: _rank(mark.text))
    return found


def _rank(mark: str) -> int:
    return 0 if mark in _VOWEL_MARKS else 1 if mark in _TONE_MARKS else 2
