"""The objects of a PDF that its trailer leads to, and what PDF/A-2 asks of each whatever it is for.

Paragraph numbers are those of ISO 19005-2:2011.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

_MOST_OBJECTS = 500_000
_LONGEST_STRING, _LONGEST_NAME = 32767, 127
_ELSEWHERE = ("/F", "/FFilter", "/FDecodeParms")
_ACTED_BY = ("/A", "/OpenAction", "/Next")
_NAMED_ACTIONS = ("/NextPage", "/PrevPage", "/FirstPage", "/LastPage")
_ACTIONS = frozenset({"/GoTo", "/GoToR", "/GoToE", "/Thread", "/URI", "/Named", "/SubmitForm"})


class TooMuchToSee(Exception):
    """There is more in a file than is looked at."""


@dataclass(frozen=True, slots=True)
class Hung:
    """A dictionary or stream, and the key under which it hangs; of what stands in an array, that of the array."""

    key: str
    value: Object


def reachable(pdf: Pdf) -> Iterator[Hung]:
    """All dictionaries and streams to which the trailer leads, each once.

    Raises:
        TooMuchToSee: there are more than half a million objects.
    """
    ahead: list[Hung] = [Hung(key, pdf.trailer[key]) for key in ("/Root", "/Info") if key in pdf.trailer]
    seen: set[tuple[int, int]] = set()
    taken = 0
    while ahead:
        one = ahead.pop()
        taken += 1
        if taken > _MOST_OBJECTS:
            raise TooMuchToSee
        if one.value.is_indirect:
            if one.value.objgen in seen:
                continue
            seen.add(one.value.objgen)
        if isinstance(one.value, Array):
            ahead += [
                Hung(one.key, part) for part in one.value if isinstance(part, Array | Dictionary | Stream)
            ]
            continue
        yield one
        ahead += [
            Hung(key, part)
            for key, part in one.value.items()
            if isinstance(part, Array | Dictionary | Stream)
        ]


def object_faults(one: Hung) -> Iterator[str]:
    """What is wrong with an object, in words."""
    value = one.value
    if isinstance(value, Stream):
        yield from _stream_faults(value)
    yield from _action_faults(one)
    if "/EF" in value:
        yield "files are attached"  # 6.8
    if "/AA" in value:
        yield "something is done when a page, field or annotation is entered or left (AA)"  # 6.4.1, 6.5.2
    for key, part in value.items():
        if len(key.encode()) > _LONGEST_NAME + 1 or (
            isinstance(part, Name) and len(str(part).encode()) > _LONGEST_NAME + 1
        ):
            yield "a name has more than 127 bytes"  # 6.1.13
        if isinstance(part, String) and len(bytes(part)) > _LONGEST_STRING:
            yield "a string has more than 32,767 bytes"


def _stream_faults(stream: Stream) -> Iterator[str]:
    if any(key in stream for key in _ELSEWHERE):
        yield "a stream lies in another file"  # 6.1.7.1
    if "/LZWDecode" in filters_of(stream):
        yield "a stream is packed with LZW"  # 6.1.7.2


def filters_of(stream: Object) -> list[str]:
    """The names of a stream's filters, in order."""
    found = stream.get("/Filter")
    return (
        [str(one) for one in found] if isinstance(found, Array) else [str(found)] if found is not None else []
    )


def _action_faults(one: Hung) -> Iterator[str]:
    """6.5.1: what a viewer may be told to do."""
    if one.key not in _ACTED_BY or "/S" not in one.value:
        return
    kind = str(one.value.S)
    if kind == "/JavaScript":
        yield "it runs JavaScript"
    elif kind not in _ACTIONS:
        yield f"it tells the viewer to do what PDF/A forbids ({kind[1:]})"
    elif kind == "/Named" and str(one.value.get("/N")) not in _NAMED_ACTIONS:
        yield f"it tells the viewer to do what PDF/A forbids ({str(one.value.get('/N'))[1:]})"
