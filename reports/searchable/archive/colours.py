"""Whether the colours of a PDF say of themselves what they look like (ISO 19005-2, 6.2.3 and 6.2.4)."""

from __future__ import annotations

from collections.abc import Iterator

from pikepdf import Array, Dictionary, Name, Object, Stream

_DEVICE = {
    "/DeviceGray": 1, "/G": 1, "/DeviceRGB": 3, "/RGB": 3, "/DeviceCMYK": 4, "/CMYK": 4,
}  # fmt: skip
_DEFAULTS = {1: "/DefaultGray", 3: "/DefaultRGB", 4: "/DefaultCMYK"}
_CALLED = {1: "grey", 3: "RGB", 4: "CMYK"}
_OF_PROFILE = {b"GRAY": 1, b"RGB ": 3, b"Lab ": 3, b"CMYK": 4}
_HEAD = 128  # bytes
_NEWEST = 4
_DEEPEST = 8
_MEANT = frozenset({b"mntr", b"prtr"})
_CLASSES = _MEANT | {b"scnr", b"spac"}

Resources = Object
"""A resource dictionary, or an empty one."""


def profile_components(stream: Object, classes: frozenset[bytes] = _CLASSES) -> int:
    """How many components an ICC profile is for; 0 where it is none that PDF/A-2 takes."""
    data = bytes(stream.read_bytes()) if isinstance(stream, Stream) else b""
    if len(data) < _HEAD or data[36:40] != b"acsp" or data[8] > _NEWEST or data[12:16] not in classes:
        return 0
    found = _OF_PROFILE.get(data[16:20], 0)
    return found if stream.get("/N", found) == found else 0


def stated_intents(intents: Object | None) -> list[Object] | None:
    """The output intents that a PDF states, none where it states nothing; None where what stands there is no list of
    them."""
    if intents is None:
        return []
    if not isinstance(intents, Array) or not all(isinstance(one, Dictionary) for one in intents):
        return None
    return list(intents)


def meant_components(intents: Object | None) -> int:
    """How many components the colours have that a PDF's output intents say to be meant; 0 where they say nothing that
    holds, or several things."""
    stated = stated_intents(intents) or []
    profiles = [one.DestOutputProfile for one in stated if "/DestOutputProfile" in one]
    for_archives = [one for one in stated if one.get("/S") == Name.GTS_PDFA1]
    if not for_archives or "/DestOutputProfile" not in for_archives[0]:
        return 0
    if any(one.objgen != profiles[0].objgen for one in profiles):
        return 0
    return profile_components(profiles[0], _MEANT)


class Colours:
    """What may be used where colours of `meant` components are meant."""

    def __init__(self, meant: int) -> None:
        self._meant = meant

    def faults(self, space: Object | None, resources: Resources, depth: int = 0) -> Iterator[str]:
        """What is wrong with a colour space, in words. `space` is what stands in a dictionary or before an operator."""
        named = resources.get("/ColorSpace")
        if isinstance(space, Name):
            components = _DEVICE.get(str(space))
            if components:
                yield from self._device(components, named)
            elif isinstance(named, Dictionary) and str(space) in named and depth < _DEEPEST:
                yield from self.faults(named[str(space)], resources, depth + 1)
            elif str(space) != "/Pattern":
                yield f"a colour space {str(space)[1:]} is named that is not there"
            return
        if not isinstance(space, Array) or not len(space) or depth >= _DEEPEST:
            yield "a colour space cannot be read"
            return
        yield from self._of_family(space, resources, depth)

    def _of_family(self, space: Array, resources: Resources, depth: int) -> Iterator[str]:
        family = str(space[0])
        if family == "/ICCBased":
            if not profile_components(space[1]):
                yield "an ICC profile is none that PDF/A-2 takes"
        elif family in ("/Indexed", "/I", "/Pattern"):
            if len(space) > 1:
                yield from self.faults(space[1], resources, depth + 1)
        elif family == "/Separation":
            yield from self.faults(space[2], resources, depth + 1)
        elif family == "/DeviceN":
            yield "colours are mixed from inks of their own (DeviceN), which is not looked into"
        elif family in _DEVICE:
            yield from self.faults(space[0], resources, depth + 1)
        elif family not in ("/CalGray", "/CalRGB", "/Lab"):
            yield f"a colour space {family[1:]} is unknown"

    def _device(self, components: int, named: Object | None) -> Iterator[str]:
        default = _DEFAULTS[components]
        if isinstance(named, Dictionary) and default in named:
            own = named[default]
            if not (isinstance(own, Array) and str(own[0]) in ("/ICCBased", "/CalGray", "/CalRGB")):
                yield f"what {_CALLED[components]} looks like is not said"
            elif str(own[0]) == "/ICCBased" and profile_components(own[1]) != components:
                yield "an ICC profile is none that PDF/A-2 takes"
        elif components not in (1, self._meant):
            yield f"its colours are {_CALLED[components]}, and how these look nothing in it says"
