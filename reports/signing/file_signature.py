"""What is known of a signature of a file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class FileSignature:
    """A signature of a file. `by` is whom its certificate or the list of signers names (empty: nobody), `fingerprint`
    names the certificate or key, `when` is the time that the signer claims (None: it has none). `vouched` says that
    somebody who is trusted vouches for it (None: nobody was named). `fault` says why it proves nothing; empty where
    the signature holds.
    """

    by: str
    fingerprint: str
    when: datetime | None = None
    vouched: bool | None = None
    fault: str = ""


CHANGED = "is not of this file: it was changed since, or the signature is of another"
