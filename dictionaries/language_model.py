"""A model of Thai characters: how likely each character is after the characters before it.

A character n-gram model with interpolated modified Kneser-Ney smoothing (Chen and Goodman 1999), pruned and
with probabilities in 256 steps. It lies in one file that is mapped into memory, not read: a trie whose nodes
of one length stand in order, so that the children of a node are neighbours. All scoring is done for all
characters of a text at once. `language_model.md` beside the file says what it was made from and how good it is.

The file: 8 bytes of magic, the length of the header (little-endian uint32), the header (JSON, padded with
spaces), then the arrays, each at the offset that the header names, aligned to 8 bytes.
"""

from __future__ import annotations

import hashlib
import json
import struct
from collections.abc import Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dictionaries.characters import BITS, BREAK, PAD, SYMBOLS, Ids, ids
from model.errors import DictionaryError

MODEL = Path(__file__).parent / "data" / "letters.lm"
"""The model that comes with the program."""
MAGIC = b"chamraLM"
FORMAT = 1
BLOCK = 16
"""Nodes that share one base for the offsets of their children."""
_DENSE = 3
"""Characters that are looked up in a table of all combinations instead of in the trie."""
_REMEDY = (
    "Install the program anew, or make the model with python -m training.dictionaries.train_language_model."
)

Scores = NDArray[np.float32]
Nodes = NDArray[np.int32]


class LanguageModel:
    """Characters' probabilities. Pure and shared: made once, read by all."""

    def __init__(
        self, order: int, arrays: dict[str, NDArray[Any]], dense: dict[int, Nodes] | None = None
    ) -> None:
        """`order` characters at a time. `arrays` for each length n: `symbol{n}` (the last character of each node),
        `prob{n}` and `back{n}` (steps), `steps{n}` and `backs{n}` (what the steps stand for, nats), `base{n}` and
        `child{n}` (where the children begin; not for the longest). `dense` are tables of another model with the
        same arrays."""
        self.order = order
        self._arrays = arrays
        self._symbol = [arrays[f"symbol{n}"] for n in range(1, order + 1)]
        self._prob = [arrays[f"prob{n}"] for n in range(1, order + 1)]
        self._steps = [arrays[f"steps{n}"] for n in range(1, order + 1)]
        self._back = [arrays[f"back{n}"] for n in range(1, order)]
        self._backs = [arrays[f"backs{n}"] for n in range(1, order)]
        self._base = [arrays[f"base{n}"] for n in range(1, order)]
        self._child = [arrays[f"child{n}"] for n in range(1, order)]
        self._dense = self._tables() if dense is None else dense

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many runs of 1, 2, ... characters the model holds."""
        return tuple(len(symbol) for symbol in self._symbol)

    def shorter(self, order: int) -> LanguageModel:
        """The same model with a shorter memory, for a first glance: it shares the tables and costs nothing."""
        return LanguageModel(order, self._arrays, self._dense)

    def score(self, text: str) -> Scores:
        """The natural logarithm of each character's probability after the characters before it, at a line's start.

        One number for each code point. Linear in the text.
        """
        return self.score_characters(ids(text))

    def score_characters(self, characters: Ids) -> Scores:
        """The same for characters given as numbers."""
        row = np.empty((1, len(characters) + self.order - 1), np.uint8)
        row[0, : self.order - 1] = PAD
        row[0, self.order - 2] = BREAK
        row[0, self.order - 1 :] = characters
        scores: Scores = self.score_rows(row)[0]
        return scores

    def gains(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """For each pair by how many nats its second text is likelier than its first, two texts of one length, each at a
        line's start. Many pairs at once cost little more than one."""
        by_length: dict[int, list[int]] = {}
        for index, (before, _) in enumerate(pairs):
            by_length.setdefault(len(before), []).append(index)
        gains = [0.0] * len(pairs)
        for length, indices in by_length.items():
            rows = np.full((2 * len(indices), length + self.order - 1), PAD, np.uint8)
            rows[:, self.order - 2] = BREAK
            rows[:, self.order - 1 :] = [ids(text) for index in indices for text in pairs[index]]
            sums = self.score_rows(rows).sum(axis=1).tolist()
            for index, first, second in zip(indices, sums[::2], sums[1::2], strict=True):
                gains[index] = second - first
        return gains

    def score_rows(self, rows: Ids) -> Scores:
        """The same for many short texts of one length at once, given as numbers: rows of L characters in, the
        probabilities of their characters from number `order - 1` on out, each after the characters before it.

        From the shortest run of characters up, each longer one that is known wins.
        """
        count, length = rows.shape
        first = self.order - 1
        if count == 0 or length <= first:
            return np.zeros((count, max(length - first, 0)), np.float32)
        starts = self._nodes(rows)
        score: Scores = self._steps[0][self._prob[0][rows[:, first:].ravel()]]
        for n in range(2, self.order + 1):
            runs = slice(first - n + 1, length - n + 1)
            context = starts[n - 2][:, runs].ravel()
            known = np.flatnonzero(context >= 0)
            if not len(known):
                break
            nodes = context[known]
            run = starts[n - 1][:, runs].ravel()[known]
            found = run >= 0
            score[known] += self._backs[n - 2][self._back[n - 2][nodes]]
            score[known[found]] = self._steps[n - 1][self._prob[n - 1][run[found]]]
        return score.reshape(count, length - first)

    def _nodes(self, rows: Ids) -> list[Nodes]:
        """For each length n, like the rows, the node of the run of n characters that begins at each place; -1 where
        there is none, or where it would not end in its row."""
        count, length = rows.shape
        row = np.ascontiguousarray(rows).ravel()
        found: list[Nodes] = [row.astype(np.int32).reshape(count, length)]
        code = row.astype(np.int32)
        for n in range(2, self.order + 1):
            ends = max(length - n + 1, 0)  # of the last run in a row
            nodes = np.full((count, length), -1, np.int32)
            if n <= _DENSE and row.size >= n:
                code = (code[: row.size - n + 1] << BITS) | row[n - 1 :]
                nodes.ravel()[: len(code)] = self._dense[n][code]
                nodes[:, ends:] = -1
            elif ends:
                parents = found[-1].copy()
                parents[:, ends:] = -1
                known = np.flatnonzero(parents.ravel() >= 0)
                nodes.ravel()[known] = self._children(n, parents.ravel()[known], row[known + (n - 1)])
            found.append(nodes)
        return found

    def _children(self, n: int, parents: Nodes, characters: Ids) -> Nodes:
        """The nodes of length n below nodes of length n - 1, by binary search among each node's children."""
        symbol = self._symbol[n - 1]
        low = self._first_child(n - 1, parents)
        high = self._first_child(n - 1, parents + 1)
        answer = np.full(len(parents), -1, np.int32)
        at = np.flatnonzero(low < high)
        low, high, characters = low[at], high[at], characters[at]
        while len(at):
            middle = (low + high) >> 1
            seen = symbol[middle]
            hit = seen == characters
            answer[at[hit]] = middle[hit]
            right = seen < characters
            low = np.where(right, middle + 1, low)
            high = np.where(right, high, middle)
            more = np.flatnonzero(~hit & (low < high))
            at, low, high, characters = at[more], low[more], high[more], characters[more]
        return answer

    def _first_child(self, n: int, nodes: Nodes) -> Nodes:
        first: Nodes = self._base[n - 1][nodes // BLOCK] + self._child[n - 1][nodes]
        return first

    def _tables(self) -> dict[int, Nodes]:
        """For lengths 2 and 3 the node of every combination of characters."""
        codes = np.arange(len(SYMBOLS), dtype=np.int32)
        tables: dict[int, Nodes] = {}
        for n in range(2, min(_DENSE, self.order) + 1):
            parents = np.arange(len(codes) + 1, dtype=np.int32)
            counts = np.diff(self._first_child(n - 1, parents))
            codes = (np.repeat(codes, counts) << BITS) | self._symbol[n - 1]
            tables[n] = np.full(1 << (BITS * n), -1, np.int32)
            tables[n][codes] = np.arange(len(codes), dtype=np.int32)
        return tables

    @cached_property
    def threes(self) -> Scores:
        """The log probability of every character after every two characters, [first, second, character] by number: for
        a glance at very many places."""
        size = 1 << BITS
        ones = np.zeros(size, np.float32)
        ones[: len(SYMBOLS)] = self._steps[0][self._prob[0]]
        left = np.zeros(size, np.float32)
        left[: len(SYMBOLS)] = self._backs[0][self._back[0]]
        pair = self._dense[2].reshape(size, size)
        twos = left[:, None] + ones[None, :]
        np.copyto(twos, self._steps[1][self._prob[1][np.maximum(pair, 0)]], where=pair >= 0)
        run = self._dense[3].reshape(size, size, size)
        left_of_two = np.where(pair >= 0, self._backs[1][self._back[1][np.maximum(pair, 0)]], np.float32(0))
        found: Scores = left_of_two[:, :, None] + twos[None, :, :]
        known = np.flatnonzero(run.reshape(-1) >= 0)
        found.reshape(-1)[known] = self._steps[2][self._prob[2][run.reshape(-1)[known]]]
        return found

    def save(self, path: Path, about: dict[str, Any]) -> None:
        """Write the model with what is said about it."""
        offset = 0
        places: dict[str, Any] = {}
        body: list[bytes] = []
        for name, array in self._arrays.items():
            data = np.ascontiguousarray(array).tobytes()
            data += bytes(-len(data) % 8)
            places[name] = {"offset": offset, "size": len(array), "type": array.dtype.str}
            body.append(data)
            offset += len(data)
        joined = b"".join(body)
        header = {
            "format": FORMAT,
            "order": self.order,
            "symbols": "".join(SYMBOLS),
            "sha256": hashlib.sha256(joined).hexdigest(),
            "arrays": places,
            "about": about,
        }
        text = json.dumps(header, ensure_ascii=False, sort_keys=True).encode("utf-8")
        text += b" " * (-(len(text) + len(MAGIC) + 4) % 8)
        path.write_bytes(MAGIC + struct.pack("<I", len(text)) + text + joined)


def read_header(path: Path = MODEL) -> dict[str, Any]:
    """What a model's file says of itself, without the model: order, `sha256` of its arrays, `about`.

    Raises:
        DictionaryError: the file is missing or is no model that this version can read.
    """
    return _header(path)[0]


def _header(path: Path) -> tuple[dict[str, Any], int]:
    try:
        with path.open("rb") as file:
            start = file.read(len(MAGIC) + 4)
            if len(start) < len(MAGIC) + 4 or not start.startswith(MAGIC):
                raise DictionaryError(f"{path}: not a language model.", remedy=_REMEDY)
            (length,) = struct.unpack("<I", start[len(MAGIC) :])
            header: dict[str, Any] = json.loads(file.read(length))
    except OSError as error:
        raise DictionaryError(f"{path}: cannot be read ({error.strerror}).", remedy=_REMEDY) from error
    except ValueError as error:
        raise DictionaryError(f"{path}: the language model is damaged.", remedy=_REMEDY) from error
    if header.get("format") != FORMAT or header.get("symbols") != "".join(SYMBOLS):
        raise DictionaryError(f"{path}: a language model of another version.", remedy=_REMEDY)
    return header, len(start) + length


def read_model(path: Path) -> LanguageModel:
    """The model in a file, mapped into memory.

    Raises:
        DictionaryError: the file is missing, cut short, damaged, or is no model that this version can read.
    """
    header, start = _header(path)
    body = np.memmap(path, np.uint8, "r", offset=start)
    arrays: dict[str, NDArray[Any]] = {}
    for name, place in header["arrays"].items():
        kind = np.dtype(place["type"])
        end = place["offset"] + place["size"] * kind.itemsize
        if end > len(body):
            raise DictionaryError(f"{path}: the language model is cut short.", remedy=_REMEDY)
        arrays[name] = np.asarray(body[place["offset"] : end]).view(kind)
    if hashlib.sha256(body.data).hexdigest() != header["sha256"]:
        raise DictionaryError(f"{path}: the language model is damaged.", remedy=_REMEDY)
    return LanguageModel(header["order"], arrays)


@lru_cache(maxsize=1)
def load() -> LanguageModel:
    """The model that comes with the program, loaded once."""
    return read_model(MODEL)
