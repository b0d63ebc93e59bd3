"""What findings and readings are kept under changes with the code that made them, and with nothing else."""

import importlib
from pathlib import Path

import pytest

from dictionaries import code_identity as module
from dictionaries.code_identity import DATA, ROOMS, code_identity, parse
from model.errors import MissingProgram

ROOT = Path(__file__).parents[2]
RULE = '''"""A rule."""

from another.words import WORDS

MESSAGE = "It is wrong."


def find(text):
    """Find it."""
    from another import later

    return [w for w in WORDS if later.sees(w, text)]
'''
SEES = """from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from another import words


def sees(word, text):
    return word in text
"""
BASE = {
    "__init__.py": "",
    "rule.py": RULE,
    "words.py": "WORDS = ('เเ',)\n",
    "later.py": SEES,
    "learned.py": "from pathlib import Path\n\nFILE = Path(__file__).with_name('model.onnx')\n",
    "model.onnx": "weights",
    "aside.py": "NOBODY_IMPORTS_IT = 1\n",
    "found/__init__.py": "",
    "found/first.py": "RULE = 1\n",
}


@pytest.fixture
def forget(monkeypatch, tmp_path):
    """Forget what this process and earlier ones know of sources; what is remembered goes to a folder of ours."""

    def forget_all():
        code_identity.cache_clear()
        module._sources.cache_clear()
        module._version.cache_clear()
        importlib.invalidate_caches()

    monkeypatch.setattr(module, "_memory", lambda: tmp_path / "memory" / "sources.json")
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    yield forget_all
    forget_all()


@pytest.fixture
def identity(forget, monkeypatch, tmp_path):
    """The identity of modules of a package `another` with some files other than the base has them."""
    place = tmp_path / "site"
    monkeypatch.syspath_prepend(str(place))

    def identity_of(changed=None, *names):
        for name, text in {**BASE, **(changed or {})}.items():
            path = place / "another" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if text is None:
                path.unlink(missing_ok=True)
            else:
                path.write_text(text, "utf-8")
        forget()
        return code_identity(*(names or ("another.rule",)))

    return identity_of


@pytest.mark.parametrize(
    "changed",
    [
        {"rule.py": RULE.replace("wrong", "odd")},
        {"rule.py": RULE.replace("if later", "if not later")},
        {"words.py": "WORDS = ('เเ', 'ํา')\n"},
        {"later.py": SEES.replace("word in text", "text in word")},
        {"__init__.py": "import another.aside\n"},
        {"words.py": "import rapidfuzz\n" + BASE["words.py"]},
    ],
    ids=["a message", "logic", "what is imported", "what is imported late", "its package", "a library"],
)
def test_what_may_change_an_outcome_changes_the_identity(identity, changed):
    assert identity() == identity()
    assert identity(changed) != identity()


@pytest.mark.parametrize(
    "changed",
    [
        {"rule.py": "# Why so.\n" + RULE.replace('"""A rule."""', '"""Another\n\nsentence."""')},
        {"rule.py": RULE.replace('"""Find it."""', "'''Find it, too.'''")},
        {"words.py": "WORDS = (\n    'เเ',  # twice sara e\n)\n'''Words that are none.'''\n"},
        {"aside.py": "NOBODY_IMPORTS_IT = 2\n"},
        {"model.onnx": "other weights"},
        {"later.py": SEES.replace("import words", "import aside")},
    ],
    ids=["a comment", "a docstring", "layout", "a stranger", "a stranger's model", "types"],
)  # fmt: skip
def test_what_cannot_change_an_outcome_does_not(identity, changed):
    assert identity(changed) == identity()


def test_a_model_counts_with_the_module_that_names_it(identity):
    assert identity({"model.onnx": "other weights"}, "another.learned") != identity({}, "another.learned")


def test_code_that_is_found_by_being_there_counts(identity):
    before = identity({}, "another.found.*")
    assert identity({"found/second.py": "RULE = 2\n"}, "another.found.*") != before
    assert identity({"found/second.py": None}, "another.found.*") == before


def test_a_module_named_in_a_call_counts(identity):
    named = {"rule.py": "from importlib import import_module\n\nwords = import_module('another.words')\n"}
    assert identity({**named, "words.py": "WORDS = ()\n"}) != identity(named)


def test_another_version_of_a_library_is_other_code(identity, monkeypatch):
    with_library = {"words.py": "import rapidfuzz\n" + BASE["words.py"]}
    before = identity(with_library)
    monkeypatch.setattr(module, "version", lambda name: "99.1")
    assert identity(with_library) != before


def test_without_its_sources_the_program_says_so(identity):
    with pytest.raises(MissingProgram, match=r"source of another\.words is missing.*from its wheel"):
        identity({"words.py": None})
    identity()
    with pytest.raises(MissingProgram, match=r"source of another\.found\.second is missing"):
        identity({"found/second.pyc": "compiled"}, "another.found.*")
    with pytest.raises(MissingProgram, match="library not_there_at_all is not installed"):
        identity({"words.py": "import not_there_at_all\n"})


def test_a_relative_import_is_refused_and_not_passed_over():
    with pytest.raises(ValueError, match="line 2 imports relative"):
        parse(b"import re\nfrom . import words\n")


def test_what_was_parsed_is_remembered_and_never_taken_for_another_source(identity, monkeypatch, tmp_path):
    before = identity()
    parsed: list[bytes] = []

    def noting(source):
        parsed.append(source)
        return parse(source)

    monkeypatch.setattr(module, "parse", noting)
    assert identity() == before
    assert parsed == []
    assert identity({"words.py": "WORDS = ()\n"}) != before
    assert parsed == [b"WORDS = ()\n"]
    memory = tmp_path / "memory" / "sources.json"
    for damaged in ("", "[]", '{"by": 1}', memory.read_text().replace("[", "{", 1)):
        memory.write_text(damaged)
        assert identity() == before
    monkeypatch.setattr(module, "_itself", lambda: "another way to parse")
    parsed.clear()
    assert identity() == before
    assert parsed


def test_nothing_need_be_remembered(identity, monkeypatch, tmp_path):
    before = identity()
    (tmp_path / "memory" / "sources.json").unlink()
    (tmp_path / "memory").rmdir()
    (tmp_path / "memory").write_text("a file where the folder should be")
    assert identity() == before


# Our own code


def behind(*names):
    """The modules of ours and the data files that count, and the libraries."""
    sources = module._sources(ROOMS)
    reached, libraries = module._reached(names, sources)
    data = {name.rpartition(" ")[2] for name, _ in module._data(reached, sources)}
    return set(reached), data, set(libraries)


RULES = (
    "correction.engine",
    "correction.rules.*",
    "correction.levels",
    "correction.suppressions",
    "correction.reliability",
)
READERS = (
    "ocr.tesseract.multi_pass", "ocr.text_layer.reader", "ocr.line_reader.reader", "ocr.ensemble.combine",
    "ocr.ensemble.auto", "ocr.imported.reader",
)  # fmt: skip


def test_an_upgrade_of_the_rules_does_not_read_again_and_one_of_the_readers_proposes_nothing_again():
    assert not any(name.startswith("ocr") for name in behind(*RULES)[0])
    assert not any(name.startswith("correction") for name in behind(*READERS)[0])


def test_a_reader_s_identity_covers_its_own_code_and_not_the_other_readers():
    tesseract, text_layer = behind("ocr.tesseract.recognise")[0], behind("ocr.text_layer.reader")[0]
    assert {"ocr.tesseract.recognise", "ocr.image.prepare", "ocr.source.worker_pdf"} <= tesseract
    assert "ocr.text_layer.lay_out" not in tesseract
    assert {"ocr.text_layer.lay_out", "ocr.source.worker_glyphs"} <= text_layer
    assert "ocr.tesseract.recognise" not in text_layer
    assert tesseract | text_layer <= behind("ocr.ensemble.auto")[0]
    assert not {"ocr.tesseract.recognise", "ocr.text_layer.reader"} & behind("ocr.line_reader.reader")[0]


def test_libraries_that_read_and_weigh_count():
    assert {"numpy", "onnxruntime", "rapidfuzz"} <= behind(*RULES)[2]
    assert {"cv2", "pypdfium2", "pdfminer", "fontTools", "numpy"} <= behind(
        "ocr.source.rasterise", "ocr.image.prepare"
    )[2]
    assert "cv2" in behind("ocr.tesseract.recognise")[2]
    assert "onnxruntime" in behind("ocr.line_reader.reader")[2]


def test_every_model_that_ships_counts():
    shipped = {
        path.name
        for room in ("ocr", "correction")
        for path in (ROOT / room).rglob("*")
        if path.is_file() and path.suffix not in {".py", ".md", ".pyc"} and path.parent.name != "__pycache__"
    }
    assert shipped
    assert {Path(name).suffix for name in shipped} <= DATA
    assert shipped <= behind(*RULES)[1] | behind(*READERS)[1]


def test_every_module_of_reading_and_proposing_can_be_followed():
    assert len(code_identity("ocr.*", "correction.*")) == 16
