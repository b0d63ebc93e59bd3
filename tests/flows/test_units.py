"""The systemd unit that `chamra up --systemd` prints, and what the parts of an installation are told."""

import shutil
import subprocess
from pathlib import Path

import pytest

from flows.service import Installation, unit


def test_the_unit_waits_for_the_mounts_and_stops_in_order():
    told = unit(
        Installation(Path("/srv/archive 100%"), Path("/srv/in"), backup="/mnt/b", who="สมชาย ใจดี"), "chamra"
    )
    assert 'RequiresMountsFor="/srv/archive 100%%" /srv/in' in told
    assert "User=chamra" in told
    assert "KillMode=mixed" in told
    assert '--who "สมชาย ใจดี"' in told
    assert "--backup /mnt/b" in told


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
@pytest.mark.slow
def test_systemd_finds_nothing_wrong_with_the_unit(tmp_path):
    for place in ("w", "in"):
        (tmp_path / place).mkdir()
    path = tmp_path / "chamra.service"
    path.write_text(unit(Installation(tmp_path / "w", tmp_path / "in", who="a $ and a %"), "root"))
    done = subprocess.run(["systemd-analyze", "verify", path], capture_output=True, text=True, check=False)
    assert (done.returncode, "chamra.service:" in done.stderr) == (0, False), done.stderr


def test_the_parts_talk_to_this_server_and_keep_settings_of_their_own():
    made = Installation(Path("w"), Path("in"), port=4711, url="https://x").environment(
        {"CHAMRA_JOBS": "3", "PREFECT_API_URL": "http://elsewhere/api"}
    )
    assert made["PREFECT_API_URL"] == "http://127.0.0.1:4711/api"
    assert (made["CHAMRA_JOBS"], made["CHAMRA_REVIEW_URL"]) == ("3", "https://x")
    assert Path(made["CHAMRA_WORKSPACE"]).is_absolute()


def test_a_workspace_or_an_inbox_that_is_not_there_is_not_made_by_it(chamra, tmp_path):
    (tmp_path / "in").mkdir()
    status, _, err = chamra("up", "-w", tmp_path / "w", "--inbox", tmp_path / "in")
    assert (status, "is not a workspace" in err, "mounted" in err) == (5, True, True)
    assert not (tmp_path / "w").exists()
    chamra("init", "-w", tmp_path / "w")
    status, _, err = chamra("up", "-w", tmp_path / "w", "--inbox", tmp_path / "gone")
    assert (status, "cannot be read" in err) == (2, True)
