"""Folders of the inbox have settings of their own, which only who keeps the workspace can give."""

from pathlib import Path

import pytest

from model.errors import UsageError
from pipeline.admit import DocumentPlan
from pipeline.inbox_folders import Collection, by_collection, folders_said
from review.requirements import required

FOLDERS = """
[court]
reader = "tesseract"
signatures = 2
rules = "REP=off"

["court/old prints"]
unreadable = 0.6
keyed = true
"""


@pytest.fixture
def say(workspace):
    """Write what is said of the folders; gives the groups of some files."""

    def write(text):
        (workspace.path / "folders.toml").write_text(text, encoding="utf-8")
        names = ("a.pdf", "court/b.pdf", "court/old prints/deep/c.pdf", "court/d.pdf", "letters/e.pdf")
        inbox = Path("/inbox")
        return by_collection(folders_said(workspace.path), inbox, [inbox / name for name in names])

    return write


def test_a_folder_has_what_is_said_of_it_and_of_those_above(say):
    groups = say(FOLDERS)
    assert [(one.name, [path.name for path in paths]) for one, paths in groups] == [
        ("", ["a.pdf", "e.pdf"]), ("court", ["b.pdf", "d.pdf"]), ("court/old prints", ["c.pdf"]),
    ]  # fmt: skip
    old = groups[2][0]
    assert (old.reader, old.signatures, old.keyed) == ("tesseract", 2, True)
    assert old.settings == {"unreadable": 0.6, "rules": "REP=off"}
    assert groups[0][0] == Collection()


def test_without_the_file_all_are_read_alike(workspace):
    [(one, paths)] = by_collection({}, Path("/i"), [Path("/i/a/b.pdf"), Path("/i/c.pdf")])
    assert (one, len(paths)) == (Collection(), 2)


@pytest.mark.parametrize(
    ("text", "trouble"),
    [
        ("[court]\nreadr = 'tesseract'", r"\[court\] has 'readr'"),
        ("[court]\nsignatures = 3", r"\[court\] signatures = 3 cannot"),
        ("[court]\nsignatures = true", r"\[court\] signatures = True cannot"),
        ("[court]\nkeyed = 1", r"\[court\] keyed = 1 cannot"),
        ("[court]\nunreadable = 7", r"\[court\] unreadable = 7 cannot"),
        ("[court]\nunreadable = true", r"\[court\] unreadable = True cannot"),
        ("[court]\ndocument_seconds = '60'", r"\[court\] document_seconds = '60' cannot"),
        ("[court]\nquality = 'bset'", r"\[court\] quality = 'bset' cannot"),
        ("[court]\nreader = 'teseract'", r"\[court\] reader = 'teseract' is none; there are .*tesseract"),
        ("[court]\nreader = 7", r"\[court\] reader = 7 cannot"),
        ("[court]\nrules = 'XYZ=off'", r"\[court\] rules = 'XYZ=off' cannot"),
        ("[court]\nrules = 'REP=loud'", r"\[court\] rules = 'REP=loud' cannot"),
        ("[court.old]\nkeyed = true", r'has \'old\'.*\["court/old"\]'),
        ("['court//old']\nkeyed = true", "names no folder"),
        ("['../court']\nkeyed = true", "names no folder"),
        ("['']\nkeyed = true", "names no folder"),
        ("[court]\nkeyed = true\n['court/']\nkeyed = false", "another table"),
        ("court = 1", "is no table"),
        ("[court", "folders.toml"),
    ],
)
def test_what_nobody_can_mean_is_named_and_nothing_is_taken(say, text, trouble):
    with pytest.raises(UsageError, match=trouble) as caught:
        say(text)
    assert "folders.toml: " in str(caught.value)
    assert "nothing was taken" in str(caught.value)


def test_what_is_asked_of_people_is_on_record_before_anything_is_read(workspace):
    collection = Collection(**Collection("court", signatures=2).plain())
    plan = DocumentPlan("d" * 64, "scan.pdf", (1,))
    collection.ask(workspace, [plan])
    collection.ask(workspace, [plan])
    assert (required(workspace, "d" * 64).signatures, required(workspace).signatures) == (2, 1)
    assert len(list(workspace.ledger.records(kind="requirement"))) == 1, "once"
