"""Findings on fixed texts, so that whoever changes a rule sees what else changed with it."""

from correction.rule import FAMILIES
from tests.correction.snapshot.findings import COMMAND, changes, found, kept


def test_the_same_is_found_as_when_the_snapshot_was_taken():
    difference = list(changes(kept(), found()))
    assert not difference, (
        "The rules find something else in the texts of tests/correction/snapshot:\n"
        + "\n".join(difference)
        + f"\nIf all of this is meant, `{COMMAND}` keeps it; the diff of findings.tsv goes with the change."
    )


def test_a_change_shows_as_a_diff_and_rounding_as_none():
    row = "dates\tDAT001\t3\t9\t<a>\t<b>\tREVIEW\t"
    before = [f"{row}0.500", "clean\tENC001\t0\t1\t<x>\t<y>\tSAFE\t1.000"]
    assert list(changes(before, [f"{row}0.501", before[1]])) == []
    assert list(changes(before, [f"{row}0.502", before[1]]))[3:] == [f"-{row}0.500", f"+{row}0.502"]
    assert list(changes(before, before[:1]))[3:] == [f"-{before[1]}"]


def test_the_texts_touch_every_family_and_a_clean_page_is_left_alone():
    rows = [row.split("\t") for row in kept()[1:]]
    touched = {row[1] for row in rows}
    assert {code[:3] for code in touched} == set(FAMILIES) - {"LIN"}, "no rule of LIN yet"
    assert len(touched) >= 40
    assert "clean" not in {row[0] for row in rows}
