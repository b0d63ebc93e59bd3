"""What somebody signs: "I have seen this page of this scan, and this is its text."."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from ledger.canonical import canonical_json
from ledger.merkle import Inclusion, Tree, leaf_hash, root_from, root_of

SCHEMA = "chamra/statement/1"
SEVERAL = "chamra/statements/1"
SAYS = "I have seen this page of this scan, and this is its text."


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs: the name that goes on record, and the account, which is the principal in the list of signers."""

    name: str
    account: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement about one page, which a key signs as canonical JSON.

    Of the SHA-256: `document` is of the source file, `image` of the page image, `page_blob` of the blob of the page
    with its reading, `account` of its account of ink (None where the reading has none), `shown_sha256` of the text
    that was shown, `text_sha256` of the one that is signed, `policy_sha256` of the policy's text. `ledger_head` is
    the hash of the ledger's newest record when the statement was made, `when` that time (UTC, ISO 8601).
    """

    workspace: str
    document: str
    page: int
    image: str
    page_blob: str
    shown_sha256: str
    text_sha256: str
    policy: str
    policy_sha256: str
    who: Signatory
    when: str
    ledger_head: str
    account: str | None = None
    schema: str = SCHEMA
    says: str = SAYS

    def encode(self) -> bytes:
        """The bytes that are signed."""
        values = {name: value for name, value in asdict(self).items() if value is not None}
        return canonical_json(values)


@dataclass(frozen=True, slots=True)
class PageSignature:
    """A signature of a statement: the fingerprint of the key, and the signature as OpenSSH writes it (SSHSIG, armored),
    or with a certificate (CMS, PEM).

    Where several statements were signed at once, `place` says where this one stands among them.
    """

    key: str
    value: str
    place: Inclusion | None = None


def message_of(statements: Sequence[Statement]) -> bytes:
    """What is signed: a statement alone as it is, of several the root of the tree over them."""
    if len(statements) == 1:
        return statements[0].encode()
    return _list(len(statements), root_of(_leaf(one) for one in statements))


def signatures_of(statements: Sequence[Statement], key: str, value: str) -> list[PageSignature]:
    """The signature of `message_of` these statements, for each of them."""
    if len(statements) == 1:
        return [PageSignature(key, value)]
    tree = Tree(_leaf(one) for one in statements)
    return [PageSignature(key, value, tree.inclusion(index)) for index in range(tree.size)]


def signed_message(statement: Statement, place: Inclusion | None) -> bytes:
    """What was signed when this statement was.

    Raises:
        ValueError: there is no such place.
    """
    return statement.encode() if place is None else _list(place.size, root_from(_leaf(statement), place))


def sha256_of(text: str) -> str:
    """The SHA-256 of a text in UTF-8, hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def _list(size: int, root: bytes) -> bytes:
    return canonical_json({"schema": SEVERAL, "size": size, "root": root.hex()})


def _leaf(statement: Statement) -> bytes:
    return leaf_hash(statement.encode())
