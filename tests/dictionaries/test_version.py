"""What a data file is known by."""

import pytest

from dictionaries.version import file_fingerprint
from model.errors import DictionaryError


def test_the_fingerprint_of_a_file_is_that_of_its_bytes(tmp_path):
    files = {name: tmp_path / name for name in ("one", "copy", "longer")}
    for name, path in files.items():
        path.write_bytes(b"10" if name == "longer" else b"1")
    assert file_fingerprint(files["copy"]) == file_fingerprint(files["one"])
    assert file_fingerprint(files["longer"]) != file_fingerprint(files["one"])


def test_a_file_that_is_gone_is_named_with_the_remedy(tmp_path):
    with pytest.raises(DictionaryError, match=r"gone: cannot be read") as caught:
        file_fingerprint(tmp_path / "gone")
    assert "Install the program anew" in caught.value.remedy
