"""The tree over the records, its proofs, and notes that are signed."""

import base64
import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from ledger.checkpoint import Checkpoint, SignedCheckpoint, checkpoint_from, origin_of, verify_checkpoints
from ledger.merkle import (
    Frontier,
    Inclusion,
    Tree,
    consistent,
    included,
    leaf_hash,
    record_leaf,
    root_of,
)
from ledger.note import LOG, WITNESS, cosigned, key_of, note_from, note_key_from, signed

# The tree of Certificate Transparency's own tests (RFC 9162, 2.1.5 and the reference implementations).
LEAVES = [leaf_hash(bytes.fromhex(one)) for one in (
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
)]  # fmt: skip
ROOTS = {
    0: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}
SECRET = Ed25519PrivateKey.from_private_bytes(b"l" * 32)


@pytest.mark.parametrize("size", ROOTS)
def test_roots_are_those_of_certificate_transparency(size):
    assert root_of(LEAVES[:size]).hex() == ROOTS[size]


def leaves_of(size):
    return [leaf_hash(str(one).encode()) for one in range(size)]


@given(st.integers(1, 70), st.data())
def test_every_leaf_is_proven_and_no_other(size, data):
    leaves, index = leaves_of(size), data.draw(st.integers(0, size - 1))
    root, proof = root_of(leaves), Tree(leaves).inclusion(index)
    assert included(leaves[index], proof, root)
    assert not included(leaf_hash(b"another"), proof, root)
    assert not included(leaves[index], proof, leaf_hash(b"another"))
    moved = Inclusion(data.draw(st.integers(0, size)), size, proof.path)
    assert included(leaves[index], moved, root) is (moved.index == index)
    for path in (proof.path[:-1], (*proof.path, "00" * 32)):
        assert path == proof.path or not included(leaves[index], Inclusion(index, size, path), root)


@given(st.integers(1, 70), st.data())
def test_a_tree_begins_with_every_earlier_one_and_with_no_other(size, data):
    leaves = leaves_of(size)
    before = data.draw(st.integers(1, size))
    old, new = (before, root_of(leaves[:before])), (size, root_of(leaves))
    proof = Tree(leaves).consistency(before)
    assert consistent(old, new, proof)
    assert not consistent((before, leaf_hash(b"another")), new, proof)
    assert not consistent(old, (size, leaf_hash(b"another")), proof)
    rewritten = [*leaves]
    rewritten[data.draw(st.integers(0, before - 1))] = leaf_hash(b"another")
    assert not consistent(old, (size, root_of(rewritten)), Tree(rewritten).consistency(before))


@given(st.integers(0, 200))
def test_the_frontier_gives_the_root_of_all_leaves(size):
    frontier, leaves = Frontier(), leaves_of(size)
    for leaf in leaves:
        frontier.append(leaf)
    assert (frontier.root(), frontier.size) == (Tree(leaves).root(), size)
    assert len(frontier.peaks) == size.bit_count()


def test_no_proof_of_what_is_not_there():
    with pytest.raises(IndexError):
        Tree(LEAVES).inclusion(8)
    with pytest.raises(IndexError):
        Tree(LEAVES).consistency(9)
    assert not consistent((0, root_of([])), (8, root_of(LEAVES)), ())


def test_a_note_is_written_and_read_as_other_logs_do():
    checkpoint = Checkpoint("0b9e", 8, root_of(LEAVES))
    note = signed(checkpoint.text, SECRET, origin_of("0b9e"))
    text = str(note)
    body, line = text.split("\n\n")
    assert body.splitlines() == ["chamra/0b9e", "8", base64.b64encode(root_of(LEAVES)).decode()]
    dash, name, value = line.strip().split(" ")
    public = SECRET.public_key().public_bytes_raw()
    assert (dash, name) == ("—", "chamra/0b9e")
    assert base64.b64decode(value)[:4] == hashlib.sha256(b"chamra/0b9e\n\x01" + public).digest()[:4]
    assert note_from(text) == note
    assert checkpoint_from(note.text) == checkpoint
    key = key_of(SECRET, origin_of("0b9e"), LOG)
    assert note_key_from(str(key)) == key
    assert note.signed_by(key)
    assert not note_from(text.replace("\n8\n", "\n7\n")).signed_by(key)


def test_a_witness_signs_with_the_time():
    note = signed(Checkpoint("0b9e", 8, root_of(LEAVES)).text, SECRET, origin_of("0b9e"))
    own = Ed25519PrivateKey.from_private_bytes(b"w" * 32)
    both = note_from(str(cosigned(note, own, "archive", 1_800_000_000)))
    assert both.cosigned_at(key_of(own, "archive", WITNESS)) == 1_800_000_000
    assert both.signed_by(key_of(SECRET, origin_of("0b9e"), LOG))
    assert note.cosigned_at(key_of(own, "archive", WITNESS)) is None
    later = str(both).replace("\n8\n", "\n9\n")
    assert note_from(later).cosigned_at(key_of(own, "archive", WITNESS)) is None


@pytest.mark.parametrize(
    "text", ["", "a\n", "a\n\nb\n", "a\n\n— n !!!!\n", "a\n\n— n AAAA\n", "a\n\n- n AAAAAAAA\n"]
)
def test_what_is_no_note_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011  its own or those of the parts
        note_from(text)


HASHES = [hashlib.sha256(str(one).encode()).hexdigest() for one in range(9)]
KEY = key_of(SECRET, origin_of("w"), LOG)


def made(size, hashes=HASHES, secret=SECRET, workspace="w"):
    checkpoint = Checkpoint(workspace, size, root_of(map(record_leaf, hashes[:size])))
    return SignedCheckpoint(checkpoint, signed(checkpoint.text, secret, origin_of(workspace)), KEY)


def test_checkpoints_of_the_same_ledger_hold():
    assert verify_checkpoints([made(3), made(9)], "w", HASHES) == []


@pytest.mark.parametrize(
    ("one", "says"),
    [
        (made(4, ["0" * 64, *HASHES[1:]]), "another than its checkpoint"),
        (made(9, [*HASHES[:8], "0" * 64]), "another than its checkpoint"),
        (made(8, workspace="x"), "another workspace"),
        (made(8, secret=Ed25519PrivateKey.generate()), "not signed by the key"),
        (made(10, [*HASHES, "0" * 64]), "ends before"),
    ],
)
def test_checkpoints_of_another_ledger_are_found(one, says):
    (fault,) = verify_checkpoints([made(3), one], "w", HASHES)
    assert says in fault.reason


def test_a_key_that_the_auditor_brings_counts_and_not_the_one_that_stands_beside():
    other = Ed25519PrivateKey.generate()
    assert verify_checkpoints([made(3)], "w", HASHES, KEY) == []
    (fault,) = verify_checkpoints([made(3)], "w", HASHES, key_of(other, origin_of("w"), LOG))
    assert "not signed" in fault.reason
