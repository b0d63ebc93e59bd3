"""An object store that speaks S3, as a server of its own, and a cable to it that can be pulled."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress

KEYS = {"AWS_ACCESS_KEY_ID": "chamra", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_DEFAULT_REGION": "us-east-1"}


def free_port() -> int:
    """A port of this machine that nobody uses."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def server(host: str = "127.0.0.1") -> Iterator[str]:
    """Start the server; gives its address. What is put there is gone with it."""
    port = free_port()
    address = f"http://{host}:{port}"
    command = [sys.executable, "-m", "moto.server", "-H", host, "-p", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        end = time.monotonic() + 120
        while True:
            with suppress(OSError):
                urllib.request.urlopen(address, timeout=5).close()
                break
            assert process.poll() is None
            assert time.monotonic() < end
            time.sleep(0.1)
        _forget()
        yield address
    finally:
        _forget()
        process.kill()
        process.wait()


def _forget() -> None:
    """What was opened before keeps the address of another server."""
    import s3fs  # noqa: PLC0415

    s3fs.S3FileSystem.clear_instance_cache()


def make_bucket(name: str) -> str:
    """A new bucket at the server that the environment names; gives its URL."""
    import s3fs  # noqa: PLC0415

    s3fs.S3FileSystem(skip_instance_cache=True).mkdir(name)
    return f"s3://{name}/archive"


class Cable:
    """A port of this machine that leads to another one while the cable is in."""

    def __init__(self, to: str) -> None:
        host, _, port = to.removeprefix("http://").partition(":")
        self._to = (host, int(port))
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._connections: list[socket.socket] = []
        self._listener: socket.socket | None = None
        self.plug_in()

    def plug_in(self) -> None:
        """Connections are taken, and led on."""
        self._listener = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._take, args=(self._listener,), daemon=True).start()

    def pull(self) -> None:
        """Every connection breaks off, and no new one is taken."""
        assert self._listener is not None
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for one in self._connections:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()
        self._connections.clear()

    def _take(self, listener: socket.socket) -> None:
        while True:
            try:
                near, _ = listener.accept()
                far = socket.create_connection(self._to)
            except OSError:
                return
            self._connections += [near, far]
            for one, other in ((near, far), (far, near)):
                threading.Thread(target=_lead, args=(one, other), daemon=True).start()


def _lead(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
    for one in (source, target):
        with suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)


def set_environment(address: str) -> dict[str, str]:
    """What a process needs to use the server at this address."""
    return {**os.environ, **KEYS, "AWS_ENDPOINT_URL": address}
