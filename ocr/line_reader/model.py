"""The model file and the session that runs it, on one thread."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from model.errors import MissingProgram
from ocr.line_reader.alphabet import CHARACTERS
from ocr.line_reader.crops import LineCrop, batches, padded
from ocr.line_reader.geometry import FRAME, HEIGHT

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

MODEL = Path(__file__).with_name("line_reader.onnx")

COLUMNS = 3000
"""Of a batch, all lines together: enough to keep the processor busy, little enough to stay in its cache."""


@cache
def fingerprint(path: Path = MODEL) -> str:
    """The first 16 digits of the model file's SHA-256: the model's version.

    Raises:
        MissingProgram: the file is not there.
    """
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()[:16]
    except FileNotFoundError:
        raise MissingProgram(
            f"The line reader's model {path} is missing.",
            remedy="Install Chamra anew, or set second_reader to off.",
        ) from None


@cache
def session(path: Path = MODEL) -> InferenceSession:
    """The session of a model file, made once a process.

    Raises:
        MissingProgram: the file is not there, or was made for another alphabet.
    """
    import onnxruntime  # noqa: PLC0415  most commands read no line

    fingerprint(path)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = (
        1  # pages in parallel, not threads in a page
    )
    options.enable_cpu_mem_arena = False  # lines have many widths; the arena would keep the most of each
    made = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    if made.get_modelmeta().custom_metadata_map.get("letters") != CHARACTERS:
        raise MissingProgram(
            f"The model {path} was made for another alphabet.",
            remedy="Export it with this version of Chamra.",
        )
    return made


def scores(crops: Sequence[LineCrop], path: Path = MODEL) -> list[NDArray[np.float32]]:
    """The log-probabilities (frames, classes) of each crop."""
    found: dict[int, NDArray[np.float32]] = {}
    run = session(path)
    for group in batches(crops, COLUMNS):
        width = padded(crops[group[0]])
        lines = np.zeros((len(group), HEIGHT, width), np.uint8)
        for row, index in enumerate(group):
            lines[row, :, : crops[index].image.shape[1]] = crops[index].image
        (made,) = run.run(None, {"lines": lines})
        for row, index in enumerate(group):
            found[index] = made[row, : -(-crops[index].image.shape[1] // FRAME)]
    return [found[index] for index in range(len(crops))]
