"""`chamra evaluate` of two folders, and of a document of a workspace."""

import json

import pytest

from model.errors import Exit
from tests.review.house import FIRST, SECOND


@pytest.fixture
def folders(tmp_path):
    read, truth = tmp_path / "read", tmp_path / "truth"
    for folder, first in ((read, "ตำบลทาศาลา"), (truth, "ตำบลท่าศาลา")):
        folder.mkdir()
        (folder / "a.txt").write_text(first, "utf-8")
        (folder / "b.txt").write_text("ประชุม", "utf-8")
    return read, truth


def test_two_folders_are_measured_pair_by_pair(chamra, folders, tmp_path):
    status, out, _ = chamra("evaluate", *folders, "--json", "--html", tmp_path / "view.html")
    found = json.loads(out)
    assert (status, [one["name"] for one in found["files"]]) == (Exit.DONE, ["a", "b"])
    assert found["micro"]["measures"]["strict"]["errors"] == 1
    assert found["macro"]["strict"] == {"mean": pytest.approx(1 / 22), "files": 2}
    assert ">◌่</del>" in (tmp_path / "view.html").read_text("utf-8")


@pytest.mark.parametrize(("side", "words"), [(0, "no truth: "), (1, "no candidate: ")])
def test_a_text_without_another_is_named_and_the_status_says_so(chamra, folders, side, words):
    lonely = folders[side] / "lonely.txt"
    lonely.write_text("ก", "utf-8")
    status, out, _ = chamra("evaluate", *folders)
    assert status == Exit.NEEDS_A_PERSON
    assert f"{words}{lonely}" in out


def test_a_text_that_cannot_be_read_is_named_and_the_others_are_measured(chamra, folders):
    (folders[0] / "b.txt").write_bytes(b"\x00\xff\xfe\x00\x81")
    status, out, _ = chamra("evaluate", *folders, "--json")
    found = json.loads(out)
    assert status == Exit.NEEDS_A_PERSON
    assert [one["name"] for one in found["files"]] == ["a"]
    (bad,) = found["unmeasured"]
    assert (bad["name"], str(folders[0] / "b.txt") in bad["why"]) == ("b", True)


def test_a_folder_against_a_file_and_a_layer_without_a_workspace_are_refused(chamra, folders, monkeypatch):
    monkeypatch.delenv("CHAMRA_WORKSPACE", raising=False)
    read, truth = folders
    for pair in ((read, truth / "a.txt"), (read / "a.txt", truth)):
        status, _, err = chamra("evaluate", *pair)
        assert (status, "is a folder and the other is not" in err) == (Exit.USAGE, True)
    status, _, err = chamra("evaluate", "ประกาศ.pdf", truth / "a.txt", "--layer", "raw")
    assert (status, "-w" in err) == (Exit.USAGE, True)


@pytest.mark.parametrize(("layer", "errors"), [("raw", 0), ("safe", 2)])
def test_a_layer_of_a_document_is_measured(chamra, house, tmp_path, layer, errors):
    house.two_pages()
    house.ws.close()
    truth = tmp_path / "truth.txt"
    truth.write_text(f"{FIRST}\f{SECOND}", "utf-8")
    place = ("-w", house.ws.path, "--layer", layer, "--json")
    status, out, _ = chamra("evaluate", "ประกาศ.pdf", truth, *place)
    found = json.loads(out)
    assert (status, len(found["pages"])) == (Exit.DONE, 2)
    assert found["measures"]["strict"]["errors"] == errors
