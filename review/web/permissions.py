"""Which role may ask for which address: the one table, looked at before any endpoint is called.

An address that is not in it is answered to nobody. An address that changes something leaves to `decide` and
`sign` what depends on the finding; they look at the roles again where the record is written.
"""

from __future__ import annotations

from collections.abc import Mapping

from model.api_token import Scope
from model.user import EVERY_ROLE, Role
from review.refused import MAY_DISMISS

OPEN: frozenset[Role] = frozenset()
"""Marks what strangers may ask for."""

_READ = EVERY_ROLE - {Role.OPERATOR}
_DECIDE = frozenset({Role.REVIEWER, Role.SECOND_REVIEWER})
_SIGN = frozenset({Role.REVIEWER})
_PUBLISH = frozenset({Role.OPERATOR, Role.REVIEWER, Role.ADMINISTRATOR})
_AUDIT = frozenset({Role.AUDITOR, Role.ADMINISTRATOR})
_MANAGE = frozenset({Role.ADMINISTRATOR})
_RETURN = _DECIDE | {Role.ADMINISTRATOR}
_REVOKE = _SIGN | {Role.ADMINISTRATOR}

_UPLOAD = frozenset({Role.OPERATOR, Role.ADMINISTRATOR})

UPLOADS = "/api/uploads"
"""Where scans are sent; the only address that takes a body of any size."""

_PAGE = "/documents/{document}/pages/{page:int}"

PERMISSIONS: Mapping[tuple[str, str], frozenset[Role]] = {
    ("GET", "/login"): OPEN,
    ("POST", "/login"): OPEN,
    ("GET", "/healthz"): OPEN,
    ("GET", "/metrics"): OPEN,
    ("POST", "/logout"): EVERY_ROLE,
    ("GET", "/api/session"): EVERY_ROLE,
    ("GET", "/account"): EVERY_ROLE,
    ("POST", "/account/password"): EVERY_ROLE,
    ("POST", "/api/account/passkeys/challenge"): _SIGN,
    ("POST", "/api/account/passkeys"): _SIGN,
    ("POST", "/api/account/passkeys/end"): EVERY_ROLE,
    ("GET", "/"): EVERY_ROLE,
    ("GET", "/documents/{document}"): EVERY_ROLE,
    ("GET", "/next"): _READ,
    ("GET", _PAGE): _READ,
    ("GET", f"/api{_PAGE}"): _READ,
    ("GET", f"/api{_PAGE}/image"): _READ,
    ("GET", f"/api{_PAGE}/cut"): _READ,
    ("GET", f"/api{_PAGE}/trace"): _READ,
    ("GET", f"{_PAGE}/alike/{{finding}}"): _READ,
    ("GET", "/documents/{document}/letters"): _READ,
    ("POST", "/api/documents/{document}/letters"): _DECIDE,
    ("GET", "/documents/{document}/keying"): _DECIDE,
    ("GET", "/api/documents/{document}/keying"): _DECIDE,
    ("POST", f"/api{_PAGE}/keyed"): _DECIDE,
    ("POST", "/api/alike"): _DECIDE,
    ("POST", f"/api{_PAGE}/decisions"): _DECIDE,
    ("POST", f"/api{_PAGE}/texts"): _DECIDE,
    ("POST", f"/api{_PAGE}/marks"): _DECIDE,
    ("POST", f"/api{_PAGE}/seen"): _DECIDE,
    ("POST", f"/api{_PAGE}/waiver"): _DECIDE,
    ("POST", f"/api{_PAGE}/take-up"): _SIGN,
    ("POST", f"/api{_PAGE}/read-again"): _DECIDE,
    ("POST", f"/api{_PAGE}/return"): _RETURN,
    ("POST", f"/api{_PAGE}/answer"): _DECIDE,
    ("POST", f"/api{_PAGE}/revoke"): _REVOKE,
    ("POST", "/api/documents/{document}/statement"): _SIGN,
    ("POST", "/api/documents/{document}/sign"): _SIGN,
    ("GET", "/publishing"): _PUBLISH,
    ("POST", "/api/publish"): _PUBLISH,
    ("GET", "/documents/{document}/exports"): _READ,
    ("GET", "/documents/{document}/exports/{format}"): _READ,
    ("GET", "/documents/{document}/report"): _READ,
    ("GET", "/audits"): _AUDIT,
    ("GET", "/audits/{name}"): _AUDIT,
    ("POST", "/api/audits"): _AUDIT,
    ("GET", "/samples"): _AUDIT,
    ("GET", "/samples/{sample}"): _AUDIT,
    ("POST", "/api/samples"): _AUDIT,
    ("POST", "/api/samples/{sample}"): _AUDIT,
    ("GET", "/api/samples/{sample}/lines/{line:int}"): _AUDIT,
    ("GET", "/learning"): _AUDIT,
    ("POST", "/api/learning"): _AUDIT,
    ("POST", "/api/learning/apply"): _MANAGE,
    ("POST", "/api/dismissals"): MAY_DISMISS,
    ("GET", "/uploads"): _UPLOAD,
    ("POST", UPLOADS): _UPLOAD,
    ("GET", "/api/documents"): EVERY_ROLE,
    ("GET", "/requirements"): _MANAGE,
    ("GET", "/documents/{document}/requirements"): _MANAGE,
    ("POST", "/api/requirements"): _MANAGE,
    ("GET", "/users"): _MANAGE,
    ("POST", "/api/users"): _MANAGE,
    ("POST", "/api/users/{login}/roles"): _MANAGE,
    ("POST", "/api/users/{login}/enabled"): _MANAGE,
    ("POST", "/api/users/{login}/password"): _MANAGE,
}
"""By method and path of the route; HEAD goes with GET."""


WITH_A_TEMPORARY_PASSWORD: frozenset[tuple[str, str]] = frozenset({
    ("GET", "/account"), ("POST", "/account/password"), ("POST", "/logout"), ("GET", "/api/session"),
})  # fmt: skip
"""What is left to somebody whose password somebody else has set, until they set their own."""


def scope_for(method: str, path: str) -> Scope | None:
    """What a program's token must be for, None where no program may: what is looked at as data, and scans."""
    if (method, path) == ("POST", UPLOADS):
        return Scope.UPLOAD
    as_data = path.startswith("/api/") or path.endswith(("/exports/{format}", "/report"))
    return Scope.READ if method in ("GET", "HEAD") and as_data else None


def roles_for(method: str, path: str) -> frozenset[Role] | None:
    """The roles that may, None where nobody may; `OPEN` where strangers may."""
    return PERMISSIONS.get(("GET" if method == "HEAD" else method, path))


def may(roles: frozenset[Role], method: str, path: str) -> bool:
    """True when these roles may ask for this path of a route."""
    return bool(roles & (roles_for(method, path) or frozenset()))


def may_read(roles: frozenset[Role]) -> bool:
    """True when these roles may see what stands on a page."""
    return bool(roles & _READ)
