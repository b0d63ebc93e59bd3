"""Which proposals stand. Nothing is dropped: what does not stand says why.

Two proposals are rivals when their spans share a character, or both insert at one place. Among rivals

1. what a person accepted beats what nobody decided; what was rejected never stands;
2. a proposal beats whatever it supersedes, directly or through others that it supersedes;
3. otherwise rank decides: safety, then the safety of what it supersedes, length, confidence, code.

Proposals are taken best rank first and stand when they are clear of every winner so far, so a loser never
takes a bystander down with it.

Superseding is a right over what was absorbed and over nothing else. It works by waiting: a proposal is not
taken before all that supersede it are settled. If one of them stands, the proposal loses to it, for it
covers the same ground. If it loses to a third, or was rejected, or is below the floor, the proposal is taken
at its own rank as though nothing had ever superseded it. A superseder keeps its own safety, so one of level
REVIEW that absorbed a SAFE edit still loses to any other SAFE edit; only among proposals as safe as itself
does it rank by what it absorbed (and nobody rejected), because a rival that beat it would beat that as well.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from heapq import heapify, heappop, heappush

from model.edit import Edit, Proposal, Safety, Standing

# What `Standing.beaten_by` says where no winner's id can stand. Ids are hexadecimal: no clash.
REJECTED = "rejected"
BELOW_FLOOR = "below floor"

_Rank = tuple[int, int, int, float, str, int, int, str, str]


def resolve(
    proposals: Sequence[Proposal],
    floor: Safety = Safety.REVIEW,
    decided: Mapping[str, bool] | None = None,
) -> tuple[Standing, ...]:
    """Say of every proposal whether it stands, in order of place.

    `floor` is the lowest safety that may stand undecided. `decided` maps ids to True where people
    accepted and to False where they rejected; an accepted proposal may stand whatever its safety.
    `beaten_by` is the winner's id, `REJECTED` or `BELOW_FLOOR`. Takes O(n log n) for n proposals and the
    edits that they supersede; the result does not depend on the order of the input.

    Raises:
        ValueError: two proposals share an id, or proposals supersede each other in a circle.
    """
    verdicts = decided or {}
    by_id = {p.id: p for p in proposals}
    if len(by_id) != len(proposals):
        raise ValueError("two proposals share an id")
    order = _Order(by_id, rejected={key for key in by_id if verdicts.get(key) is False})
    beaten: dict[str, str] = {}
    winners = _Winners()
    accepted = {key for key in by_id if verdicts.get(key) is True}
    open_ = {key for key, p in by_id.items() if p.safety >= floor and key not in verdicts}
    for contenders in (accepted, open_):
        for proposal in order.best_first(contenders.__contains__):
            rival = winners.rival_of(proposal)
            if rival is None:
                winners.add(proposal)
            else:
                beaten[proposal.id] = rival
    for key in by_id.keys() - accepted - open_:
        beaten[key] = REJECTED if verdicts.get(key) is False else BELOW_FLOOR
    ordered = sorted(proposals, key=lambda p: (p.edit.span, p.rule, p.edit.after, p.id))
    return tuple(Standing(p, beaten.get(p.id)) for p in ordered)


def winning_edits(standings: Iterable[Standing]) -> tuple[Edit, ...]:
    """The edits that stand, disjoint and in order of place."""
    return tuple(sorted(s.proposal.edit for s in standings if s.stands))


class _Winners:
    """Disjoint spans, ordered, with the id that holds each."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._ids: list[str] = []

    def rival_of(self, proposal: Proposal) -> str | None:
        """The first winner that shares a character with the proposal. Two insertions at one place are
        rivals too: they would have no order."""
        span = proposal.edit.span
        index = bisect_right(self._ends, span.start)
        if not span and index and self._starts[index - 1] == self._ends[index - 1] == span.start:
            return self._ids[index - 1]
        if index < len(self._starts) and self._starts[index] < span.end:
            return self._ids[index]
        return None

    def add(self, proposal: Proposal) -> None:
        span = proposal.edit.span
        index = bisect_right(self._ends, span.start)
        self._starts.insert(index, span.start)
        self._ends.insert(index, span.end)
        self._ids.insert(index, proposal.id)


class _Order:
    """Hands proposals out best rank first, each after all that supersede it."""

    def __init__(self, by_id: Mapping[str, Proposal], rejected: Set[str]) -> None:
        self._by_id = by_id
        # Superseded proposals that are not here (another layer's, another run's) hold nothing up.
        self._absorbed = {
            key: tuple(dict.fromkeys(other for other in p.supersedes if other in by_id))
            for key, p in by_id.items()
        }
        self._waits_for = dict.fromkeys(by_id, 0)
        for absorbed in self._absorbed.values():
            for key in absorbed:
                self._waits_for[key] += 1
        first_to_last = self._superseders_first()
        inherited: dict[str, Safety] = {}
        for key in reversed(first_to_last):
            below = (
                inherited[k] if k in rejected else max(inherited[k], by_id[k].safety)
                for k in self._absorbed[key]
            )
            inherited[key] = max(below, default=Safety.FLAG)
        self._rank: dict[str, _Rank] = {key: _rank(p, inherited[key]) for key, p in by_id.items()}

    def _superseders_first(self) -> list[str]:
        waits = dict(self._waits_for)
        ready = [key for key, count in waits.items() if count == 0]
        for key in ready:  # grows while it is walked
            for other in self._absorbed[key]:
                waits[other] -= 1
                if waits[other] == 0:
                    ready.append(other)
        if len(ready) != len(waits):
            raise ValueError("proposals supersede each other in a circle")
        return ready

    def best_first(self, contends: Callable[[str], bool]) -> Iterable[Proposal]:
        """The contenders by rank. Others only pass on whom their superseders are waited for by."""
        waits = dict(self._waits_for)
        # Those who do not contend sort in front of all: they are settled as soon as they are reached.
        heap = [(contends(key), self._rank[key], key) for key, count in waits.items() if count == 0]
        heapify(heap)
        while heap:
            contending, _, key = heappop(heap)
            if contending:
                yield self._by_id[key]
            for other in self._absorbed[key]:
                waits[other] -= 1
                if waits[other] == 0:
                    heappush(heap, (contends(other), self._rank[other], other))


def _rank(p: Proposal, inherited: Safety) -> _Rank:
    """Smaller is better. What follows the rule's code only makes the order total."""
    span = p.edit.span
    return (
        -p.safety, -inherited, -len(span), -p.confidence, p.rule,
        span.start, span.end, p.edit.after, p.id,
    )  # fmt: skip
