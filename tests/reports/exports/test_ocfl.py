"""The evidence package as an OCFL object: what section 3 of the specification asks for, and the verifier within it."""

import hashlib
import io
import json
import re
import subprocess
import sys
import zipfile
from datetime import datetime

import pytest

from reports.export_format import export_format
from review.published import edition
from tests.reports.exports.test_evidence import made
from tests.reports.round_trip import exported


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """The unpacked storage root."""
    folder = tmp_path_factory.mktemp("ocfl")
    house = made(folder / "house")
    data = exported("ocfl", edition(house.ws, house.document))
    assert data == exported("ocfl", edition(house.ws, house.document))
    house.ws.close()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        archive.extractall(folder / "root")
    return folder / "root"


@pytest.fixture(scope="module")
def place(root):
    (found,) = (one for one in root.iterdir() if one.is_dir())
    return found


def sha512(data: bytes) -> str:
    return hashlib.sha512(data).hexdigest()


def test_root_and_object_declare_their_version_and_hold_nothing_else(root, place):
    """Sections 3.1, 3.3 and 4.1: the declarations, and which files may stand beside them."""
    assert (root / "0=ocfl_1.1").read_bytes() == b"ocfl_1.1\n"
    assert (place / "0=ocfl_object_1.1").read_bytes() == b"ocfl_object_1.1\n"
    assert {one.name for one in root.iterdir()} == {"0=ocfl_1.1", place.name}
    names = {"0=ocfl_object_1.1", "inventory.json", "inventory.json.sha512", "v1"}
    assert {one.name for one in place.iterdir()} == names
    assert {one.name for one in (place / "v1").iterdir()} == {
        "inventory.json",
        "inventory.json.sha512",
        "content",
    }


def test_the_inventory_has_its_digest_and_is_the_same_in_its_version(place):
    """Sections 3.6 and 3.7."""
    data = (place / "inventory.json").read_bytes()
    assert (place / "inventory.json.sha512").read_text() == f"{sha512(data)} inventory.json\n"
    for name in ("inventory.json", "inventory.json.sha512"):
        assert (place / "v1" / name).read_bytes() == (place / name).read_bytes()


def test_the_inventory_says_what_the_specification_asks_for(place):
    """Section 3.5: id, type, digestAlgorithm, head, manifest, versions; no digest and no path twice."""
    found = json.loads((place / "inventory.json").read_bytes())
    assert re.fullmatch(r"urn:sha256:[0-9a-f]{64}", found["id"])
    assert found["type"] == "https://ocfl.io/1.1/spec/#inventory"
    assert (found["digestAlgorithm"], found["head"], list(found["versions"])) == ("sha512", "v1", ["v1"])
    version = found["versions"]["v1"]
    assert datetime.fromisoformat(version["created"]).tzinfo is not None
    assert version["message"]
    assert set(version["user"]) == {"name", "address"}
    assert set(version["state"]) == set(found["manifest"])
    paths = [path for paths in found["manifest"].values() for path in paths]
    assert len(paths) == len(set(paths))
    assert not [path for path in paths if path.startswith("/") or {".", "..", ""} & set(path.split("/"))]
    logical = {f"v1/content/{name}" for names in version["state"].values() for name in names}
    assert logical == set(paths)


def test_every_file_has_the_digests_that_the_inventory_gives_it_and_none_is_missing(place):
    found = json.loads((place / "inventory.json").read_bytes())
    on_disk = {
        one.relative_to(place).as_posix(): one for one in (place / "v1/content").rglob("*") if one.is_file()
    }
    for name, digest_of in (("manifest", sha512), ("fixity", lambda data: hashlib.sha256(data).hexdigest())):
        digests = found["manifest"] if name == "manifest" else found["fixity"]["sha256"]
        assert {path for paths in digests.values() for path in paths} == set(on_disk)
        for digest, paths in digests.items():
            assert all(digest_of(on_disk[path].read_bytes()) == digest for path in paths)


def test_the_verifier_runs_where_it_lies_and_finds_what_is_changed(place):
    def verify():
        command = [sys.executable, "-I", "-S", place / "v1/content/verify.py"]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    assert (verify().returncode, "Everything holds." in verify().stdout) == (0, True)
    text = place / "v1/content/data/text.txt"
    before = text.read_bytes()
    text.write_bytes(before + b"!")
    assert verify().returncode == 1
    text.write_bytes(before)


def test_it_is_for_published_text_alone():
    assert export_format("ocfl").published_only
