"""What every authenticator of the review page has: an address, a way to know who comes in, an answer to strangers."""

from __future__ import annotations

import hmac
from collections.abc import Collection
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import Protocol
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from model.api_token import Scope
from model.decision import Who
from model.errors import UsageError
from model.user import Role

LOOPBACK = ("127.0.0.1", "localhost", "::1")
"""Addresses that only this machine can reach."""

_PRINCIPAL = "chamra.principal"


@dataclass(frozen=True, slots=True)
class Principal:
    """Who makes a request: known by the authenticator, never by what the request says of itself.

    `token` is what a changing request of our own page carries; `scopes` is what a program's token is for, None for
    people; `leaves` says that they may log out, `temporary` that
    they must set a password of their own before they do anything else.
    """

    who: Who
    roles: frozenset[Role]
    token: str
    leaves: bool = False
    temporary: bool = False
    scopes: frozenset[Scope] | None = None

    @property
    def decides(self) -> bool:
        """False for those who only read: they are put no questions, and nothing is kept from them."""
        return self.holds(Role.REVIEWER, Role.SECOND_REVIEWER)

    def holds(self, *roles: Role) -> bool:
        """True when they hold one of these roles."""
        return not self.roles.isdisjoint(roles)


@dataclass(frozen=True, slots=True)
class Address:
    """Where browsers reach the page: `hosts` are the values of the Host header that are ours."""

    scheme: str
    hosts: frozenset[str]

    @property
    def secure(self) -> bool:
        """True when browsers come by TLS."""
        return self.scheme == "https"

    def is_ours(self, request: Request) -> bool:
        """True when the request was sent to one of our names, whatever address it resolved to."""
        return request.headers.getlist("host")[1:] == [] and request.headers.get("host", "") in self.hosts

    def is_from_our_page(self, request: Request) -> bool:
        """True when the browser says that one of our own pages has made the request."""
        return (
            request.headers.get("origin") == f"{self.scheme}://{request.headers.get('host', '')}"
            and request.headers.get("sec-fetch-site", "same-origin") == "same-origin"
        )


def loopback(port: int) -> Address:
    """The names of this machine alone."""
    return Address("http", frozenset(f"{bracketed(name)}:{port}" for name in LOOPBACK))


def public(url: str) -> Address:
    """The address that browsers are told, from its URL.

    Raises:
        UsageError: it is no such URL.
    """
    try:
        parts = urlsplit(url)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        more = parts.path.strip("/") or parts.query or parts.fragment or parts.username
    except ValueError:
        sound, more = False, ""
    if not sound or more or not url.isascii():
        raise UsageError(f"{url!r} is no address of a server.", remedy="Give --url https://NAME[:PORT].")
    return Address(parts.scheme, frozenset({parts.netloc.lower()}))


@dataclass(frozen=True, slots=True)
class Peers:
    """The reverse proxies that may speak to us; nobody else may then."""

    networks: tuple[IPv4Network | IPv6Network, ...]

    @classmethod
    def of(cls, addresses: Collection[str]) -> Peers:
        """From addresses or networks such as 10.0.0.7 or 10.0.0.0/28.

        Raises:
            UsageError: one is no address, or is every address there is.
        """
        found = []
        for text in addresses:
            try:
                network = ip_network(text, strict=False)
            except ValueError as error:
                raise UsageError(f"--trust-proxy: {error}.", remedy="Give the proxy's IP address.") from error
            if network.prefixlen == 0:
                raise UsageError(f"--trust-proxy {text} would trust everybody.", remedy="Give one address.")
            found.append(network)
        return cls(tuple(found))

    def include(self, request: Request) -> bool:
        """True when the other end of the connection is one of them."""
        try:
            peer = ip_address(request.client.host if request.client else "")
        except ValueError:
            return False
        mapped = getattr(peer, "ipv4_mapped", None) or peer
        return any(mapped in network for network in self.networks)


def client_address(request: Request, peers: Peers | None) -> str:
    """The address that the request comes from: what the trusted proxy says, else the other end itself.

    An IPv6 address stands for its /64, which is one customer's.
    """
    told = request.client.host if request.client else ""
    if peers is not None:
        forwarded = ",".join(request.headers.getlist("x-forwarded-for"))
        told = forwarded.rpartition(",")[2].strip() or told
    try:
        address = ip_address(told)
    except ValueError:
        return "unknown"
    if address.version == 6 and address.ipv4_mapped is None:
        return str(ip_network((int(address) >> 64 << 64, 64)))
    return str(getattr(address, "ipv4_mapped", None) or address)


class Authenticator(Protocol):
    """How people come in."""

    @property
    def address(self) -> Address:
        """Where the page is."""

    def meet(self, request: Request) -> Response | None:
        """An answer before anything else is looked at; None lets the request go on."""

    def principal(self, request: Request) -> Principal | None:
        """Who makes the request, None for strangers. Called once for each request; looks at no disk but
        for new records about users."""

    def stranger(self, request: Request) -> Response:
        """What somebody is told who is not known."""


def remember_principal(request: Request, principal: Principal) -> None:
    """Note who makes a request."""
    request.scope[_PRINCIPAL] = principal


def principal_of(request: Request) -> Principal:
    """Who makes the request.

    Raises:
        KeyError: the address is open to strangers, and this is one.
    """
    principal: Principal = request.scope[_PRINCIPAL]
    return principal


def principal_or_none(request: Request) -> Principal | None:
    """Who makes the request; None where a stranger looks at what is open to them."""
    return request.scope.get(_PRINCIPAL)


def is_by_token(request: Request) -> bool:
    """True for a program that shows a token: it is told in JSON what did not work, whatever it asks for."""
    principal = principal_or_none(request)
    return principal is not None and principal.scopes is not None


def equal(given: str, expected: str) -> bool:
    """Compare secrets in a time that does not tell how much of them is right."""
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), expected.encode("utf-8"))


def bracketed(host: str) -> str:
    """A host as it stands in a URL."""
    return f"[{host}]" if ":" in host else host
