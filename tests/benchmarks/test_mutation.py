"""Small changes to code, and whether tests notice them: on a made project of one module, and on our own table."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from benchmarks.mutants import Mutant, mutants_of
from benchmarks.mutation import (
    EQUIVALENT,
    PROJECT,
    ROOT,
    TARGETS,
    all_mutants,
    equivalent,
    fates,
    recorded,
    sample_of,
    summary,
    table,
)
from benchmarks.mutation_run import Fate, Modules, Project, TracedTest, chosen_tests, workers


def after(body: str) -> set[str]:
    """The changed lines of all mutants of a function with this body."""
    source = "def work(a, b, c):\n" + "".join(f"    {line}\n" for line in body.split("\n"))
    return {one.after for one in mutants_of("made", source.encode())}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("return a < b", {"return None", "return ((a) <= (b))"}),
        ("return a < b < c", {"return None", "return ((a) <= (b) < (c))", "return ((a) < (b) <= (c))"}),
        ("return a is b", {"return None", "return ((a) is not (b))"}),
        ("return a and b and c", {
            "return None", "return ((b) and (c))", "return ((a) and (c))", "return ((a) and (b))",
        }),
        ("return not a", {"return None", "return (a)"}),
        ("return a - b", {"return None", "return ((a) + (b))"}),
        ("return a + 'ก'", {"return None"}),
        ("return 3", {"return 4"}),
        ("return 0.5", {"return 0.75"}),
        ("return True", {"return False"}),
        ("return None", {"pass"}),
        ("return a[1:b]", {
            "return None", "return a[:b]", "return a[1:]", "return a[2:b]", "return a[1:(b) - 1]",
        }),
        ("return min(a)", {"return None", "return max(a)"}),
        ("return sorted(a)", {"return None", "return (a)"}),
        ("return a.startswith(b)", {"return None", "return a.endswith(b)"}),
        ("return [x for x in a if x]", {"return None", "return [x for x in a if True]"}),
        ("return a if b else c", {"return None", "return a", "return c"}),
        ("if a:\n    b()", {"if False:", "pass"}),
        ("for x in a:\n    continue", {"pass", "break"}),
        ("for x in a:\n    break", {"continue"}),
        ("raise ValueError(a + 1)", {"pass"}),
        ("yield a", {"pass"}),
        ("a.x = b", {"pass"}),
        ("a += b", {"pass"}),
        ("x = a", set()),
        ("try:\n    x = a\nexcept (KeyError, ValueError):\n    x = b", {
            "except (ValueError,):", "except (KeyError,):",
        }),
        ("try:\n    x = a\nexcept KeyError:\n    x = b", {"except ():"}),
    ],
)  # fmt: skip
def test_each_kind_of_change_is_made(body: str, expected: set[str]) -> None:
    assert after(body) == expected


def test_what_only_tools_and_readers_see_is_not_changed() -> None:
    source = '''"""Words."""
from __future__ import annotations
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    import json
__all__ = ["x"] + []
@dataclass(frozen=True)
class Made:
    size: Annotated[int, 3]
    def words(self, n: Literal[1]) -> Literal[2]:
        """Words."""
        assert n == 1
        raise ValueError(f"{n + 1:>3}")
'''
    assert [one.after for one in mutants_of("made", source.encode())] == ["pass"]


def test_a_mutant_is_the_source_with_one_change_whatever_letters_stand_before_it() -> None:
    source = "x = 'กำ'; y = 1 if 'ๆ' else 2\n".encode()
    (grown, *_) = [one for one in mutants_of("made", source) if one.kind == "constant"]
    assert grown.apply(source).decode() == "x = 'กำ'; y = 2 if 'ๆ' else 2\n"
    assert grown.diff(source).splitlines()[1:] == [
        f"-{source.decode()[:-1]}",
        "+x = 'กำ'; y = 2 if 'ๆ' else 2",
    ]


def test_the_name_of_a_mutant_stays_when_other_lines_move() -> None:
    source = b"def one():\n    return 1\n"
    moved = b"import os\n\n\ndef other():\n    return 1\n\n\n" + source
    (first,) = mutants_of("made", source)
    assert [one.rank(1) for one in mutants_of("made", moved) if one.key == first.key] == [first.rank(1)]


def test_mutants_that_look_alike_in_one_function_are_told_apart() -> None:
    found = mutants_of("made", b"def one(a):\n    a()\n    a()\n")
    assert [(one.key, one.turn) for one in found] == [(found[0].key, 0), (found[0].key, 1)]


def test_a_sample_is_the_same_every_time_and_another_seed_gives_another() -> None:
    mutants = mutants_of("made", b"def one(a):\n" + b"".join(b"    a(%d)\n" % n for n in range(40)))
    chosen = sample_of(mutants, 10, 1)
    assert len(chosen) == 10
    assert chosen == sample_of(list(reversed(mutants)), 10, 1)
    assert chosen != sample_of(mutants, 10, 2)
    assert sample_of(mutants, None, 1) == mutants
    fewer = [one for one in mutants if one != chosen[0]]
    assert set(chosen[1:]) < set(sample_of(fewer, 10, 1))


def mutant(statement: tuple[int, int] | None) -> Mutant:
    return Mutant("made", "one", "never", statement, 0, 0, "", "", "")


def test_the_tests_that_ran_the_statement_come_first_and_quick_ones_before_slow_ones() -> None:
    tests = [
        TracedTest("a::slow", 3.0, {"made.py": frozenset({7})}),
        TracedTest("a::quick", 0.2, {"made.py": frozenset({7})}),
        TracedTest("b::quicker", 0.1, {"made.py": frozenset({8, 9})}),
        TracedTest("b::beside", 0.2, {"made.py": frozenset({1})}),
        TracedTest("b::beyond", 0.9, {"made.py": frozenset({2})}),
        TracedTest("c::other", 0.1, {"other.py": frozenset({7})}),
        TracedTest("c::too slow", 9.0, {"made.py": frozenset({7})}),
    ]
    chosen = chosen_tests(mutant((7, 8)), "made.py", tests, slowest=8, more=1)
    assert [one.name for one in chosen] == ["b::quicker", "a::quick", "a::slow", "b::beside"]
    imported = chosen_tests(mutant(None), "made.py", tests, slowest=2, more=1)
    assert [one.name for one in imported] == ["a::quick", "b::quicker", "b::beside", "b::beyond"]


SOURCE = """
LIMIT = 3

def capped(n):
    return min(n, LIMIT)

def counted(n):
    steps = 0
    while n > 0:
        n -= 1
        steps += 1
    return steps

def never_tested(n):
    return n + 1
"""
TESTS = """
from hashlib import sha256
from pathlib import Path

import made.sums
from made import sums

def test_a_small_number_stays():
    assert sums.capped(2) == 2

def test_every_step_is_counted():
    assert sums.counted(4) == 4

def test_fails():
    assert sums.capped(9) == 9

def test_the_source_is_known():
    assert sums.capped(1) == 1
    assert sha256(Path(sums.__file__).read_bytes()).hexdigest() == "HASH"

def test_the_source_is_known():
    assert sums.never_tested and sha256(Path(sums.__file__).read_bytes()).hexdigest() == "HASH"
"""


@pytest.fixture
def made(tmp_path: Path) -> Project:
    """A project of one module; its tests never reach the limit."""
    for name, text in {
        "made/__init__.py": "",
        "made/sums.py": SOURCE,
        "made/above.py": "from made import sums\n",
        "made/beside.py": "import json\n",
        "tests/test_sums.py": TESTS.replace("HASH", sha256(SOURCE.encode()).hexdigest()),
        "tests/test_sums_left_out.py": "import nothing_there\n",
        "pyproject.toml": '[tool.pytest.ini_options]\naddopts = "--import-mode=importlib"\npythonpath = ["."]\n',
    }.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    return Project(tmp_path, ("tests/test_*.py",), left_out=("left_out",), patience=1)


@pytest.mark.slow
def test_killed_survived_and_endless_mutants_are_told_apart_and_the_original_stays(made: Project) -> None:
    modules = Modules.of(made.root)
    mutants = all_mutants({"made.sums": SOURCE.encode()})
    with workers(made, modules, 1) as crew:
        tests = recorded(crew, made.root, ["made.sums"], None)
        found = fates(crew, modules, mutants, tests)
    assert [one.name.partition("::")[2] for one in tests] == [
        "test_a_small_number_stays",
        "test_every_step_is_counted",
        "test_the_source_is_known",
    ]
    said = {(one.mutant.function, one.mutant.before, one.mutant.after): one for one in found}
    survivors = {after for (_, _, after), one in said.items() if one.outcome == "survived"}
    assert survivors == {"LIMIT = 4", "return None", "return ((n) - (1))", "return n + 2"}
    assert said["capped", "return min(n, LIMIT)", "return max(n, LIMIT)"].by.endswith(
        "test_a_small_number_stays"
    )
    assert said["counted", "n -= 1", "pass"].outcome == "timeout"
    assert (made.root / "made/sums.py").read_text() == SOURCE
    result = summary(found, {"made.sums": SOURCE.encode()})
    assert (result["all"]["survived"], result["all"]["by_time"]) == (4, 1)
    assert result["all"]["killed"] == len(mutants) - 4
    assert "-LIMIT = 3\n+LIMIT = 4" in result["survivors"][0]["diff"]
    assert table(result).splitlines()[-1].split()[:4] == [
        "all",
        str(len(mutants)),
        str(len(mutants) - 4),
        "4",
    ]


def test_a_record_is_used_again_until_a_source_changes(made: Project, tmp_path: Path) -> None:
    class Crew:
        asked = 0

        def record(self, targets: list[str]) -> list[TracedTest]:
            self.asked += 1
            return [TracedTest("a::b", 0.5, {"made/sums.py": frozenset({3, 1})})]

    crew = Crew()
    kept = tmp_path / "record.json"
    first = recorded(crew, made.root, ["made.sums"], kept)  # type: ignore[arg-type]
    assert recorded(crew, made.root, ["made.sums"], kept) == first  # type: ignore[arg-type]
    assert crew.asked == 1
    (made.root / "made/beside.py").write_text("import os\n")
    recorded(crew, made.root, ["made.sums"], kept)  # type: ignore[arg-type]
    assert crew.asked == 2


def test_what_imports_a_module_is_imported_anew_with_it(made: Project) -> None:
    modules = Modules.of(made.root)
    assert modules.above("made.sums") == {"made.sums", "made.above", "tests.test_sums"}
    (made.root / "made/finds.py").write_text("import pkgutil\n\nimport made\n")
    assert "made.finds" in Modules.of(made.root).above("made.sums")


def test_a_name_in_the_table_that_names_nothing_is_an_error(made: Project) -> None:
    modules = Modules.of(made.root)
    assert modules.named(["made.*"]) == ["made.above", "made.beside", "made.sums"]
    with pytest.raises(LookupError, match=r"made\.gone"):
        modules.named(["made.gone"])
    with pytest.raises(FileNotFoundError, match="gone"):
        Project(made.root, ("tests/gone_*.py",)).files()


def test_our_table_names_modules_and_tests_that_are_there_and_equivalent_mutants_that_can_be_made() -> None:
    modules = Modules.of(ROOT)
    names = modules.named(pattern for group in TARGETS.values() for pattern in group)
    assert PROJECT.files()
    reasons = equivalent(EQUIVALENT)
    sources = {key[0]: (ROOT / modules.paths[key[0]]).read_bytes() for key in reasons}
    assert set(sources) <= set(names)
    made = {one.key for name, source in sources.items() for one in mutants_of(name, source)}
    assert [key for key in reasons if key not in made] == []
    assert all(reasons.values())


def test_a_table_of_nothing_has_no_proportion() -> None:
    found: list[Fate] = []
    assert summary(found, {})["all"]["proportion"]["proportion"] is None
