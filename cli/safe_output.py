"""What reaches a terminal: no name of a file, no reading and no note can move its cursor or hide what stands there.

Texts go through streams that show such characters as the escapes that JSON has for them, so that JSON stays what it
says. A document's own bytes (`chamra text`) go past them when they are piped, and through them to a terminal.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TextIO

from model.visible import shown

if TYPE_CHECKING:
    from rich.console import Console


class SafeStream:
    """A text stream through which only what is safe to show passes."""

    def __init__(self, stream: TextIO) -> None:
        self.unfiltered = stream

    def write(self, text: str) -> int:
        """Write the text as it is safe to show."""
        return self.unfiltered.write(shown(text))

    def writelines(self, lines: Any) -> None:  # noqa: ANN401  as every stream has it
        """Write the lines as they are safe to show."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  whatever the stream has
        return getattr(self.unfiltered, name)


@contextmanager
def safe_streams() -> Iterator[None]:
    """In this block standard output and standard error are safe."""
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = SafeStream(before[0]), SafeStream(before[1])
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


def write_document(data: bytes) -> None:
    """Write a document's own bytes to standard output: exactly, unless a terminal would read them."""
    sys.stdout.flush()
    if sys.stdout.isatty():
        sys.stdout.write(data.decode("utf-8", "replace"))
    else:
        sys.stdout.buffer.write(data)


def safe_console(*, stderr: bool = False) -> Console:
    """A console whose own colours and bars reach the terminal, and nothing that stands in a text."""
    from rich.console import Console
    from rich.segment import Segment

    class SafeConsole(Console):
        """Shows what stands in a text; what Rich makes of styles stays."""

        def render(self, *given: Any, **options: Any) -> Iterator[Segment]:  # noqa: ANN401  as Rich has it
            for one in super().render(*given, **options):
                yield one if one.control else Segment(shown(one.text), one.style)

    stream = sys.stderr if stderr else sys.stdout
    return SafeConsole(file=getattr(stream, "unfiltered", stream), stderr=stderr)
