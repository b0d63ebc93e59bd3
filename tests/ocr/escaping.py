"""A worker that tries to get out: what a decoder that was taken over would do first."""

import ctypes
import os
import socket
from pathlib import Path

LIBC = ctypes.CDLL(None, use_errno=True)


def system(number, *words):
    """A system call by its number on x86_64, as code that knows no Python would make it."""
    if LIBC.syscall(ctypes.c_long(number), *words) < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def connected(family, address):
    with socket.socket(family) as one:
        one.connect(address)


ATTEMPTS = {
    "shadow": lambda place: Path("/etc/shadow").read_bytes(),
    "the ledger": lambda place: Path(place, "ledger.sqlite").read_bytes(),
    "the ledger, to write": lambda place: os.open(Path(place, "ledger.sqlite"), os.O_RDWR),
    "the ledger, shorter": lambda place: os.truncate(Path(place, "ledger.sqlite"), 0),
    "the ledger, away": lambda place: Path(place, "ledger.sqlite").unlink(),
    "the ledger, elsewhere": lambda place: Path(place, "ledger.sqlite").rename(Path(place, "other")),
    "the ledger, for all": lambda place: Path(place, "ledger.sqlite").chmod(0o666),
    "a file": lambda place: Path(place, "made").write_bytes(b"x"),
    "a folder": lambda place: Path(place, "made").mkdir(),
    "a link": lambda place: Path(place, "made").symlink_to("/etc/passwd"),
    "another's memory": lambda place: os.open(f"/proc/{os.getppid()}/mem", os.O_RDONLY),
    "another's environment": lambda place: Path(f"/proc/{os.getppid()}/environ").read_bytes(),
    "a listing": lambda place: list(Path(place).iterdir()),
    "an address": lambda place: connected(socket.AF_INET, ("127.0.0.1", 9)),
    "a local socket": lambda place: connected(socket.AF_UNIX, f"{place}/socket"),
    "packets": lambda place: socket.socket(socket.AF_PACKET, socket.SOCK_RAW),
    "a program": lambda place: os.execv("/bin/true", ["true"]),
    "a child": lambda place: os.fork() or os._exit(0),
    "a signal": lambda place: os.kill(os.getppid(), 0),
    "a signal to all": lambda place: os.kill(-1, 0),
    "tracing": lambda place: system(101, 16, os.getppid(), 0, 0),
    "a user's own space": lambda place: system(272, 0x10000000),
    "a ring": lambda place: system(425, 8, ctypes.create_string_buffer(120)),
    "other limits": lambda place: system(302, os.getppid(), 7, None, ctypes.create_string_buffer(16)),
    "a kernel's program": lambda place: system(321, 0, ctypes.create_string_buffer(120), 120),
    "a keyring": lambda place: system(250, 0, -3, 1),
}


def handler(place):
    def answer(request):
        if request.get("own"):
            path = f"/dev/fd/{request['own']}"
            return {"own": Path(path).read_text(), "environment": dict(os.environ)}, b""
        return {"through": [what for what, attempt in ATTEMPTS.items() if is_through(attempt, place)]}, b""

    return answer


def is_through(attempt, place):
    try:
        attempt(place)
    except PermissionError:
        return False
    except OSError:
        return True  # it was tried: what hindered it was not the confinement
    return True
