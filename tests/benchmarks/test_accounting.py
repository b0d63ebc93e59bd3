"""The damage that the account is measured by is done where it says, and found by the same measure."""

import random
from dataclasses import replace

import pytest

from benchmarks.accounting import Counted, Result, found_of, report
from benchmarks.accounting_damage import FALSEHOODS, LOSSES, CleanPage, DamagedPage, words
from model.account import Account, InkKind, InkPlace, UnseenKind, UnseenPlace
from model.box import Box
from model.edit import Span
from ocr.accounting.account import account
from tests.ocr.ink_sheet import ROWS, Sheet

EASY = ("words dropped", "rows dropped", "digits dropped from numbers", "rows white on dark", "words painted over",
        "words under bars", "words on bare paper", "words without a place")  # fmt: skip


DRAWN = ("rows white on dark", "words painted over", "words under bars", "words struck out")


@pytest.mark.parametrize("name", [*LOSSES, *FALSEHOODS])
def test_damage_changes_the_page_or_its_text_where_it_says(name):
    sheet = Sheet((*ROWS, "๑๒๕๖ ๒๓๔๕ ๙๘๗๖"))
    rng = random.Random(name)
    spans = words(sheet.reading, 2, rng)
    scans = []

    def make_ready(scan):
        scans.append(scan)
        return replace(sheet.prepared, image=scan)

    whole = CleanPage(sheet.image, make_ready, sheet.prepared, sheet.reading)
    damaged = {**LOSSES, **FALSEHOODS}[name](whole, spans, rng)
    assert bool(damaged.lost) == (name in LOSSES)
    for span in damaged.false:
        assert damaged.reading.text[span.start : span.end].strip()
    changed = damaged.reading != sheet.reading or damaged.prepared.image is not sheet.image
    assert changed
    assert bool(scans) == (name in DRAWN)
    if name in EASY:
        seen = account(damaged.prepared, damaged.reading)
        assert all(found_of(seen, damaged)), seen


def test_words_are_of_several_lines_and_have_two_letters_at_least():
    sheet = Sheet()
    found = words(sheet.reading, 4, random.Random(1))
    assert len(found) >= 2
    lines = {sheet.text.count("\n", 0, span.start) for span in found}
    assert len(lines) == len(found) <= len(ROWS)
    assert all(2 <= len(span) <= 8 and not sheet.text[span.start : span.end].isspace() for span in found)


def test_what_lies_elsewhere_is_not_found():
    sheet = Sheet()
    lost, beside = Box(100, 100, 200, 130), Box(300, 100, 400, 130)
    damaged = DamagedPage(sheet.prepared, sheet.reading, (lost,), (Span(4, 8),))
    place, far = (InkPlace(InkKind.TEXT, box, 5, 0) for box in (lost, beside))
    unseen = UnseenPlace(UnseenKind.NO_INK, Span(7, 9), None)
    assert list(found_of(Account(True, 9, (place,), (), (unseen,)), damaged)) == [True, True]
    assert list(found_of(Account(True, 9, (far,)), damaged)) == [False, False]


def test_the_report_counts_both_kinds_and_the_false_alarms():
    ways = {name: Counted(10, 9) for name in (*LOSSES, *FALSEHOODS)}
    said = report(Result(ways, {"a": 0, "b": 1}, [0.04, 0.06]))
    assert "90.00%" in said
    assert "false alarms a clean page: 0.50 {'b': 1}" in said
    assert "0.050 on average, 0.060 at most" in said
