"""Giving users tokens for programs, and taking them back."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection
from datetime import datetime, timedelta

from ledger.events.token_ended import TokenEnded
from ledger.events.token_given import TokenGiven
from ledger.events.user_changed import UserChanged
from ledger.people import folded
from ledger.tokens import Tokens
from model.api_token import ApiToken, Scope
from model.decision import Who
from model.errors import UsageError
from review.users import refuse_others
from workspace.workspace import Workspace

PREFIX = "chamra_"
"""How a secret begins, so that one that lies about is known for what it is."""

MOST_DAYS = 366
_LONGEST_NOTE = 200


def hash_of(secret: str) -> str:
    """What is kept of a secret. It has 256 random bits: no slow hash is needed."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def give(
    ws: Workspace, login: str, scopes: Collection[Scope], days: int, note: str, who: Who, now: datetime
) -> tuple[str, ApiToken]:
    """Give a user a token for so many days; the secret is returned this once and kept nowhere.

    Raises:
        UsageError: there is no such user, no scope, or it would count too long.
        NotAllowed: this person may not manage users.
    """
    if not scopes:
        raise UsageError("A token is for something.", remedy="Give --scope read or --scope upload.")
    if not 1 <= days <= MOST_DAYS:
        raise UsageError(f"A token counts for 1 to {MOST_DAYS} days.", remedy="Give a new one when it ends.")
    if not note.strip() or not note.isprintable() or len(note) > _LONGEST_NOTE:
        raise UsageError("Say in a line what the token is for.", remedy="Give --note TEXT.")
    secret = PREFIX + secrets.token_urlsafe(32)
    until = (now + timedelta(days=days)).isoformat(timespec="seconds")
    with ws.ledger.writing() as batch:
        known = folded(batch.events(UserChanged))
        refuse_others(known, who)
        if login not in known:
            raise UsageError(f"There is no user {login!r}.", remedy="`chamra user list` shows all users.")
        event = TokenGiven(hash_of(secret), login, tuple(sorted(set(scopes))), until, note.strip(), who)
        batch.append(event)
    return secret, event.given


def end(ws: Workspace, token_id: str, who: Who) -> ApiToken:
    """Take a token back, at once.

    Raises:
        UsageError: no token has that id, or several.
        NotAllowed: this person may not manage users.
    """
    with ws.ledger.writing() as batch:
        refuse_others(folded(batch.events(UserChanged)), who)
        found = [one for one in Tokens(ws.ledger).now().values() if one.sha256.startswith(token_id)]
        if len(found) != 1 or not token_id:
            raise UsageError(
                f"No token is called {token_id!r}.", remedy="`chamra user token list` shows them."
            )
        batch.append(TokenEnded(found[0].sha256, who))
    return found[0]
