"""Signing at the terminal with a certificate of an office."""

from __future__ import annotations

from ledger.signing.certificate import detached, key_of
from ledger.signing.certified_key import CertifiedKey


class CertificatePen:
    """Signs with a certificate's key: CMS, detached.

    Raises:
        ValueError: the certificate is of a kind that is not used here, or may not sign.
    """

    def __init__(self, certified: CertifiedKey) -> None:
        self._certified = certified
        self.key = key_of(certified.certificate)

    def sign(self, message: bytes) -> str:
        """The signature of a message."""
        one = self._certified
        return detached(message, one.certificate, one.secret, one.others)
