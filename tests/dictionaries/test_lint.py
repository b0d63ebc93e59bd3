"""The linter finds every kind of mistake in a dictionary, and our own have none."""

import shutil

import pytest

from dictionaries.gazetteer import DATA
from dictionaries.lint import lint


@pytest.fixture
def folder(tmp_path):
    """A copy of our tables, to be broken."""
    return shutil.copytree(DATA, tmp_path / "data")


def edit(folder, name, change):
    path = folder / name
    lines = path.read_text(encoding="utf-8").split("\n")
    path.write_text("\n".join(change(lines)), encoding="utf-8")


def replaced(old, new):
    def change(lines):
        assert any(old in line for line in lines), f"{old!r} is not there to be broken"
        return [line.replace(old, new, 1) if old in line else line for line in lines]

    return change


def complaints(folder):
    return [str(complaint) for complaint in lint(folder)]


def test_our_own_tables_are_sound():
    assert complaints(DATA) == []


def test_rows_out_of_order_are_named_with_their_line(folder):
    edit(folder, "areas.tsv", lambda lines: [lines[0], lines[2], lines[1], *lines[3:]])
    assert complaints(folder) == ["areas.tsv:3: not in order: sort the rows by their fields"]


def test_a_row_that_stands_twice_is_named(folder):
    edit(folder, "created.tsv", lambda lines: [*lines[:2], lines[1], *lines[2:]])
    assert complaints(folder) == ["created.tsv:3: the same row twice"]


@pytest.mark.parametrize(
    ("table", "old", "new", "message"),
    [
        ("areas.tsv", "9105\tละงู", "9105\tละ งู", "not in canonical spelling"),
        ("areas.tsv", "83\tภูเก็ต", "83\tภูเก็็ต", "has a mark twice"),
        ("areas.tsv", "9101\tเมืองสตูล", "9109\tเมืองสตูล", "the parent 9101"),
        ("areas.tsv", "910502\t", "910501\t", "the code 910501 is used twice"),
        ("areas.tsv", "85\tระนอง", "85\tระยอง", "share a skeleton"),
        ("areas.tsv", "91110", "9111", "not postcodes"),
        ("areas.tsv", "\tSatun\t", "\t\t", "no English name"),
        ("names.tsv", "14\tshort\tอยุธยา", "13\tshort\tปทุมธานี", "is the name of 13 itself"),
        ("names.tsv", "14\tshort\tอยุธยา", "14\tnickname\tอยุธยา", "'nickname' is not one of"),
        ("names.tsv", "9610\tvariant", "9699\tvariant", "no area has the code 9699"),
        ("abolished.tsv", "100205\tบางซื่อ", "100101\tบางซื่อ", "100101 is in force"),
        ("abolished.tsv", "2006-01-01\t102901", "2006-01-01\t102999", "successors that do not exist: 102999"),
        ("created.tsv", "38\t2011-03-22", "38\t22/3/2554", "is not a date"),
        ("bodies.tsv", "กะทู้\tทม.", "กะทู้\tทบ.", "is not a class"),
        ("bodies.tsv", "กะทู้\tทม.\t8302", "กะทู้\tทม.\t8399", "areas that do not exist: 8399"),
        ("bodies.tsv", "กะทู้\tทม.", " กะทู้\tทม.", "white space at the edge"),
    ],
)
def test_a_broken_row_is_named(folder, table, old, new, message):
    edit(folder, table, replaced(old, new))
    assert [c for c in complaints(folder) if message in c and c.startswith(f"{table}:")], complaints(folder)


def test_two_names_of_a_place_that_differ_only_in_white_space_are_named(folder):
    edit(folder, "names.tsv", lambda lines: sorted_table([*lines, "9610\tvariant\tสุไหง-โกลก\t"]))
    assert [c for c in complaints(folder) if "differs from another name of 9610" in c]


def sorted_table(lines):
    rows = sorted((line for line in lines[1:] if line), key=lambda line: line.split("\t"))
    return [lines[0], *rows, ""]


def test_a_missing_table_is_named(folder):
    (folder / "bodies.tsv").unlink()
    assert complaints(folder) == ["bodies.tsv:1: the file is missing"]


def test_a_table_in_another_encoding_is_named(folder):
    (folder / "names.tsv").write_bytes("code\tชื่อ\n".encode("cp874"))
    assert complaints(folder) == ["names.tsv:1: not UTF-8 at byte 5"]
