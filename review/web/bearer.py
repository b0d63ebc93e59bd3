"""Programs that show a token instead of logging in: whose it is, and what it is for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from starlette.requests import Request

from ledger.ledger import utc_now
from ledger.people import Users
from ledger.tokens import Tokens, counts
from model.decision import Known
from review.tokens import PREFIX, hash_of
from review.web.authenticator import Principal
from review.who import logged_in
from workspace.workspace import Workspace

_HEADER = "authorization"
_LONGEST = 200


class Bearers:
    """The users whom tokens stand for. A token counts while its user may log in, and holds the roles that they hold."""

    def __init__(self, ws: Workspace, users: Users, clock: Callable[[], datetime] = utc_now) -> None:
        self._tokens = Tokens(ws.ledger)
        self._users = users
        self._clock = clock

    def principal(self, request: Request) -> Principal | None:
        """The user of the token that a request shows, None where it shows none that counts."""
        given = request.headers.getlist(_HEADER)
        kind, _, secret = given[0].partition(" ") if len(given) == 1 else ("", "", "")
        if kind.lower() != "bearer" or not secret.startswith(PREFIX) or len(secret) > _LONGEST:
            return None
        token = self._tokens.now().get(hash_of(secret))
        user = None if token is None else self._users.now().get(token.login)
        if token is None or user is None or not user.enabled or not counts(token, self._clock()):
            return None
        return Principal(logged_in(user, Known.TOKEN), user.roles, "", scopes=token.scopes)


def shows_token(request: Request) -> bool:
    """True when a request is a program's: it carries no cookie's authority, so no other page can have sent it."""
    return _HEADER in request.headers
