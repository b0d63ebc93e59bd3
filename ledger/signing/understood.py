"""Keys and certificates of kinds that nobody here knows: one kind of error for what the libraries say of them.

They read the parts of a certificate when they are asked for, and raise what is no `ValueError`: so each place that
takes apart what others have made does it within `understood`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm

_UNKNOWN = (
    UnsupportedAlgorithm, NotImplementedError, x509.InvalidVersion, x509.DuplicateExtension,
    x509.UnsupportedGeneralNameType,
)  # fmt: skip
_LATE = (TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError)


@contextmanager
def understood() -> Iterator[None]:
    """Whatever is raised within of what is no certificate, key or signature, or of an unknown kind, is a `ValueError`.

    Raises:
        ValueError: it cannot be understood; the message says what.
    """
    try:
        yield
    except _UNKNOWN as error:
        raise ValueError(f"of a kind that is not known here: {error}") from error
    except _LATE as error:
        raise ValueError("it is damaged, or of another form") from error
