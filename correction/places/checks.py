"""Checks of what is already understood: former and future units, classes of local bodies, postcodes.

All are flags. The source may quote an old name on purpose, and our tables end in August 2022.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz.distance import Indel

from correction.places.dates import BUDDHIST, Years, years_of
from correction.places.judgement import Report, SlotJudgement, Trouble
from correction.places.letters import Gap, PlaceCharacters
from correction.places.lookup import Lookup, NameStatus
from correction.places.outline import is_capital_stub
from correction.places.slots import Slot
from dictionaries.gazetteer import Abolished, Body, BodyClass, Level, level_word
from dictionaries.spelling import canonical
from model.evidence import Evidence, EvidenceKind
from model.place import PlaceStatus

_POSTCODE = re.compile(r"ฯ?[^0-9๐-๙\u0e01-\u0e4e]{0,3}(?:รหัสไปรษณีย์)?[.:]?([0-9๐-๙]{5})(?![0-9๐-๙,./-])")
_SHORT_POSTCODE = re.compile(r"[^0-9๐-๙\u0e01-\u0e4e]{0,3}([0-9๐-๙]{4}|[0-9๐-๙]{6})(?![0-9๐-๙,./-])")
_YEAR = re.compile("2[45][0-9]{2}|19[0-9]{2}|20[0-9]{2}")
_ADDRESS = re.compile(
    "เลขที่|ถนน|ถ\\.|หมู่|ม\\.|ซอย|ซ\\.|ตู้\\s?ปณ|ปณ|อาคาร|ศาลากลาง|ที่ว่าการ|สำนักงาน|[0-9๐-๙]/[0-9๐-๙]"
)
"""What an address says in front of its province."""
_DIGITS = {ord("๐") + n: str(n) for n in range(10)}
_LAST_KNOWN_CLASS = 2022
_CHANGES = re.compile("(?:เปลี่ยนแปลงฐานะ|ยกฐานะ|จัดตั้ง|เปลี่ยนชื่อ|เปลี่ยนนาม|ยุบ|อดีต|เดิม|เป็น)(?:ของ|จาก|รวม)?\\Z")
"""What a body stands behind whose class or name the page says to have changed."""
_BEFORE = 20
_PROVINCE_DIGITS = 2
# Where a space inside the word may part two words: "ในเขตเทศบาล ตำบลบางพระ".
_JOINTS = {"เทศบาลตำบล": (6,), "เทศบาลเมือง": (6,), "เทศบาลนคร": (6,), "กิ่งอำเภอ": (4,)}


def check(letters: PlaceCharacters, judgements: Sequence[SlotJudgement], lookup: Lookup) -> None:
    """Add to the judgements what these checks find."""
    years = years_of(letters.source)
    for judgement in judgements:
        if judgement.code:
            _word(judgement, letters)
        if judgement.status is PlaceStatus.REPAIRED and judgement.slot.is_body:
            _class(judgement, letters, lookup, years)
        if judgement.status is not PlaceStatus.EXACT:
            continue
        exact = _name_status(judgement)
        if exact is None:
            continue
        if judgement.slot.is_body:
            _class(judgement, letters, lookup, years)
        elif judgement.code in lookup.abolished:
            _abolished(judgement, lookup.abolished[judgement.code], letters, lookup, years)
        elif exact is NameStatus.FORMER and not is_capital_stub(judgement.slot):
            _former(judgement, letters, lookup, years)
        else:
            _not_yet(judgement, letters, lookup, years)
    for judgement in judgements:
        slot = judgement.slot
        last = slot.level is Level.PROVINCE or (slot.level is Level.DISTRICT and slot.up is None)
        if judgement.code and last and not slot.is_body:
            _postcode(judgement, judgements, letters, lookup)


def _word(judgement: SlotJudgement, letters: PlaceCharacters) -> None:
    """The word before a name that is known has lost marks, or has a space in it."""
    anchor = judgement.slot.anchor
    if anchor is None or not anchor.whole or not anchor.word:
        return
    joints = {anchor.start + at for at in _JOINTS.get(anchor.word, ())}
    gaps = {at: letters.gaps[at] for at in range(anchor.start + 1, anchor.end) if letters.gaps[at]}
    if any(at in joints or gap is not Gap.SPACE for at, gap in gaps.items()) or (anchor.sound and not gaps):
        return
    start_at, end_at = letters.span(anchor.start, anchor.end)
    if letters.source[start_at:end_at] == anchor.word:
        return
    evidence = Evidence(EvidenceKind.PLACE_FOLLOWS, (judgement.name,))
    message = f"The word before {judgement.name} should read {anchor.word}."
    judgement.reports.append(Report(Trouble.WORD, start_at, end_at, anchor.word, message, (evidence,), 0.97))


def _name_status(judgement: SlotJudgement) -> NameStatus | None:
    return next((e.status for e in judgement.slot.exact if e.end == judgement.end), None)


def _flag(
    judgement: SlotJudgement,
    trouble: Trouble,
    letters: PlaceCharacters,
    evidence: Evidence,
    start: int | None = None,
) -> None:
    first = judgement.slot.start if start is None else start
    start_at, end_at = letters.span(first, judgement.end)
    judgement.reports.append(Report(trouble, start_at, end_at, None, judgement.note, (evidence,)))


def _thai_year(date: str) -> str:
    return f"พ.ศ. {int(date[:4]) + BUDDHIST}"


def _former(judgement: SlotJudgement, letters: PlaceCharacters, lookup: Lookup, years: Years | None) -> None:
    written = judgement.slot.run[: judgement.end - judgement.slot.start]
    until = lookup.until.get((judgement.code, written), "")
    area = lookup.gazetteer.area(judgement.code)
    if area is None or not until:
        return
    judgement.status = PlaceStatus.ABOLISHED
    judgement.note = f"Former name: {lookup.gazetteer.full_name(area.code)} since {_thai_year(until)}."
    judgement.name = area.name
    if years is not None and years.main > int(until[:4]):
        evidence = Evidence(EvidenceKind.FORMER_NAME, (written, until, area.name))
        _flag(judgement, Trouble.RENAMED, letters, evidence)


def _abolished(
    judgement: SlotJudgement, unit: Abolished, letters: PlaceCharacters, lookup: Lookup, years: Years | None
) -> None:
    judgement.status = PlaceStatus.ABOLISHED
    judgement.note = _abolished_note(unit, lookup)
    if years is not None and unit.on and years.main > int(unit.on[:4]):
        evidence = Evidence(EvidenceKind.ABOLISHED, (unit.code, unit.on))
        _flag(judgement, Trouble.ABOLISHED, letters, evidence)


def _abolished_note(unit: Abolished, lookup: Lookup) -> str:
    now = ", ".join(lookup.gazetteer.full_name(code) for code in unit.successors)
    when = (
        f"in {_thai_year(unit.on)}" if unit.basis == "notice" else f"by {_thai_year(unit.on)} at the latest"
    )
    return f"{level_word(unit.code)}{unit.name} ended {when}{'; now ' + now if now else ''}."


def _not_yet(judgement: SlotJudgement, letters: PlaceCharacters, lookup: Lookup, years: Years | None) -> None:
    since = lookup.gazetteer.created.get(judgement.code, "")
    if (
        years is None
        or not years.sure
        or not since
        or judgement.code in lookup.renumbered
        or years.latest >= int(since[:4])
    ):
        return
    judgement.status = PlaceStatus.ABOLISHED
    name = lookup.gazetteer.full_name(judgement.code)
    judgement.note = f"{name} exists since {_thai_year(since)}; the page speaks of {years.latest + BUDDHIST}."
    evidence = Evidence(EvidenceKind.CREATED, (lookup.gazetteer.titles(judgement.code), since))
    _flag(judgement, Trouble.NOT_YET, letters, evidence)


def _class(judgement: SlotJudgement, letters: PlaceCharacters, lookup: Lookup, years: Years | None) -> None:
    """A local body of this name is there, but its class is another one."""
    anchor, code = judgement.slot.anchor, judgement.code
    if anchor is None or anchor.body is None or len(code) < 4:
        return
    if years is not None and years.main > _LAST_KNOWN_CLASS:
        return
    name = canonical(judgement.name)
    bodies = [body for body in lookup.gazetteer.bodies_named.get(name, ()) if body.parent == code[:4]]
    if not bodies or any(body.kind is BodyClass.SPECIAL for body in bodies):
        return
    if any(_may_be(body, anchor.body, years) for body in bodies) or _CHANGES.search(
        letters.text, max(anchor.start - _BEFORE, 0), anchor.start
    ):
        return
    titles = tuple(body.title for body in bodies)
    there_is = f"In {lookup.gazetteer.full_name(code[:4])} there is {' or '.join(titles)}."
    judgement.note = f"{judgement.note} {there_is}".lstrip()
    evidence = Evidence(EvidenceKind.CLASS_OF_BODY, (titles, bodies[0].since))
    _flag(judgement, Trouble.CLASS, letters, evidence, anchor.start)


def _may_be(body: Body, written: BodyClass, years: Years | None) -> bool:
    if written in {body.kind, body.class_2017} or not body.since:
        return True
    return years is not None and years.main <= int(body.since[:4])


def _postcode(
    judgement: SlotJudgement, judgements: Sequence[SlotJudgement], letters: PlaceCharacters, lookup: Lookup
) -> None:
    """The five digits behind a chain, held against the postcodes of its smallest place."""
    match = _POSTCODE.match(letters.text, judgement.end)
    cut = None if match else _SHORT_POSTCODE.match(letters.text, judgement.end)
    match = match or (cut if cut and _ends_an_address(letters, cut) else None)
    if match is None or any(gap >= Gap.CELL for gap in letters.gaps[judgement.end : match.end()]):
        return
    slot = judgement.slot
    chain = [j for j in judgements if _belongs(j.slot, slot) and j.code[:2] == judgement.code[:2]]
    code = max((j.code for j in chain if not j.slot.is_body), key=len, default=judgement.code)
    allowed = {p for area in lookup.below(code) for p in area.postcodes}
    written = match.group(1).translate(_DIGITS)
    if not chain and not _ends_an_address(letters, match):
        return  # จังหวัดสตูล 12345 คน
    if cut and not any(Indel.distance(written, postcode) == 1 for postcode in allowed):
        return  # a number of another kind: a year, people
    if cut and not chain and (_YEAR.fullmatch(written) or not _ADDRESS.search(_line_before(letters, slot))):
        return
    if len(code) == _PROVINCE_DIGITS:
        allowed = {
            written if not cut and postcode[:2] == written[:2] else f"{postcode[:2]}xxx"
            for postcode in allowed
        }
    if not allowed or written in allowed:
        return
    start_at, end_at = letters.span(match.start(1), match.end(1))
    name = lookup.gazetteer.full_name(code)
    message = f"The postcode of {name} is {' or '.join(sorted(allowed))}, not {written}."
    evidence = Evidence(
        EvidenceKind.POSTCODES, (lookup.gazetteer.titles(code), tuple(sorted(allowed)), written)
    )
    judgement.reports.append(Report(Trouble.POSTCODE, start_at, end_at, None, message, (evidence,)))


def _ends_an_address(letters: PlaceCharacters, match: re.Match[str]) -> bool:
    """Whether five digits are called a postcode, or nothing stands behind them in their line."""
    end = match.end()
    return "รหัส" in match[0] or end == len(letters.text) or letters.gaps[end] >= Gap.LINE


def _line_before(letters: PlaceCharacters, slot: Slot) -> str:
    """What stands in the line in front of a name."""
    start = letters.starts[slot.start if slot.anchor is None else slot.anchor.start]
    return letters.source[letters.source.rfind("\n", 0, start) + 1 : start]


def _belongs(slot: Slot, province: Slot) -> bool:
    up = slot.up
    return up is province or (up is not None and up.up is province)
