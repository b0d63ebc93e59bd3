"""A filter of system calls: no socket, no program, no signal to others, no file to write (Linux 3.17 and later).

Landlock says what may be opened; it does not know sockets but TCP's, nor changes of mode or owner, and older kernels
lack it. What is refused here fails with "not permitted"; what a decoder needs to read, reckon and answer stays.
"""

from __future__ import annotations

import ctypes
import os
import platform
import struct

_ARCHITECTURES = {"x86_64": (0xC000003E, 0), "aarch64": (0xC00000B7, 1)}
"""The kernel's number of the machine, and which of a call's two numbers is its own."""

_REFUSED = {
    # networks
    "socket": (41, 198), "socketpair": (53, 199), "connect": (42, 203), "bind": (49, 200), "listen": (50, 201),
    "accept": (43, 202), "accept4": (288, 242),
    # programs and other processes
    "execve": (59, 221), "execveat": (322, 281), "fork": (57, -1), "vfork": (58, -1), "tkill": (200, 130),
    "rt_sigqueueinfo": (129, 138), "rt_tgsigqueueinfo": (297, 240), "pidfd_open": (434, 434),
    "pidfd_send_signal": (424, 424), "pidfd_getfd": (438, 438), "ptrace": (101, 117),
    "process_vm_readv": (310, 270), "process_vm_writev": (311, 271), "process_madvise": (440, 440),
    "shmget": (29, 194), "shmat": (30, 196), "msgget": (68, 186), "semget": (64, 190), "mq_open": (240, 180),
    # files: made, changed, removed, or reached by another way than a name
    "creat": (85, -1), "open_by_handle_at": (304, 265), "chmod": (90, -1), "fchmod": (91, 52),
    "fchmodat": (268, 53), "fchmodat2": (452, 452), "chown": (92, -1), "fchown": (93, 55), "lchown": (94, -1),
    "fchownat": (260, 54), "utime": (132, -1), "utimes": (235, -1), "futimesat": (261, -1), "utimensat": (280, 88),
    "setxattr": (188, 5), "lsetxattr": (189, 6), "fsetxattr": (190, 7), "setxattrat": (463, 463),
    "removexattr": (197, 14), "lremovexattr": (198, 15), "fremovexattr": (199, 16), "removexattrat": (466, 466),
    "truncate": (76, 45), "mknod": (133, -1), "mknodat": (259, 33), "unlink": (87, -1), "unlinkat": (263, 35),
    "rename": (82, -1), "renameat": (264, 38), "renameat2": (316, 276), "link": (86, -1), "linkat": (265, 37),
    "symlink": (88, -1), "symlinkat": (266, 36), "mkdir": (83, -1), "mkdirat": (258, 34), "rmdir": (84, -1),
    # the machine
    "mount": (165, 40), "umount2": (166, 39), "pivot_root": (155, 41), "chroot": (161, 51), "open_tree": (428, 428),
    "move_mount": (429, 429), "fsopen": (430, 430), "fsconfig": (431, 431), "fsmount": (432, 432),
    "fspick": (433, 433), "mount_setattr": (442, 442), "setns": (308, 268), "unshare": (272, 97), "bpf": (321, 280),
    "perf_event_open": (298, 241), "userfaultfd": (323, 282), "add_key": (248, 217), "request_key": (249, 218),
    "keyctl": (250, 219), "io_uring_setup": (425, 425), "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427), "init_module": (175, 105), "finit_module": (313, 273),
    "delete_module": (176, 106), "kexec_load": (246, 104), "kexec_file_load": (320, 294), "reboot": (169, 142),
    "swapon": (167, 224), "swapoff": (168, 225), "personality": (135, 92), "acct": (163, 89),
    "settimeofday": (164, 170), "clock_settime": (227, 112), "adjtimex": (159, 171), "clock_adjtime": (305, 266),
    "sethostname": (170, 161), "setdomainname": (171, 162), "iopl": (172, -1), "ioperm": (173, -1),
}  # fmt: skip
"""Each call's numbers on x86_64 and on aarch64, -1 where there is none."""

_MISSING = {"clone3": (435, 435), "openat2": (437, 437)}
"""Calls whose arguments a filter cannot see: "there is no such call", so that libc takes the older one."""

_OPEN = {"open": (2, -1, 1), "openat": (257, 56, 2)}
"""Numbers, and which argument has the flags."""
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_CLONE, _THREAD = (56, 220), 0x10000
_TO_ITSELF = {"kill": (62, 129), "tgkill": (234, 131)}
_LIMITS = (302, 261)
"""prlimit64, by which a process also changes its own limits: then its first argument is 0."""
_X32 = 0x40000000
"""Calls of x86_64 in their 32-bit form have numbers from here on."""

_LOAD, _SAME, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _KILL, _FAIL = 0x7FFF0000, 0x80000000, 0x00050000
_NOT_PERMITTED, _NO_SUCH_CALL = 1, 38
_NUMBER, _MACHINE, _ARGUMENTS = 0, 4, 16
_SET_SECCOMP, _FILTER_MODE = 22, 2

_Step = tuple[int, int, int, int]


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_char_p))


def refuse_all_but_reading() -> bool:
    """Put the filter in force for this process, for ever. False where the kernel or the machine has none.

    The process must have given up new privileges before.
    """
    known = _ARCHITECTURES.get(platform.machine())
    if known is None:
        return False
    steps = _steps(*known)
    packed = b"".join(struct.pack("HBBI", *step) for step in steps)
    program = _Program(len(steps), packed)
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    return int(prctl(_SET_SECCOMP, _FILTER_MODE, ctypes.byref(program), 0, 0)) == 0


def _steps(machine: int, column: int) -> list[_Step]:
    made: list[_Step] = [
        (_LOAD, 0, 0, _MACHINE),
        (_SAME, 1, 0, machine),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER),
    ]
    if column == 0:
        made += [(_AT_LEAST, 0, 1, _X32), (_RETURN, 0, 0, _KILL)]
    for calls, error in ((_REFUSED, _NOT_PERMITTED), (_MISSING, _NO_SUCH_CALL)):
        for numbers in calls.values():
            made += _when(numbers[column], [(_RETURN, 0, 0, _FAIL | error)])
    for here, there, flags in _OPEN.values():
        made += _when((here, there)[column], _if(flags, _ANY_BIT, _WRITES, _FAIL | _NOT_PERMITTED, _ALLOW))
    made += _when(_CLONE[column], _if(0, _ANY_BIT, _THREAD, _ALLOW, _FAIL | _NOT_PERMITTED))
    for numbers in _TO_ITSELF.values():
        made += _when(numbers[column], _if(0, _SAME, os.getpid(), _ALLOW, _FAIL | _NOT_PERMITTED))
    made += _when(_LIMITS[column], _if(0, _SAME, 0, _ALLOW, _FAIL | _NOT_PERMITTED))
    return [*made, (_RETURN, 0, 0, _ALLOW)]


def _when(number: int, then: list[_Step]) -> list[_Step]:
    """These steps for the call of this number; they end the filter."""
    return [(_SAME, 0, len(then), number), *then] if number >= 0 else []


def _if(argument: int, test: int, value: int, yes: int, no: int) -> list[_Step]:
    """One answer or the other by the lower half of an argument."""
    return [
        (_LOAD, 0, 0, _ARGUMENTS + 8 * argument),
        (test, 0, 1, value),
        (_RETURN, 0, 0, yes),
        (_RETURN, 0, 0, no),
    ]
