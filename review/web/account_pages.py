"""A person's own account: their password, and the passkeys that they sign with."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from ledger.signing.allowed_signers import AllowedSigner, read_signers
from ledger.signing.ssh_signature import PASSKEY, VERIFIED, SshKey, passkey_from, relying_party
from model.errors import ChamraError, UsageError
from reports.letters import safe_text
from review.keys import add_own_key, end_own_key
from review.web.authenticator import Authenticator, equal, principal_of
from review.web.login import LoginAuthenticator, Refused
from review.web.login_pages import form_of
from review.web.requests import BadRequest, plainly, posted
from review.web.signing_pages import (
    CREDENTIAL,
    base64url,
    check_client,
    confirmed_by_password,
    credential_of,
    host_of,
    unbase64url,
)
from workspace.workspace import Workspace

Html = Callable[[Request, str, dict[str, Any], int], Response]
Body = dict[str, Any]

_ATTESTED = 0x40  # the flag of an answer that has a key in it
_LONGEST_ID = 1023  # bytes, Web Authentication 5.1


class AccountPages:
    """The addresses of a person's own account. `html` fills a template."""

    def __init__(self, ws: Workspace, authenticator: Authenticator, html: Html) -> None:
        self._ws = ws
        self._authenticator = authenticator
        self._html = html

    def routes(self) -> list[Route]:
        """The addresses that this authenticator has."""
        routes = [
            Route("/account", self.account),
            Route("/api/account/passkeys/challenge", posted(self.challenge), methods=["POST"]),
            Route("/api/account/passkeys", posted(self.add_passkey), methods=["POST"]),
            Route("/api/account/passkeys/end", posted(self.end_passkey), methods=["POST"]),
        ]
        if isinstance(self._authenticator, LoginAuthenticator):
            routes.append(Route("/account/password", self.change_password, methods=["POST"]))
        return routes

    def account(self, request: Request) -> Response:
        """The account as it stands."""
        return self._page(request, "", 200)

    async def change_password(self, request: Request) -> Response:
        """Give oneself another password; other sessions end."""
        form, authenticator = await form_of(request), self._authenticator
        assert isinstance(authenticator, LoginAuthenticator)
        if not equal(form.get("token", ""), principal_of(request).token):
            return plainly(request, "Only the review page itself may do that.", 403)
        current, new, again = (form.get(name, "") for name in ("current", "new", "again"))
        if new != again:
            return self._page(request, "passwords_differ", 422)
        try:
            remember = await run_in_threadpool(authenticator.change_password, request, current, new)
        except Refused as refused:
            return self._page(request, "password_wrong", 429 if refused.wait else 403)
        except UsageError as error:
            return self._page(request, "password_weak", 422, str(error))
        return remember(RedirectResponse("/account?changed=1", 303))

    def challenge(self, request: Request, body: Body) -> Response:
        """What a browser needs so as to make a passkey."""
        del body
        who = principal_of(request).who
        own = [credential_of(one) for one in self._passkeys(request)]
        return JSONResponse({
            "challenge": base64url(_challenge(request)), "host": host_of(request),
            "user": base64url(hashlib.sha256(f"{self._ws.id}:{who.account}".encode()).digest()),
            "account": who.account, "name": who.name, "known": own,
        })  # fmt: skip

    def add_passkey(self, request: Request, body: Body) -> Response:
        """Put a passkey that the browser has made on the list of allowed signers."""
        credential, public, data, client = (
            unbase64url(body.get(name)) for name in ("id", "public_key", "authenticator", "client")
        )
        check_client(request, client, "webauthn.create", _challenge(request))
        if isinstance(self._authenticator, LoginAuthenticator):
            confirmed_by_password(self._authenticator, request, body)
        key = _made_key(public, data, credential, host_of(request))
        signer = add_own_key(self._ws, principal_of(request).who, key, f"{CREDENTIAL}{base64url(credential)}")
        return JSONResponse({"key": signer.key.fingerprint})

    def end_passkey(self, request: Request, body: Body) -> Response:
        """Let one's own passkey count no longer."""
        key = body.get("key")
        if not isinstance(key, str):
            raise BadRequest("A passkey is named by its fingerprint.")
        end_own_key(self._ws, principal_of(request).who, key)
        return JSONResponse({"key": key})

    def _passkeys(self, request: Request) -> list[AllowedSigner]:
        found = read_signers(self._ws.signers).of(principal_of(request).who.account)
        return [one for one in found if one.key.kind == PASSKEY]

    def _page(self, request: Request, said: str, status: int, more: str = "") -> Response:
        now = datetime.fromisoformat(self._ws.ledger.now())
        problem = ""
        try:
            keys = read_signers(self._ws.signers).of(principal_of(request).who.account)
        except ChamraError as error:
            keys, problem = (), safe_text(str(error))
        rows = [
            {
                "key": one.key.fingerprint, "counts": one.counts(now), "since": one.since, "until": one.until,
                "host": relying_party(one.key) if one.key.kind == PASSKEY else "",
            }
            for one in keys
        ]  # fmt: skip
        values = {
            "said": said, "more": safe_text(more), "keys": rows, "problem": problem,
            "changed": request.query_params.get("changed") == "1",
            "has_password": isinstance(self._authenticator, LoginAuthenticator),
        }  # fmt: skip
        return self._html(request, "account.html.j2", values, status)


def _challenge(request: Request) -> bytes:
    """What a new passkey is asked: bound to the session, so that an answer to another one is none."""
    return hashlib.sha256(f"passkey:{principal_of(request).token}".encode()).digest()


def _made_key(public: bytes, data: bytes, credential: bytes, host: str) -> SshKey:
    """The key of a new passkey, from the public key and the authenticator's data (Web Authentication, 6.1).

    Raises:
        BadRequest: it was made for another host, without verifying the person, or is another key than the data has.
    """
    try:
        key = passkey_from(public, host)
    except ValueError as error:
        raise BadRequest(f"That passkey cannot sign pages: {error}.") from error
    length = int.from_bytes(data[53:55], "big")
    flags = data[32] if len(data) > 55 else 0
    sound = (
        data[:32] == hashlib.sha256(host.encode()).digest()
        and flags & _ATTESTED
        and flags & VERIFIED
        and 0 < length <= _LONGEST_ID
        and data[55 : 55 + length] == credential
        and all(half in data[55 + length :] for half in (public[-64:-32], public[-32:]))
    )
    if not sound:
        raise BadRequest("That passkey was made for something else, or did not verify you.")
    return key
