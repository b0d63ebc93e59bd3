"""Certificates that openssl makes for tests: an authority, and a key that it vouches for."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

PASSWORD = "กุญแจ of the archive"


@dataclass(frozen=True)
class Certificates:
    """`ca` is trusted, `other_ca` vouches for nobody; `p12` is locked with `PASSWORD`, `pem` has the same in clear."""

    ca: Path
    other_ca: Path
    p12: Path
    pem: Path


def certificates(folder: Path) -> Certificates:
    """Make them in a folder."""
    folder.mkdir(parents=True, exist_ok=True)

    def openssl(*words: str) -> None:
        subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True)

    (folder / "usage").write_text("keyUsage=digitalSignature\nbasicConstraints=CA:FALSE\n")
    for name in ("ca", "other"):
        openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout",
                f"{name}.key", "-out", f"{name}.pem", "-days", "2", "-subj", f"/CN={name}")  # fmt: skip
    openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", "own.key", "-out", "own.csr", "-utf8",
            "-subj", "/O=เทศบาล/CN=หอจดหมายเหตุ")  # fmt: skip
    openssl("x509", "-req", "-in", "own.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2",
            "-out", "own.pem", "-extfile", "usage")  # fmt: skip
    openssl("pkcs12", "-export", "-inkey", "own.key", "-in", "own.pem", "-certfile", "ca.pem", "-out", "own.p12",
            "-passout", f"pass:{PASSWORD}")  # fmt: skip
    both = folder / "both.pem"
    both.write_bytes((folder / "own.key").read_bytes() + (folder / "own.pem").read_bytes())
    return Certificates(folder / "ca.pem", folder / "other.pem", folder / "own.p12", both)
