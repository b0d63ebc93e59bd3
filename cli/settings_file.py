"""Settings in files, in the form of systemd's `EnvironmentFile`: what the environment does not say, they do."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from dotenv import dotenv_values

from model.errors import BadInput

VARIABLE = "CHAMRA_SETTINGS"
"""Names the only file to read; empty for none."""

_PREFIXES = ("CHAMRA_", "PREFECT_")


def read_settings_files() -> None:
    """Take settings from the user's file, then from the machine's; whatever is set already stays.

    Raises:
        BadInput: a file cannot be read, or sets what is none of our settings.
    """
    for path in _files():
        try:
            with path.open(encoding="utf-8") as file:
                values = dotenv_values(stream=file, interpolate=False)
        except (OSError, UnicodeDecodeError) as error:
            raise BadInput(f"Settings cannot be read: {path}: {error}.", remedy="Mend the file.") from error
        for name, value in values.items():
            if not name.startswith(_PREFIXES) or value is None:
                raise BadInput(
                    f"{path}: {name!r} is no setting.",
                    remedy="A line is NAME=value, with CHAMRA_ or PREFECT_ in front.",
                )
            os.environ.setdefault(name, value)


def _files() -> Iterable[Path]:
    named = os.environ.get(VARIABLE)
    if named is not None:
        return [Path(named)] if named else []
    home = os.environ.get("XDG_CONFIG_HOME") or "~/.config"
    usual = (Path(home).expanduser() / "chamra/chamra.env", Path("/etc/chamra.env"))
    return [path for path in usual if os.access(path, os.R_OK)]
