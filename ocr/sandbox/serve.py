"""The worker's side: limits first, then what is to be imported, then confinement, then one request after the other.

It is started by `ocr.sandbox.process` and trusted with nothing. A request is one line of JSON on standard input; an
answer is two big-endian 32-bit lengths, a JSON object and a payload of bytes, which the parent checks. It ends when its
input ends, so it never outlives the parent by more than the request it is busy with, bounded in processor
time.
"""

from __future__ import annotations

import json
import math
import resource
import sys
from importlib import import_module

from ocr.sandbox.confinement import confine
from ocr.sandbox.protocol import ANSWER, Handler, Refusal


def serve(module: str, about: str, memory_mb: int, seconds: float, file: int) -> None:
    """Answer requests by the handler of this module, made for `about`, until standard input ends. `file` is the
    descriptor of the one file that may be read."""
    bound_memory(memory_mb)
    bound_processor_time(seconds)
    handler: Handler = import_module(module).handler(about)
    confine(file)
    for line in sys.stdin.buffer:
        bound_processor_time(seconds)
        payload = b""
        try:
            header, payload = handler(json.loads(line))
        except Refusal as refused:
            header = {"refused": refused.code, "facts": refused.facts}
        except MemoryError:
            header = {"refused": "memory", "facts": {}}
        data = json.dumps(header).encode()
        sys.stdout.buffer.write(ANSWER.pack(len(data), len(payload)))
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.write(payload)
        sys.stdout.buffer.flush()


def bound_memory(memory_mb: int) -> None:
    """Bound the address space; no core dumps of documents; no files beyond a few lines of diagnostics."""
    size = memory_mb * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))


def bound_processor_time(seconds: float) -> None:
    """Let the kernel end this process when one request uses more than `seconds` of processor time.

    The parent kills it at the same wall time already; this holds when the parent is gone.
    """
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = math.ceil(used.ru_utime + used.ru_stime + seconds) + 1
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    if hard == resource.RLIM_INFINITY or soft < hard:
        resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))
