"""Users and their roles, in the browser: for administrators, and for the one person of a workspace without users."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ledger.people import users_at
from model.errors import UsageError
from model.user import Role
from review import users
from review.passwords import generated
from review.web.authenticator import principal_of
from review.web.requests import BadRequest, Html, posted
from workspace.workspace import Workspace

Body = dict[str, Any]


class UserPages:
    """The addresses of users. A password is made here, shown once to the administrator, and kept nowhere."""

    def __init__(self, ws: Workspace, html: Html) -> None:
        self._ws = ws
        self._html = html

    def routes(self) -> list[Route]:
        """Every address; which role may ask for each stands in `permissions`."""
        return [
            Route("/users", self.all),
            Route("/api/users", posted(self.add), methods=["POST"]),
            Route("/api/users/{login}/roles", posted(self.roles), methods=["POST"]),
            Route("/api/users/{login}/enabled", posted(self.enabled), methods=["POST"]),
            Route("/api/users/{login}/password", posted(self.password), methods=["POST"]),
        ]

    def all(self, request: Request) -> Response:
        """Every user, those who are kept out as well."""
        found = list(users_at(self._ws.ledger).values())
        return self._html(request, "users.html.j2", {"users": found, "roles": list(Role)})

    def add(self, request: Request, body: Body) -> Response:
        """Add a user, with a password that is made here or to come through a sign-on proxy alone."""
        roles, proxy = _roles(body), body.get("proxy", False)
        if type(proxy) is not bool:
            raise BadRequest("A user comes by password or through a proxy.")
        if Role.ADMINISTRATOR not in roles and not users_at(self._ws.ledger):
            raise UsageError(
                "The first user must be an administrator: from then on only administrators manage users.",
                remedy="Give the role administrator, too.",
            )
        password = None if proxy else generated()
        who = principal_of(request).who
        made = users.add(self._ws, _text(body, "login"), _text(body, "name"), roles, password, who)
        return JSONResponse({"login": made.login, "password": password})

    def roles(self, request: Request, body: Body) -> Response:
        """Let a user hold these roles and no others."""
        made = users.set_roles(self._ws, _login(request), _roles(body), principal_of(request).who)
        return JSONResponse({"login": made.login, "roles": sorted(made.roles)})

    def enabled(self, request: Request, body: Body) -> Response:
        """Keep a user out, at once, or let them in again."""
        enabled = body.get("enabled")
        if type(enabled) is not bool:
            raise BadRequest("A user is let in or kept out.")
        made = users.set_enabled(self._ws, _login(request), enabled, principal_of(request).who)
        return JSONResponse({"login": made.login, "enabled": made.enabled})

    def password(self, request: Request, body: Body) -> Response:
        """Give a user a new password, which is shown once; their sessions end."""
        del body
        password = generated()
        made = users.set_password(self._ws, _login(request), password, principal_of(request).who)
        return JSONResponse({"login": made.login, "password": password})


def _login(request: Request) -> str:
    return str(request.path_params["login"])


def _text(body: Body, name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str):
        raise BadRequest(f"{name} is a text.")
    return value.strip()


def _roles(body: Body) -> frozenset[Role]:
    value = body.get("roles")
    known = {str(one): one for one in Role}
    if not isinstance(value, list) or not all(isinstance(one, str) and one in known for one in value):
        raise BadRequest("Roles are named by their words.")
    return frozenset(known[one] for one in value)
