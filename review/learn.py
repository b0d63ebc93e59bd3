"""What decisions teach: confusions of letters, words to leave alone, changes not to propose again, rules to lower.

Everything is computed from the ledger anew each time, so learning twice is learning once. Nothing takes effect before
its lines stand in the workspace's dictionaries; the ledger is only read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from correction.in_force import newest_by_account
from correction.suppressions import Place, place_of
from dictionaries.learned import Learned, Leave, learned_from, lines_of
from ledger.events.findings_recorded import FindingsRecorded
from ledger.history import PageHistory, document_ids, read_history
from ledger.ledger import Ledger
from model.addition import TEXT as OWN_TEXT
from model.addition import with_additions
from model.alignment import single_edits
from model.counted import counted
from model.decision import CARRIED_WAY, SAYS_NOTHING_OF_THE_RULE, Decision, Verdict
from model.edit import Finding, Proposal, Safety
from reports.atomic import write_atomically
from reports.precision import RulePrecision, precisions
from workspace.codec import decode_findings, decode_page
from workspace.store import BlobStore
from workspace.workspace import Workspace

FILE = "learned.txt"
"""Where it is kept, in the workspace's `dictionaries` folder."""
OFTEN = 2
"""Rejections of the same change in the same words after which it is left."""
OFTEN_FOR_A_WORD = 3
"""Rejections after which a word is taken for right wherever it stands."""
_REPEATED = (*SAYS_NOTHING_OF_THE_RULE, CARRIED_WAY)
"""How decisions begin that repeat another one by themselves, and so teach nothing more."""
_MOST_LETTERS = 3
"""Letters changed in one place, beyond which a correction tells nothing of single letters."""
_THAI = re.compile("[\u0e01-\u0e4e]")
_WORD = re.compile("[\u0e01-\u0e4e]{4,30}")
_OF_WORDS = ("LEX", "GAZ", "RDR")
_LOWERED = {Safety.REVIEW: "review", Safety.FLAG: "flag"}


@dataclass(frozen=True, slots=True)
class Lessons:
    """What the decisions up to record `upto` of the ledger teach.

    `learned` and `words` are what the dictionaries would hold, `new` the lines that they do not hold yet.
    `rejected` counts how often each word or change was rejected.
    """

    decisions: int
    upto: int
    learned: Learned
    words: tuple[str, ...]
    rejected: dict[str | Leave, int]
    rules: tuple[RulePrecision, ...]
    new: tuple[str, ...]


@dataclass(slots=True)
class _CaseTally:
    """What was decided, counted."""

    decisions: int = 0
    decided: list[tuple[int, Proposal, bool]] = field(default_factory=list)
    confusions: Counter[tuple[str, str]] = field(default_factory=Counter)
    rejected: Counter[Place] = field(default_factory=Counter)
    taken: set[Place] = field(default_factory=set)
    rejected_words: Counter[str] = field(default_factory=Counter)
    taken_words: set[str] = field(default_factory=set)


def lessons(ws: Workspace) -> Lessons:
    """What all decisions in a workspace teach, and which of it is new.

    Raises:
        DamagedBlob, LedgerError: something that was kept is damaged.
        ValueError: what was learned before is no longer understood.
    """
    upto = ws.ledger.head().seq
    seen = _CaseTally()
    for document in document_ids(ws.ledger):
        for page in read_history(ws.ledger, document, upto).pages.values():
            _look_at(ws.ledger, ws.store, document, page, seen)
    decided = [(proposal, right) for _, proposal, right in sorted(seen.decided, key=lambda one: one[0])]
    rules = precisions(decided)
    known, known_words = _known(ws.path)
    levels = {one.rule: _LOWERED[one.lowered] for one in rules if not one.kept}
    leave = {place for place, count in seen.rejected.items() if count >= OFTEN} - seen.taken
    words = {word for word, count in seen.rejected_words.items() if count >= OFTEN_FOR_A_WORD}
    words -= seen.taken_words
    learned = Learned(_lower(known.levels, levels), known.leave | leave, seen.confusions)
    all_words = tuple(sorted(words | known_words))
    before = set(_lines(known, tuple(sorted(known_words))))
    new = tuple(line for line in _lines(learned, all_words) if line not in before)
    rejected: dict[str | Leave, int] = {place: seen.rejected[place] for place in leave}
    rejected |= {word: seen.rejected_words[word] for word in words}
    return Lessons(seen.decisions, upto, learned, all_words, rejected, rules, new)


def apply_lessons(folder: Path, found: Lessons) -> Path:
    """Write what was learned into the dictionaries of the workspace in `folder`, whole or not at all; gives the file.

    Raises:
        NoSpace: the disk is full, or this account may not write there.
    """
    path = folder / "dictionaries" / FILE
    head = (
        f"# Written by `chamra learn --apply` from {counted(found.decisions, 'decision')}, up to record {found.upto} "
        f"of the ledger.\n# Take a line out to forget it; the decisions behind it stay in the ledger.\n"
    )
    body = "".join(f"{line}\n" for line in _lines(found.learned, found.words))
    write_atomically(path, (head + body).encode())
    return path


def _lines(learned: Learned, words: tuple[str, ...]) -> list[str]:
    return [*(f"word: {word}" for word in words), *lines_of(learned)]


def _known(folder: Path) -> tuple[Learned, set[str]]:
    """What was learned before, and the words among it."""
    path = folder / "dictionaries" / FILE
    if not path.is_file():
        return Learned(), set()
    rows = [line.partition(":") for line in path.read_text("utf-8").splitlines()]
    return learned_from([path]), {rest.strip() for kind, _, rest in rows if kind.strip() == "word"}


def _lower(known: Mapping[str, str], new: Mapping[str, str]) -> dict[str, str]:
    """The lower level of each rule: what it has lost it does not get back by itself."""
    order = ("off", "flag", "review")
    merged = dict(known)
    for code, level in new.items():
        merged[code] = min(merged.get(code, level), level, key=order.index)
    return merged


def _look_at(ledger: Ledger, store: BlobStore, document: str, page: PageHistory, seen: _CaseTally) -> None:
    """Count what was decided about a page, in all its readings and examinations."""
    made = page.by_finding
    if not made:
        return
    open_ids = set(made)
    for entry in ledger.events(FindingsRecorded, document=document, page=page.number):
        found = decode_findings(store.get(entry.event.blob))
        if entry.seq == (page.findings.seq if page.findings else 0):
            found = with_additions(found, page.additions, made)
        mine = [one for one in found.all if one.id in open_ids]
        if not mine:
            continue
        raw = decode_page(store.get(entry.event.page_blob)).reading.text
        for finding in mine:
            open_ids.discard(finding.id)
            for decision in newest_by_account(made[finding.id]).values():
                if not decision.how.startswith(_REPEATED):
                    _count(seen, page, finding, decision, raw)


def _count(seen: _CaseTally, page: PageHistory, finding: Finding, decision: Decision, raw: str) -> None:
    seen.decisions += 1
    if decision.verdict is Verdict.EDIT and decision.after is not None:
        read = raw[finding.span.start : finding.span.end]
        seen.confusions.update(_misreadings(read, decision.after))
    if not isinstance(finding, Proposal) or finding.rule == OWN_TEXT:
        return
    if decision.verdict not in (Verdict.ACCEPT, Verdict.REJECT, Verdict.EDIT):
        return
    right = decision.verdict is Verdict.ACCEPT
    number = max(page.about(finding.id), default=0)
    seen.decided.append((number, finding, right))
    if right:
        seen.confusions.update(_misreadings(finding.edit.before, finding.edit.after))
    _count_words(seen, finding, raw, rejected=decision.verdict is Verdict.REJECT)


def _count_words(seen: _CaseTally, finding: Proposal, raw: str, *, rejected: bool) -> None:
    place, word = place_of(raw, finding.edit), finding.edit.before
    whole = finding.rule.startswith(_OF_WORDS) and _WORD.fullmatch(word) is not None
    if rejected:
        seen.rejected[place] += 1
        if whole:
            seen.rejected_words[word] += 1
    else:
        seen.taken.add(place)
        seen.taken_words.add(word)


def _misreadings(read: str, truth: str) -> Iterator[tuple[str, str]]:
    """Single letters that were read as another one, lost ("" read) or invented ("" true)."""
    edits = list(single_edits(truth, read))
    if len(edits) > _MOST_LETTERS:
        return
    for right, wrong in edits:
        if all(_THAI.match(letter) for letter in right + wrong):
            yield right, wrong
