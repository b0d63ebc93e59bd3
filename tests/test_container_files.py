"""The container's files say what the program understands. Whether an engine builds them is tried where there is one."""

import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from cli.app import app

ROOT = Path(__file__).parents[1]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")


def calls() -> list[list[str]]:
    """Every call of `chamra` in both files, comments included."""
    services = COMPOSE["services"].values()
    made = [service["command"] for service in services]
    made += [service["healthcheck"]["test"][2:] for service in services if "healthcheck" in service]
    for line in (ROOT / "compose.yaml").read_text("utf-8").splitlines():
        if found := re.match(r"#\s+docker compose run --rm init (.*)", line):
            made.append(shlex.split(found[1]))
    made += [
        shlex.split(found)[:5] for found in re.findall(r"^#.* chamra chamra (.*)$", DOCKERFILE, re.MULTILINE)
    ]
    return made


@pytest.mark.parametrize("call", calls(), ids=" ".join)
def test_every_command_and_option_exists(call: list[str]) -> None:
    command: Any = typer.main.get_command(app)
    words = list(call)
    while hasattr(command, "commands"):
        assert words[0] in command.commands, call
        command = command.commands[words.pop(0)]
    known = {name for parameter in command.params for name in parameter.opts}
    assert {word for word in words if word.startswith("-")} <= known


def test_services_write_only_where_a_folder_is_given() -> None:
    up = COMPOSE["services"]["chamra"]
    assert up["read_only"] is True
    mounted = {
        str(one).rsplit("}:" if "}:" in str(one) else ":", 1)[1].split(":")[0] for one in up["volumes"]
    }
    assert mounted == {"/data", "/scans", "/backup", "/home/chamra/prefect"}
    folders = [word for word in up["command"] if word.startswith("/")]
    assert all(any(Path(word).is_relative_to(one) for one in mounted) for word in folders)
    # The anchors lie beside the workspace, so the workspace is no mount of its own.
    assert up["command"][2] not in mounted


def test_no_image_is_fetched_but_the_one_of_the_system() -> None:
    assert re.findall(r"^FROM (.*)$", DOCKERFILE, re.MULTILINE) == ["debian:13-slim"]
    assert {service["image"] for service in COMPOSE["services"].values()} == {"chamra"}


def test_an_engine_builds_the_image(tmp_path: Path) -> None:
    docker = shutil.which("docker")
    if docker is None or subprocess.run([docker, "info"], capture_output=True, check=False).returncode != 0:
        pytest.skip("no container engine is at work here")
    if "CHAMRA_BUILD_IMAGE" not in os.environ:
        pytest.skip("fetches an image: set CHAMRA_BUILD_IMAGE to try it")
    subprocess.run([docker, "build", "-t", "chamra-test", str(ROOT)], check=True)
    done = subprocess.run(
        [docker, "run", "--rm", "chamra-test", "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("chamra ")
