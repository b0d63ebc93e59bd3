"""What the process that opens what strangers have made and the one that asks it have in common: the form of an answer.

Below both, and light: the worker bounds its memory before it imports anything that reads files.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

ANSWER = struct.Struct(">II")
"""An answer begins with two lengths in bytes: of its JSON object, and of its payload."""

Request: TypeAlias = Mapping[str, Any]
Answer: TypeAlias = tuple[dict[str, Any], bytes]
"""An answer's JSON object and its payload."""

Handler: TypeAlias = Callable[[Request], Answer]
"""What answers requests in the worker. A module that does has a function `handler`, which is called before the process
is confined: it imports what the answers will need, and returns the handler."""


class Refusal(Exception):
    """What was asked for cannot be done. `code` is one that whoever asks has a sentence for."""

    def __init__(self, code: str, **facts: float | str) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts
