"""What an auditor brings from elsewhere, and what of a workspace it covers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ledger.signing.allowed_signers import AllowedSigners
from ledger.signing.authorities import NOBODY, Authorities


@dataclass(frozen=True, slots=True)
class Trust:
    """What the auditor holds that whoever keeps the workspace cannot write.

    `anchors`: their own copies of anchor files. `signers`: their own list of whose key is whose. `timestamps`:
    answers of a time-stamping authority. `authorities`: those who vouch for time stamps and for signers.
    `since`: a moment (UTC, ISO 8601), from which on every record that somebody made is listed; empty for none.
    """

    anchors: tuple[Path, ...] = ()
    signers: AllowedSigners | None = None
    timestamps: tuple[Path, ...] = ()
    authorities: Authorities = NOBODY
    since: str = ""


NOTHING_BROUGHT = Trust()
