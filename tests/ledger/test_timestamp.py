"""A request for a time stamp, answered by an authority of our own that openssl plays."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.timestamp import timestamp_request

HEAD = "c1" * 32

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")


def openssl(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["openssl", *arguments], cwd=folder, capture_output=True, text=True, errors="replace", check=False
    )


@pytest.fixture
def authority(tmp_path):
    """A time-stamping authority with a certificate of its own."""
    (tmp_path / "tsa.cnf").write_text(
        "[req]\ndistinguished_name=dn\nx509_extensions=ext\nprompt=no\n[dn]\nCN=Test TSA\n"
        "[ext]\nbasicConstraints=CA:FALSE\nextendedKeyUsage=critical,timeStamping\nkeyUsage=digitalSignature\n"
        "[tsa]\ndefault_tsa=ours\n[ours]\nserial=./serial\nsigner_cert=./tsa.pem\nsigner_key=./tsa.key\n"
        "certs=./tsa.pem\ndefault_policy=1.2.3.4.1\ndigests=sha256\nsigner_digest=sha256\naccuracy=secs:1\n"
    )
    done = openssl(tmp_path, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "tsa.key", "-out", "tsa.pem",
                   "-days", "2", "-config", "tsa.cnf")  # fmt: skip
    assert done.returncode == 0, done.stderr
    return tmp_path


def test_an_authority_stamps_the_head_and_anybody_verifies_it(authority):
    (authority / "head.tsq").write_bytes(timestamp_request(HEAD, 2**63 + 11))
    done = openssl(
        authority, "ts", "-reply", "-config", "tsa.cnf", "-queryfile", "head.tsq", "-out", "head.tsr"
    )
    assert done.returncode == 0, done.stderr
    verify = ("ts", "-verify", "-in", "head.tsr", "-CAfile", "tsa.pem")
    assert "Verification: OK" in openssl(authority, *verify, "-digest", HEAD).stdout
    assert "Verification: OK" in openssl(authority, *verify, "-queryfile", "head.tsq").stdout
    assert openssl(authority, *verify, "-digest", "00" + HEAD[2:]).returncode != 0


@settings(max_examples=10)
@given(st.binary(min_size=32, max_size=32), st.integers(0, 2**64 - 1))
def test_openssl_reads_what_was_asked(tmp_path_factory, head, nonce):
    folder = tmp_path_factory.getbasetemp()
    (folder / "q.tsq").write_bytes(timestamp_request(head.hex(), nonce))
    told = openssl(folder, "ts", "-query", "-in", "q.tsq", "-text").stdout
    assert "Hash Algorithm: sha256" in told
    assert "Certificate required: yes" in told
    dumped = "".join(re.findall(r"^ +[0-9a-f]{4} - (.{49})", told, flags=re.MULTILINE))
    assert re.sub(r"[^0-9a-f]", "", dumped) == head.hex()
    assert int(re.findall(r"Nonce: (?:0x)?([0-9A-F]+)", told)[0], 16) == nonce
