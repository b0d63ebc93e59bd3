import json
import sys

import pytest

from benchmarks import house
from benchmarks.house import circles, code_files, measure, rooms

MOST_HOMONYMS = 2
"""Class names that may mean two or more things."""


def measured(tmp_path, **texts):
    for name, text in texts.items():
        path = tmp_path / "room" / f"{name}.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    return measure(code_files(tmp_path, ["room"]))


@pytest.fixture(scope="module")
def figures():
    return measure(code_files(house.ROOT, rooms()))


def test_the_house_has_few_homonyms(figures):
    assert len(figures.homonyms) <= MOST_HOMONYMS, figures.homonyms


def test_every_function_of_the_house_fits_on_a_screen(figures):
    assert figures.long_functions == {}


def test_every_file_of_the_house_fits_in_a_head(figures):
    assert figures.long_files == {}


def test_no_module_of_the_house_imports_one_that_imports_it_wherever_in_the_text(figures):
    assert (figures.circles, figures.circles_by_any_import) == ([], [])


def test_everything_public_in_the_house_has_a_docstring(figures):
    assert figures.without_docstring == []


def test_a_class_name_in_two_files_is_a_homonym_also_with_an_underscore_or_inside_a_class(tmp_path):
    found = measured(tmp_path, a="class Page: ...\nclass Once: ...", b="\nclass _Page:\n    class Page: ...")
    assert found.homonyms == {"Page": ["room/a.py:1", "room/b.py:2", "room/b.py:3"]}
    assert found.classes == 2


def test_a_function_may_have_60_lines_and_a_file_400(tmp_path):
    body = "    pass\n" * 59
    found = measured(tmp_path, a=f"def fits():\n{body}def long():\n{body}    pass\n", b="x = 1\n" * 401)
    assert found.long_functions == {"room/a.py:61 long": 61}
    assert found.long_files == {"room/b.py": 401}


def test_an_import_in_a_function_makes_a_circle_of_the_second_kind_only(tmp_path):
    found = measured(
        tmp_path, a="import room.b", b="def later():\n    from room import a", c="from room.a import x"
    )
    assert found.circles == []
    assert found.circles_by_any_import == [["room.a", "room.b"]]


@pytest.mark.parametrize(
    "back",
    ["import room.a", "from room.a import x", "try:\n    import room.a\nexcept ImportError:\n    pass"],
)
def test_an_import_at_the_top_makes_a_circle_however_it_is_written(tmp_path, back):
    assert measured(tmp_path, a="from room import b", b=back).circles == [["room.a", "room.b"]]


def test_what_only_the_type_checker_imports_is_not_run(tmp_path):
    back = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import room.a"
    found = measured(tmp_path, a="import room.b", b=back)
    assert (found.circles, found.circles_by_any_import) == ([], [["room.a", "room.b"]])


def test_a_circle_is_named_whole_and_two_circles_stay_two():
    imports = {"a": {"b"}, "b": {"c"}, "c": {"a", "d"}, "d": {"e"}, "e": {"d"}, "f": {"a"}}
    assert circles(imports) == [["a", "b", "c"], ["d", "e"]]


def test_public_things_need_a_docstring_and_private_ones_none(tmp_path):
    text = '"""m"""\nclass A:\n    """a"""\n    def open(self): ...\n'
    text += "    def _own(self): ...\ndef _f(): ...\ndef g(): ..."
    found = measured(tmp_path, a=text)
    assert found.without_docstring == ["room/a.py:4 A.open", "room/a.py:7 g"]
    assert found.public == 4


def test_the_command_prints_a_table_or_one_object(monkeypatch, capsys):
    monkeypatch.setattr(house, "rooms", lambda: ["model"])
    monkeypatch.setattr(sys, "argv", ["house"])
    house.main()
    assert "class names mean two or more things" in capsys.readouterr().out
    monkeypatch.setattr(sys, "argv", ["house", "--json"])
    house.main()
    assert json.loads(capsys.readouterr().out)["files"] == len(list((house.ROOT / "model").rglob("*.py")))
