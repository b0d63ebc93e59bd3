"""Settings in files: the environment goes first, and a slip is told instead of ignored."""

import os
import subprocess
import sys

import pytest

from cli.settings_file import read_settings_files
from model.errors import BadInput


@pytest.fixture
def written(tmp_path, monkeypatch):
    """Writes a settings file that is the only one to be read."""
    monkeypatch.setattr("os.environ", {})
    path = tmp_path / "chamra.env"
    os.environ["CHAMRA_SETTINGS"] = str(path)

    def write(text):
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_a_file_says_what_the_environment_does_not(written):
    written(
        "# ours\nCHAMRA_JOBS=3\nexport CHAMRA_RULES='REP=off, GAZ203=flag'\nPREFECT_API_URL=http://a/$b\n"
    )
    os.environ["CHAMRA_JOBS"] = "1"
    read_settings_files()
    assert (os.environ["CHAMRA_JOBS"], os.environ["CHAMRA_RULES"]) == ("1", "REP=off, GAZ203=flag")
    assert os.environ["PREFECT_API_URL"] == "http://a/$b"


@pytest.mark.parametrize("line", ["JOBS=3", "CHAMRA_JOBS", "LD_PRELOAD=/tmp/x.so"])
def test_what_is_no_setting_is_told_with_the_file(written, line):
    path = written(line + "\n")
    with pytest.raises(BadInput, match=str(path)):
        read_settings_files()


def test_a_file_that_is_named_must_be_there(written):
    with pytest.raises(BadInput, match="cannot be read"):
        read_settings_files()
    written("").write_bytes(b"CHAMRA_RULES=\xff\n")
    with pytest.raises(BadInput, match="cannot be read"):
        read_settings_files()


def test_the_users_file_goes_before_the_machines(tmp_path, monkeypatch):
    monkeypatch.setattr("os.environ", {"XDG_CONFIG_HOME": str(tmp_path)})
    (tmp_path / "chamra").mkdir()
    (tmp_path / "chamra/chamra.env").write_text("CHAMRA_QUALITY=best\n")
    read_settings_files()
    assert os.environ["CHAMRA_QUALITY"] == "best"


def test_the_program_reads_it_and_ends_with_a_sentence_where_it_cannot(tmp_path):
    environment = {**os.environ, "CHAMRA_SETTINGS": str(tmp_path / "none")}
    done = subprocess.run(
        [sys.executable, "-m", "cli.app", "--version"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 3
    assert done.stderr.startswith("chamra: Settings cannot be read")
    assert "Traceback" not in done.stderr
