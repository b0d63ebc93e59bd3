"""What an auditor brings from elsewhere, and what of a workspace it covers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Trust:
    """What the auditor holds that whoever keeps the workspace cannot write.

    `anchors`: their own copies of anchor files. `since`: a moment (UTC, ISO 8601), from which on every record that
    somebody made is listed; empty for none.
    """

    anchors: tuple[Path, ...] = ()
    since: str = ""


NOTHING_BROUGHT = Trust()
