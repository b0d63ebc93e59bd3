"""A time-stamping authority that openssl plays: a root, a certificate for stamps, and a server."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

_CONFIGURATION = """
[req]
distinguished_name=dn
prompt=no
[dn]
CN=Test
[root]
basicConstraints=critical,CA:TRUE
keyUsage=keyCertSign
subjectKeyIdentifier=hash
[stamps]
basicConstraints=CA:FALSE
extendedKeyUsage=critical,timeStamping
keyUsage=digitalSignature
authorityKeyIdentifier=keyid
[tsa]
default_tsa=ours
[ours]
serial=./serial
signer_cert=./tsa.pem
signer_key=./tsa.key
certs=./tsa.pem
default_policy=1.2.3.4.1
digests=sha256
signer_digest=sha256
accuracy=secs:1
ess_cert_id_alg=sha256
"""


class TimeAuthority:
    """Lies in a folder; `ca` is the root that others trust."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "tsa.cnf").write_text(_CONFIGURATION)
        common = ("-config", "tsa.cnf", "-newkey", "rsa:2048", "-nodes")
        self._openssl("req", "-x509", *common, "-keyout", "ca.key", "-out", "ca.pem", "-days", "2",
                      "-subj", "/CN=Test root", "-extensions", "root")  # fmt: skip
        self._openssl(
            "req", "-new", *common, "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", "/CN=Test TSA"
        )
        self._openssl("x509", "-req", "-in", "tsa.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial",
                      "-days", "2", "-out", "tsa.pem", "-extfile", "tsa.cnf", "-extensions", "stamps")  # fmt: skip
        self.ca = folder / "ca.pem"

    def answer(self, request: bytes) -> bytes:
        """The answer to a request."""
        (self.folder / "q.tsq").write_bytes(request)
        self._openssl("ts", "-reply", "-config", "tsa.cnf", "-queryfile", "q.tsq", "-out", "a.tsr")
        return (self.folder / "a.tsr").read_bytes()

    @contextmanager
    def serving(self) -> Iterator[str]:
        """Its address, while it answers there."""
        authority = self

        class Answering(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                request = self.rfile.read(int(self.headers["Content-Length"]))
                self.send_response(200)
                self.end_headers()
                self.wfile.write(authority.answer(request))

            def log_message(self, *_: object) -> None:
                pass

        with HTTPServer(("127.0.0.1", 0), Answering) as server:
            thread = Thread(target=server.serve_forever)
            thread.start()
            try:
                yield f"http://127.0.0.1:{server.server_port}/"
            finally:
                server.shutdown()
                thread.join()

    def _openssl(self, *arguments: str) -> None:
        done = subprocess.run(
            ["openssl", *arguments],
            cwd=self.folder,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
        assert done.returncode == 0, done.stderr
