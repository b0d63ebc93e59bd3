"""An office that issues certificates to its people, for tests: a root, one between, and theirs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from ledger.signing.certified_key import CertifiedKey
from review.certificate_pen import CertificatePen

FROM = datetime(2026, 1, 1, tzinfo=UTC)
UNTIL = datetime(2027, 1, 1, tzinfo=UTC)

Secret = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


@dataclass(frozen=True)
class Issued:
    """A certificate and its key."""

    certificate: x509.Certificate
    secret: Secret

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)

    def taken_back(
        self,
        *others: Issued,
        when: datetime = FROM,
        reason: x509.ReasonFlags | None = None,
        until: datetime = UNTIL,
    ) -> bytes:
        """Its revocation list (PEM), which names these others as taken back."""
        made = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(self.certificate.subject)
            .last_update(FROM)
            .next_update(until)
        )
        for one in others:
            entry = (
                x509.RevokedCertificateBuilder()
                .serial_number(one.certificate.serial_number)
                .revocation_date(when)
            )
            if reason is not None:
                entry = entry.add_extension(x509.CRLReason(reason), critical=False)
            made = made.add_revoked_certificate(entry.build())
        return made.sign(self.secret, hashes.SHA256()).public_bytes(Encoding.PEM)


def issue(
    name: str,
    by: Issued | None = None,
    *,
    authority: bool = False,
    secret: Secret | None = None,
    since: datetime = FROM,
    until: datetime = UNTIL,
    signs: bool = True,
) -> Issued:
    """A certificate for a name; its own root without `by`."""
    secret = secret or ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, "สำนักงานตัวอย่าง"),
        x509.NameAttribute(NameOID.COMMON_NAME, name),
    ])  # fmt: skip
    usage = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "encipher_only", "decipher_only"), False
    )
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject if by is None else by.certificate.subject)
        .public_key(secret.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(until)
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=signs, content_commitment=False, key_cert_sign=authority,
                crl_sign=authority, **usage,
            ),
            critical=True,
        )
    )  # fmt: skip
    return Issued(builder.sign(secret if by is None else by.secret, hashes.SHA256()), secret)


class Office:
    """An office with a root, and an authority under it that issues to people."""

    def __init__(self) -> None:
        self.root = issue("ราก", authority=True, until=UNTIL + timedelta(days=3650))
        self.between = issue("ผู้ออกใบรับรอง", self.root, authority=True, until=UNTIL + timedelta(days=365))

    @property
    def pem(self) -> bytes:
        """What an auditor trusts."""
        return self.root.pem

    def pen(self, name: str, secret: Secret | None = None) -> CertificatePen:
        """What somebody signs with to whom the office has issued a certificate."""
        return pen_of(issue(name, self.between, secret=secret), self.between)


def pen_of(one: Issued, *others: Issued) -> CertificatePen:
    """What signs with a certificate."""
    return CertificatePen(
        CertifiedKey(one.secret, one.certificate, tuple(other.certificate for other in others))
    )
