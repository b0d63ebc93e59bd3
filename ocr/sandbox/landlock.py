"""Landlock: what this process and all that it starts may still open, for ever (Linux 5.13 and later).

https://docs.kernel.org/userspace-api/landlock.html; the numbers of its system calls are the same on every machine.
"""

from __future__ import annotations

import ctypes
import os
import stat
import struct
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_GIVE_VERSION = 1
_BENEATH = 1
_READ_FILE, _READ_FOLDER = 1 << 2, 1 << 3
_FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
"""How many rights over files the kernel knows, by the version of its interface; a later version has as many as 5."""
_TCP = 0b11
"""To bind and to connect; from version 4 on."""
_SCOPES = 0b11
"""Abstract sockets and signals reach no process outside; from version 6 on."""


def version() -> int:
    """The version of the kernel's interface, 0 where there is none or it is switched off."""
    found = int(_system_call(_CREATE_RULESET, None, 0, _GIVE_VERSION))
    return max(found, 0)


def only_these(file: int, places: Iterable[Path]) -> bool:
    """From now on nothing can be opened but this open file, these files and what lies in these folders, to be read;
    nothing can be made, changed, removed or started, and no address be reached. False where the kernel cannot do that.

    The process must have given up new privileges before.
    """
    known = version()
    if not known:
        return False
    handled = (1 << _FILE_RIGHTS[min(known, 5)]) - 1
    attributes = struct.pack("QQQ", handled, _TCP if known >= 4 else 0, _SCOPES if known >= 6 else 0)
    ruleset = int(_system_call(_CREATE_RULESET, attributes, 8 if known < 4 else 16 if known < 6 else 24, 0))
    if ruleset < 0:
        return False
    try:
        _allow(ruleset, file)
        for place in places:
            with suppress(OSError):  # one that is not there need not be opened
                opened = os.open(place, os.O_PATH | os.O_CLOEXEC)
                _allow(ruleset, opened)
                os.close(opened)
        return int(_system_call(_RESTRICT_SELF, ruleset, 0)) == 0
    finally:
        os.close(ruleset)


def _allow(ruleset: int, opened: int) -> None:
    """Let it be read. What cannot be named in a rule, such as a pipe, needs none: it is open already."""
    rights = _READ_FILE | (_READ_FOLDER if stat.S_ISDIR(os.fstat(opened).st_mode) else 0)
    _system_call(_ADD_RULE, ruleset, _BENEATH, struct.pack("=Qi", rights, opened), 0)


def _system_call(number: int, *arguments: int | bytes | None) -> int:
    words = [ctypes.c_long(one) if isinstance(one, int) else one for one in arguments]
    return int(ctypes.CDLL(None, use_errno=True).syscall(ctypes.c_long(number), *words))
