"""The Merkle tree over the records of a ledger, as Certificate Transparency has it (RFC 9162, section 2).

The leaves are the hashes that the records carry, as 32 bytes each; the records themselves stay as they are. So one
record can be proven to stand in a ledger, and one ledger to be the beginning of another, without the others' records.
Hashes are bytes here; in JSON they are hexadecimal.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Inclusion:
    """That a leaf stands at `index`, counted from 0, in the tree of the first `size` leaves; `path` in hexadecimal."""

    index: int
    size: int
    path: tuple[str, ...]


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf."""
    return hashlib.sha256(b"\x00" + data).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def record_leaf(sha256: str) -> bytes:
    """The leaf of the record with that hash."""
    return leaf_hash(bytes.fromhex(sha256))


@dataclass(slots=True)
class Frontier:
    """The complete subtrees of a tree to which leaves are appended, the largest first: all that its root needs."""

    size: int = 0
    peaks: list[bytes] = field(default_factory=list)

    def append(self, leaf: bytes) -> None:
        """Add the hash of a leaf."""
        self.size += 1
        self.peaks.append(leaf)
        complete = self.size
        while complete % 2 == 0:
            right = self.peaks.pop()
            self.peaks[-1] = _node(self.peaks[-1], right)
            complete //= 2

    def root(self) -> bytes:
        """The root; of a tree without leaves the hash of nothing."""
        if not self.peaks:
            return hashlib.sha256().digest()
        found = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            found = _node(peak, found)
        return found


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The root of the tree over these hashes of leaves."""
    frontier = Frontier()
    for leaf in leaves:
        frontier.append(leaf)
    return frontier.root()


class Tree:
    """The tree over these hashes of leaves, with every complete subtree: for many proofs from one tree."""

    def __init__(self, leaves: Iterable[bytes]) -> None:
        level = list(leaves)
        self.size = len(level)
        self._levels = [level]
        while len(level) > 1:
            level = [_node(*pair) for pair in zip(level[::2], level[1::2], strict=False)]
            self._levels.append(level)

    def root(self) -> bytes:
        """The root."""
        return self._root(0, self.size) if self.size else hashlib.sha256().digest()

    def inclusion(self, index: int) -> Inclusion:
        """The proof that the leaf at `index` stands in the tree (RFC 9162, 2.1.3.1).

        Raises:
            IndexError: there is no such leaf.
        """
        if not 0 <= index < self.size:
            raise IndexError(f"the tree has {self.size} leaves")
        path: list[bytes] = []
        start, count = 0, self.size
        while count > 1:
            half = _split(count)
            if index < start + half:
                path.append(self._root(start + half, count - half))
                count = half
            else:
                path.append(self._root(start, half))
                start, count = start + half, count - half
        return Inclusion(index, self.size, tuple(one.hex() for one in reversed(path)))

    def consistency(self, size: int) -> tuple[str, ...]:
        """The proof that the tree over the first `size` leaves is the beginning of this one (2.1.4.1).

        Raises:
            IndexError: there are not so many leaves.
        """
        if not 0 < size <= self.size:
            raise IndexError(f"the tree has {self.size} leaves")
        path: list[bytes] = []
        start, count, whole = 0, self.size, True
        while size != count:
            half = _split(count)
            if size <= half:
                path.append(self._root(start + half, count - half))
                count = half
            else:
                path.append(self._root(start, half))
                start, count, size, whole = start + half, count - half, size - half, False
        if not whole:
            path.append(self._root(start, count))
        return tuple(one.hex() for one in reversed(path))

    def _root(self, start: int, count: int) -> bytes:
        """The root of the subtree of so many leaves; `start` is where subtrees of this size may begin."""
        if count & (count - 1) == 0:
            level = count.bit_length() - 1
            return self._levels[level][start >> level]
        half = _split(count)
        return _node(self._root(start, half), self._root(start + half, count - half))


def included(leaf: bytes, proof: Inclusion, root: bytes) -> bool:
    """True when the proof leads from the hash of the leaf to the root."""
    try:
        return root_from(leaf, proof) == root
    except ValueError:
        return False


def root_from(leaf: bytes, proof: Inclusion) -> bytes:
    """The root of the tree in which the leaf stands as the proof says (2.1.3.2).

    Raises:
        ValueError: no tree of that size has such a path.
    """
    if not 0 <= proof.index < proof.size:
        raise ValueError("no such leaf")
    index, last, found = proof.index, proof.size - 1, leaf
    for step in map(bytes.fromhex, proof.path):
        if last == 0:
            raise ValueError("the path is too long")
        if index % 2 or index == last:
            found = _node(step, found)
            while index % 2 == 0 and index:
                index, last = index // 2, last // 2
        else:
            found = _node(found, step)
        index, last = index // 2, last // 2
    if last:
        raise ValueError("the path is too short")
    return found


def consistent(old: tuple[int, bytes], new: tuple[int, bytes], proof: Sequence[str]) -> bool:
    """True when the tree of `new` (size, root) begins with the one of `old` (2.1.4.2)."""
    (size, root), (larger, other) = old, new
    if size == larger:
        return root == other and not proof
    steps = [bytes.fromhex(one) for one in proof]
    if not 0 < size < larger or not steps:
        return False
    if size & (size - 1) == 0:
        steps.insert(0, root)
    index, last = size - 1, larger - 1
    while index % 2:
        index, last = index // 2, last // 2
    before = after = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if index % 2 or index == last:
            before, after = _node(step, before), _node(step, after)
            while index % 2 == 0 and index:
                index, last = index // 2, last // 2
        else:
            after = _node(after, step)
        index, last = index // 2, last // 2
    return last == 0 and before == root and after == other


def _split(count: int) -> int:
    """The largest power of two below a number."""
    return 1 << ((count - 1).bit_length() - 1)
