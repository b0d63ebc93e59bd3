"""The network's file and the session that runs it, on one thread, around the places that are asked about."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from correction.words.denoiser.clues import Clues
from dictionaries.letters import SYMBOLS
from model.errors import DictionaryError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

MODEL = Path(__file__).with_name("denoiser.onnx")
_AT_ONCE = 500
"""Letters that are looked at together: more are no quicker and take more memory."""
_BETWEEN = 50
"""Letters nobody asked about that are looked at, too, because two runs would take longer than one."""
_REMEDY = "Install the program anew, or make the model with python -m training.denoiser."

Odds = NDArray[np.float32]
Places = NDArray[np.int64]


class Denoiser:
    """Says for places of a text what belongs there. Made once, used by all.

    Raises (on creation):
        DictionaryError: the model is missing, damaged or not of this version.
    """

    def __init__(self, path: Path = MODEL) -> None:
        self._session = _session(path)
        facts = self._session.get_modelmeta().custom_metadata_map
        if facts.get("symbols") != "".join(SYMBOLS):
            raise DictionaryError(f"{path}: a network of another version.", remedy=_REMEDY)
        self.reach = int(facts["reach"])
        """Letters on either side that bear on a letter."""

    def look(self, clues: Clues, places: Places) -> Iterator[tuple[Places, Odds, Odds]]:
        """The log odds of every letter by number against what stands there, for some places in order, some of them at
        a time: the places, (places, symbols) for here (number 0 to delete it), and as many for behind."""
        for first, last in _runs(places, self.reach):
            start = max(int(places[first]) - self.reach, 0)
            part = clues[start : int(places[last - 1]) + self.reach + 1]
            shown = {
                "letters": part.letters,
                "edit_here": part.here,
                "edit_behind": part.behind,
                "numbers": part.numbers,
            }
            found = self._session.run(None, shown)
            at = places[first:last] - start
            yield places[first:last], found[0][at], found[1][at]


def _runs(places: Places, reach: int) -> list[tuple[int, int]]:
    """Indices of places that are looked at together: those whose neighbourhoods meet, or nearly."""
    if not len(places):
        return []
    runs: list[tuple[int, int]] = []
    first = 0
    for at in range(1, len(places) + 1):
        apart = at == len(places) or places[at] - places[at - 1] > 2 * reach + _BETWEEN
        if apart or places[at] - places[first] > _AT_ONCE:
            runs.append((first, at))
            first = at
    return runs


def _session(path: Path) -> InferenceSession:
    import onnxruntime  # noqa: PLC0415  most commands ask no network

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = (
        1  # pages in parallel, not threads in a page
    )
    options.enable_cpu_mem_arena = False  # texts have many lengths; the arena would keep the most of each
    data = _bytes(path)
    try:
        return onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime's own kinds share no base
        raise DictionaryError(f"{path}: the network is damaged.", remedy=_REMEDY) from error


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise DictionaryError(f"{path}: cannot be read ({error.strerror}).", remedy=_REMEDY) from error


@cache
def load() -> Denoiser:
    """The network that comes with the program, loaded once."""
    return Denoiser()


@cache
def fingerprint(path: Path = MODEL) -> str:
    """The first 16 digits of the file's SHA-256: the network's version.

    Raises:
        DictionaryError: the file cannot be read.
    """
    return hashlib.sha256(_bytes(path)).hexdigest()[:16]
