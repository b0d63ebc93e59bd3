"""A reviewer who knows the truth finishes pages in the browser, with the keys that a person would press.

For each line, in order: sure findings with one key where there are several, the others one by one; what is then still
wrong is written at its letter; Enter passes the line. At the end the page is signed. White space is left as it is read.
"""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from playwright.sync_api import Page as Tab

from benchmarks.common import PageCase
from correction.witness import Witness
from model.alignment import blocks
from model.edit import Span
from model.page import Page
from model.state import PageState
from model.thai import SARA_AM, SPLIT_SARA_AM, compose_sara_am
from review.web.reading_marks import ReadingMarks

SURE = 0.99
"""Confidence from which the page accepts several findings of a line with one key."""


@dataclass(slots=True)
class Work:
    """What finishing pages took: keys and clicks by kind, seconds, wrong letters before, marked of them, and after."""

    keys: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    findings: int = 0
    wrong: int = 0
    marked: Counter[str] = field(default_factory=Counter)
    left: int = 0

    def add(self, other: Work) -> None:
        """Count another page in."""
        self.keys += other.keys
        self.marked += other.marked
        self.seconds += other.seconds
        self.findings += other.findings
        self.wrong += other.wrong
        self.left += other.left

    def summary(self) -> dict[str, object]:
        """Plain values."""
        return {
            "findings": self.findings, "keys": sum(self.keys.values()), "of them": dict(self.keys),
            "seconds": round(self.seconds, 1), "wrong letters": self.wrong, "marked": dict(self.marked),
            "marked in any way": round(self.marked["any"] / self.wrong, 3) if self.wrong else None,
            "wrong letters left": self.left,
        }  # fmt: skip


def bare(text: str) -> list[tuple[str, int]]:
    """The letters of a text that count, each with its place: white space left out, sara am in one piece."""
    found: list[tuple[str, int]] = []
    at = 0
    for split in [*SPLIT_SARA_AM.finditer(text), None]:
        stop = len(text) if split is None else split.start()
        found += [(text[place], place) for place in range(at, stop) if not text[place].isspace()]
        if split is None:
            break
        if split["tone"]:
            found.append((split["tone"], split.start("tone")))
        found.append((SARA_AM, split.start()))
        at = split.end()
    return found


def marked_letters(state: PageState, truth: str) -> tuple[int, Counter[str]]:
    """How many letters of the raw text are wrong or lack something behind them, and how many of those are marked, by
    what marks them: a finding, shading, another reader's reading, ink that no letter covers."""
    page = state.page
    if page is None:
        return 0, Counter()
    raw = bare(page.reading.text)
    found = blocks([letter for letter, _ in raw], [letter for letter, _ in bare(truth)])
    marks = _marks(state, page)
    wrong, marked = 0, Counter[str]()
    for block in found:
        if block.equal:
            continue
        size = max(block.end - block.start, block.other_end - block.other_start)
        at = [place for _, place in raw[max(block.start - 1, 0) : block.end + 1]]
        reach = Span(at[0], at[-1] + 1) if at else Span(0, 1)
        own = [place for _, place in raw[block.start : block.end]]
        place = Span(own[0], own[-1] + 1) if own else reach
        wrong += size
        kinds = [kind for kind, spans in marks.items() if any(_meet(one, place) for one in spans)]
        for kind in kinds:
            marked[kind] += size
        marked["any"] += size if kinds else 0
    return wrong, marked


def _meet(one: Span, other: Span) -> bool:
    return one.overlaps(other) or (not len(one) and other.start <= one.start <= other.end)


def _marks(state: PageState, page: Page) -> dict[str, list[Span]]:
    others: list[Span] = []
    for other in page.readings[1:]:
        witness = Witness(page.reading, other)
        for span in witness.changes:
            theirs = witness.reads(span.start, span.end) if len(span) else None
            same = theirs is not None and compose_sara_am(theirs.text) == compose_sara_am(
                page.reading.text[span.start : span.end]
            )
            if not same:
                others.append(span)
    missing = () if page.account is None else page.account.missing
    return {
        "finding": [one.span for one in state.all_findings],
        "shaded": [one.span for one in ReadingMarks(page).unsure],
        "another reader": others,
        "ink": [Span(one.beside, one.beside + 1) for one in missing if one.beside is not None],
    }


def wanted_lines(shown: list[str], truth: str) -> list[str]:
    """For each line as it is shown the text that it should have: the truth's letters in the line's own white space."""
    text = "\n".join(shown)
    mine, other = bare(text), bare(truth)
    out, at = "", 0
    for block in blocks([letter for letter, _ in mine], [letter for letter, _ in other]):
        start = mine[block.start][1] if block.start < len(mine) else len(text)
        end = mine[block.end][1] if block.end < len(mine) else len(text)
        out, at = out + text[at:start], end
        here = text[start:end]
        words = "".join(letter for letter, _ in other[block.other_start : block.other_end])
        if block.equal:
            out += here
        elif block.start == block.end:
            # What is put in stands on the line on which the truth has it.
            first = other[block.other_start][1]
            begins = "\n" in truth[other[block.other_start - 1][1] if block.other_start else 0 : first]
            kept = out if begins else out.rstrip()
            out = kept + words + out[len(kept) :]
        else:
            lines = here.count("\n")
            out += words + ("\n" * lines if lines else here[len(here.rstrip()) :])
    return _as_many(out + text[at:], shown)


def _as_many(text: str, shown: list[str]) -> list[str]:
    lines = text.split("\n")
    return lines if len(lines) == len(shown) else shown


class ScriptedReviewer:
    """A reviewer at a page that is open in a tab."""

    def __init__(self, tab: Tab, case: PageCase) -> None:
        self._tab = tab
        self._case = case
        self.work = Work()

    def press(self, key: str, kind: str) -> None:
        """One key; a line is passed no sooner than anybody can have looked at it."""
        if kind == "pass":
            self._tab.wait_for_selector("#review[data-looked=yes]")
        self._tab.keyboard.press(key)
        self.work.keys[kind] += 1

    def finish(self) -> Work:
        """Pass every line, then sign."""
        start = time.perf_counter()
        index = 0
        while index < self._count():
            self._line(index)
            index += 1
        self._settled()
        self.press("s", "sign")
        for _ in range(6):
            self._tab.wait_for_timeout(150)
            if self._tab.locator("#signing").evaluate("one => one.open"):
                self.press("Enter", "sign")
                break
            self.press("Enter", "pass")
            self._settled()
        self._settled()
        self.work.seconds = time.perf_counter() - start
        return self.work

    def _count(self) -> int:
        return self._tab.locator("#text > li").count()

    def _settled(self) -> None:
        self._tab.wait_for_selector("#review[aria-busy=false]", timeout=120_000)

    def _page(self) -> dict[str, object]:
        """The page as the server tells it: the script looks at it where a person would look at the paper."""
        return dict(self._tab.evaluate("() => fetch('/api' + location.pathname).then(one => one.json())"))

    def _line(self, index: int) -> None:
        lit = self._tab.locator(f"#text > li[data-line='{index}']")
        if "current" not in (lit.get_attribute("class") or ""):
            lit.locator(".gutter").click()
            self.work.keys["click"] += 1
        page = self._page()
        lines = page["lines"]
        assert isinstance(lines, list)
        wanted = wanted_lines([one["text"] for one in lines], self._case.truth_text)[index]
        self._decide(page, index, lines[index], wanted)
        self._settled()
        lines = self._page()["lines"]
        assert isinstance(lines, list)
        if index < len(lines):
            shown = lines[index]["text"]
            wanted = wanted_lines([one["text"] for one in lines], self._case.truth_text)[index]
            if _letters(shown) != _letters(wanted):
                self._write(index, shown, wanted)
                return
        self.press("Enter", "pass")

    def _decide(self, page: dict[str, object], index: int, line: dict[str, object], wanted: str) -> None:
        found = page["findings"]
        assert isinstance(found, list)
        own = [one for one in found if one["line"] == index and one["todo"]]
        self.work.findings += len(own)
        shown = str(line["text"])
        sure = [
            one
            for one in own
            if one["proposed"] is not None and one["people"] == 1 and one["confidence"] >= SURE
        ]
        if len(sure) > 1 and _letters(shown) == _letters(wanted):
            self.press("Shift+A", "accept the sure ones")
            own = [one for one in own if one not in sure]
        for one in own:
            self.press("r" if _harms(one, shown, wanted) else "a", "decide")

    def _write(self, index: int, shown: str, wanted: str) -> None:
        self.press("e", "write")
        field = self._tab.locator("textarea.writing")
        field.fill(wanted)
        typed = 0
        for kind, i, j, k, m in SequenceMatcher(None, shown, wanted, autojunk=False).get_opcodes():
            typed += (
                0 if kind == "equal" else 1 + (j - i) + (m - k)
            )  # a click at the letter, Del for each, the letters
        self.work.keys["write"] += typed
        self.press("Enter", "pass")


def _letters(text: str) -> list[str]:
    return [letter for letter, _ in bare(text)]


def _harms(finding: dict[str, object], shown: str, wanted: str) -> bool:
    """Whether the line is nearer to the truth without what a finding proposes."""
    proposed, original = finding["proposed"], str(finding["original"])
    if proposed is None or str(proposed) not in shown:
        return False
    other = shown.replace(str(proposed), original, 1) if proposed else shown
    return _distance(other, wanted) < _distance(shown, wanted)


def _distance(one: str, other: str) -> int:
    found = blocks(_letters(one), _letters(other))
    return sum(max(b.end - b.start, b.other_end - b.other_start) for b in found if not b.equal)


def wrong_letters(text: str, truth: str) -> int:
    """Letters and marks by which a text differs from the truth, white space left out."""
    return _distance(text, truth)
