"""Which areas fit what is written: joint costs over a chain or a list, in nats, cheapest first.

The cost of a chain is the sum over its names. A name costs what its damage costs; it can also be given up,
as unreadable or, when it is exactly some other place's name, as a mistake of the author.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from correction.places.lookup import Lookup
from correction.places.outline import is_capital_stub
from correction.places.slots import REAL_WORD, UNREADABLE, WRONG_DISTRICT, Slot
from dictionaries.gazetteer import BANGKOK, Level

_SHORTLIST = 12
_ELSEWHERE = 20
_KNOWN_MISTAKE = 1.0
_EXPLAINED = 3.0
_VOTERS = 6
_VOTE = 6.0


@dataclass(frozen=True, slots=True)
class Fit:
    """How one slot fits one area: nats, how many letters the name takes, in which spelling; `given_up` when
    the slot's name is not that area's at all, `exact` when it is written as it should be. An exact name costs
    something where more letters follow, since it may be the beginning of a longer one."""

    cost: float
    length: int
    spelling: str
    given_up: bool = False
    exact: bool = False


def fit(slot: Slot, code: str, lookup: Lookup) -> Fit:
    """How the slot's letters fit the area with this code."""
    exact = slot.exactly(code)
    if exact is not None:
        length = exact.end - slot.start
        found = Fit(slot.tail(length), length, slot.run[:length], exact=True)
        return found if found.cost < 1 else _longer(slot, found, lookup.spellings.get(code, ()))
    if is_capital_stub(slot):
        stub = len("เมือง") + (slot.run[len("เมือง") :][:1] == "\u0e2f")
        if lookup.capitals.get(code[:2]) == code:
            return Fit(0.0, stub, slot.run[:stub], exact=True)
        return Fit(WRONG_DISTRICT, stub, "", given_up=True)
    for mistake in lookup.gazetteer.misspelt.get(code, ()):
        if slot.run.startswith(mistake) and slot.tail(len(mistake)) < 1:
            return Fit(_KNOWN_MISTAKE, len(mistake), lookup.spellings[code][0])
    return fit_spellings(slot, lookup.spellings[code])


def _longer(slot: Slot, found: Fit, spellings: Iterable[str]) -> Fit:
    """A damaged long form instead of the exact short one that it begins with, when it explains the letters
    that the short one leaves over: นครศรีธรรรมราช is not นครศรี."""
    for spelling in spellings:
        if spelling == found.spelling:
            continue
        cost, length = slot.fit(spelling, UNREADABLE)
        if length > found.length + 1 and cost <= _EXPLAINED * (length - found.length):
            return Fit(cost, length, spelling)
    return found


def fit_spellings(slot: Slot, spellings: Iterable[str]) -> Fit:
    """How the slot's letters fit the best of some spellings, none of which is written exactly there."""
    limit = slot.giving_up
    best = Fit(limit, len(slot.exact_name), "", given_up=True)
    extra = REAL_WORD if slot.sound else 0.0
    for spelling in spellings:
        cost, length = slot.fit(spelling, limit)
        if cost + extra < best.cost:
            best = Fit(cost + extra, length, spelling)
    return best


@dataclass(frozen=True, slots=True)
class Repair:
    """A slot's right name: the area's code, how it fits, by how many nats it beats the next one, that one's
    code ("" for none that comes near), and in words where the name was looked for."""

    code: str
    fit: Fit
    margin: float
    runner_up: str
    where: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A district (or province) that a chain may mean, with what the chain then costs."""

    code: str
    total: float
    district: Fit | None
    province: Fit | None


def rank_districts(
    lookup: Lookup,
    district: Slot | None,
    province: Slot | None,
    members: Sequence[Slot] = (),
    near: Iterable[str] = (),
) -> list[Candidate]:
    """The districts that fit, cheapest first: by their own name, the province's, and the subdistricts that
    stand under them. `near` holds the provinces that the page speaks of; others cost a little more when the
    chain names no province itself."""
    members = members[:_VOTERS]
    near = set(near)
    candidates = []
    for code in _shortlist(lookup, district, province, members):
        own = fit(district, code, lookup) if district else None
        above = fit(province, code[:2], lookup) if province else None
        total = (own.cost if own else 0.0) + (above.cost if above else 0.0)
        if province is None and near and code[:2] not in near:
            total += _VOTE
        total += sum(min(best_child(slot, code, lookup).cost, _VOTE) for slot in members)
        candidates.append(Candidate(code, total, own, above))
    return sorted(candidates, key=lambda c: (c.total, c.code))


def _shortlist(
    lookup: Lookup, district: Slot | None, province: Slot | None, members: Sequence[Slot]
) -> Iterable[str]:
    codes = lookup.codes(Level.DISTRICT)
    _, provinces = lookup.ancestors[Level.DISTRICT]
    total = np.zeros(len(codes), dtype=np.int32)
    if district is not None and not is_capital_stub(district):
        total += np.minimum(district.distances(Level.DISTRICT, lookup), 4)
    if province is not None:
        total += np.minimum(province.distances(Level.PROVINCE, lookup), 4)[provinces]
    starts = lookup.first_subdistrict
    for slot in members:
        total += np.minimum(np.minimum.reduceat(slot.distances(Level.SUBDISTRICT, lookup), starts), 3)
    if district is not None and district.in_bangkok:
        total += np.array([0 if code.startswith(BANGKOK) else _ELSEWHERE for code in codes], dtype=np.int32)
    chosen = {codes[i] for i in np.argsort(total, kind="stable")[:_SHORTLIST]}
    if district is not None:
        if is_capital_stub(district):
            chosen |= set(lookup.capitals.values())
        for exact in district.exact:
            chosen.update(code for code in exact.codes if code in lookup.spellings)
    for slot in members:
        for exact in slot.exact[:1]:
            if len(exact.codes) < _SHORTLIST:
                chosen.update(code[:4] for code in exact.codes if code[:4] in lookup.spellings)
    if district is not None and district.in_bangkok:
        chosen = {code for code in chosen if code.startswith(BANGKOK)} or chosen
    return sorted(chosen)


def best_child(slot: Slot, parent: str, lookup: Lookup) -> Fit:
    """The best fit of a slot among the areas directly below `parent`."""
    return min(
        (fit(slot, area.code, lookup) for area in lookup.gazetteer.children(parent)), key=lambda f: f.cost
    )


def rank_codes(slot: Slot, codes: Iterable[str], lookup: Lookup) -> list[tuple[Fit, str]]:
    """How the slot fits each of some areas, the best first."""
    return sorted(
        ((fit(slot, code, lookup), code) for code in codes), key=lambda pair: (pair[0].cost, pair[1])
    )


def rank_provinces(slot: Slot, lookup: Lookup) -> list[tuple[Fit, str]]:
    """How the slot fits each province, the best first."""
    return rank_codes(slot, lookup.codes(Level.PROVINCE), lookup)
