"""The network's file and the session that runs it, on one thread, around the places that are asked about."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from correction.words.denoiser.features import NetworkInput
from dictionaries.characters import SYMBOLS
from model.errors import DictionaryError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

MODEL = Path(__file__).with_name("denoiser.onnx")
_LONGEST_PASS = 500
"""Characters that one pass takes: more are no quicker and take more memory."""
_BETWEEN = 50
"""Characters nobody asked about that a pass takes, too, because two passes would take longer than one."""
_REMEDY = "Install the program anew, or make the model with python -m training.denoiser."

LogOdds = NDArray[np.float32]
Positions = NDArray[np.int64]


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
        """Characters on either side that bear on a character."""

    def predict(
        self, shown: NetworkInput, positions: Positions
    ) -> Iterator[tuple[Positions, LogOdds, LogOdds]]:
        """The log odds of every character by number against what stands there, for p positions (ascending), some at a
        time: those positions (a,), the log odds of what belongs there (a, symbols; number 0 to delete it), and those of
        what is missing behind, as many."""
        for first, last in _passes(positions, self.reach):
            start = max(int(positions[first]) - self.reach, 0)
            part = shown[start : int(positions[last - 1]) + self.reach + 1]
            inputs = {
                "letters": part.symbols,
                "edit_here": part.replacement,
                "edit_behind": part.insertion,
                "numbers": part.numbers,
            }
            belongs, missing = self._session.run(None, inputs)
            rows = positions[first:last] - start
            yield positions[first:last], belongs[rows], missing[rows]


def _passes(positions: Positions, reach: int) -> list[tuple[int, int]]:
    """First and last index of the positions that one pass takes: those whose neighbourhoods meet, or nearly."""
    if not len(positions):
        return []
    passes: list[tuple[int, int]] = []
    first = 0
    for index in range(1, len(positions) + 1):
        apart = index == len(positions) or positions[index] - positions[index - 1] > 2 * reach + _BETWEEN
        if apart or positions[index] - positions[first] > _LONGEST_PASS:
            passes.append((first, index))
            first = index
    return passes


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
