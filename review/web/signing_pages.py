"""Signing in the browser: with a passkey, or with the password once more; and what a person keeps for that."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ledger.signing.allowed_signers import AllowedSigner, read_signers
from ledger.signing.ssh_signature import (
    PASSKEY,
    Assertion,
    armored_assertion,
    relying_party,
    to_be_signed,
)
from model.decision import Confirmation
from model.errors import NotAllowed, Outdated, UsageError
from review.attest import Moment
from review.seeded_page import put_back_page
from review.sign import message_to_sign, sign
from review.web.authenticator import Authenticator, principal_of
from review.web.login import LoginAuthenticator, Refused
from review.web.requests import BROWSER, BadRequest, document_of, posted, whole_numbers
from workspace.workspace import Workspace

CREDENTIAL = "passkey:"
"""How the comment of a passkey on the list begins; the browser's name of it follows."""

_SHA256 = re.compile(r"[0-9a-f]{64}")
_LONGEST = timedelta(minutes=10)  # from the question to a passkey to its answer

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _PasskeyPen:
    """The answer of a passkey, which has signed already."""

    value: str

    def sign(self, message: bytes) -> str:
        """What the passkey has signed; whether it is this message is looked at afterwards."""
        del message
        return self.value


class SigningPages:
    """The addresses of signing."""

    def __init__(self, ws: Workspace, authenticator: Authenticator) -> None:
        self._ws = ws
        self._authenticator = authenticator

    def routes(self) -> list[Route]:
        """Every address; which role may ask for each stands in `permissions`."""
        document = "/api/documents/{document}"
        return [
            Route(f"{document}/statement", posted(self.state), methods=["POST"]),
            Route(f"{document}/sign", posted(self.sign), methods=["POST"]),
        ]

    def asks_password(self, request: Request) -> bool:
        """True where whoever asks signs with their password."""
        return isinstance(self._authenticator, LoginAuthenticator) and not self._keys(request)

    def state(self, request: Request, body: Body) -> Response:
        """What must be given so as to sign: nothing, the password, or a passkey's answer to this challenge."""
        keys = self._keys(request)
        passkeys = [
            one for one in keys if one.key.kind == PASSKEY and relying_party(one.key) == host_of(request)
        ]
        if not passkeys:
            if keys:
                raise UsageError(
                    f"You sign with a key: {keys[0].key.fingerprint}.",
                    remedy="Sign with `chamra sign --key FILE`, or add a passkey to your account.",
                )
            return JSONResponse({"asks": "password" if self.asks_password(request) else "nothing"})
        shown = _shown(body)
        self._put_back(request, shown)
        shown.pop("looked", None)
        moment, message = message_to_sign(self._ws, document_of(request), principal_of(request).who, **shown)
        return JSONResponse({
            "asks": "passkey", "challenge": base64url(to_be_signed(message)), "host": host_of(request),
            "credentials": [credential_of(one) for one in passkeys], "when": moment.when, "seq": moment.seq,
        })  # fmt: skip

    def sign(self, request: Request, body: Body) -> Response:
        """Sign pages as their texts were shown, or a whole document as of the record in which it was shown."""
        shown, given = _shown(body), body.get("passkey")
        self._put_back(request, shown)
        who, pen, moment, confirmed = principal_of(request).who, None, None, None
        if given is not None:
            moment, pen = self._answer(request, given)
        elif isinstance(self._authenticator, LoginAuthenticator) and self.asks_password(request):
            confirmed = confirmed_by_password(self._authenticator, request, body)
        done = sign(
            self._ws, document_of(request), who, how=BROWSER, pen=pen, moment=moment, confirmed=confirmed, **shown
        )  # fmt: skip
        return JSONResponse({
            "signed": [one.page for one in done.signoffs], "by_policy": done.accepted_by_policy,
            "unchanged": list(done.unchanged),
        })  # fmt: skip

    def _put_back(self, request: Request, shown: Mapping[str, Any]) -> None:
        """Nothing is signed while letters of it are shown otherwise on purpose."""
        for number in shown.get("pages") or ():
            put_back_page(self._ws, document_of(request), number, principal_of(request).who, how=BROWSER)

    def _keys(self, request: Request) -> tuple[AllowedSigner, ...]:
        """The keys that count for whoever asks."""
        now = datetime.fromisoformat(self._ws.ledger.now())
        return read_signers(self._ws.signers).of(principal_of(request).who.account, now)

    def _answer(self, request: Request, given: object) -> tuple[Moment, _PasskeyPen]:
        """A passkey's answer, and the moment of the statement that it has signed."""
        when, seq, name = (
            given.get(key) if isinstance(given, dict) else None for key in ("when", "seq", "id")
        )
        if not isinstance(when, str) or type(seq) is not int or not isinstance(given, dict):
            raise BadRequest("A passkey's answer names the moment of what it signs.")
        found = [one for one in self._keys(request) if one.key.kind == PASSKEY and credential_of(one) == name]
        if not found:
            raise UsageError("That passkey is not yours.", remedy="Add it to your account first.")
        moment = self._moment(when, seq)
        assertion = Assertion(
            *(unbase64url(given.get(key)) for key in ("authenticator", "client", "signature"))
        )
        check_client(request, assertion.client, "webauthn.get")
        try:
            return moment, _PasskeyPen(armored_assertion(found[0].key, assertion))
        except (ValueError, KeyError) as error:
            raise BadRequest("That is no answer of a passkey.") from error

    def _moment(self, when: str, seq: int) -> Moment:
        head = self._ws.ledger.head()
        try:
            age = datetime.fromisoformat(self._ws.ledger.now()) - datetime.fromisoformat(when)
        except (ValueError, TypeError) as error:
            raise BadRequest("A passkey's answer names the moment of what it signs.") from error
        if not timedelta() <= age <= _LONGEST or not 0 < seq <= head.seq:
            raise Outdated("The passkey has answered too late.", remedy="Nothing was signed; sign again.")
        return Moment(when, self._ws.ledger.at(seq).sha256, seq)


class WrongPassword(NotAllowed):
    """The password that was asked for again is missing or wrong, or it is too soon to try again."""


def confirmed_by_password(authenticator: LoginAuthenticator, request: Request, body: Body) -> Confirmation:
    """That whoever is logged in has given their password again.

    Raises:
        WrongPassword: they have not.
    """
    password = body.get("password")
    if not isinstance(password, str) or not password:
        raise WrongPassword("This asks for your password.", remedy="Give it again.")
    try:
        authenticator.confirm(request, password)
    except Refused as refused:
        if refused.wait:
            remedy = f"Wait {refused.wait:.0f} seconds."
            raise WrongPassword("There were too many attempts.", remedy=remedy) from refused
        remedy = "Nothing was done; give it again."
        raise WrongPassword("The password is wrong.", remedy=remedy) from refused
    return Confirmation.PASSWORD


def host_of(request: Request) -> str:
    """The host name of our address as the browser has it: what its passkeys are made for."""
    return str(request.url.hostname or "")


def check_client(request: Request, client: bytes, kind: str, challenge: bytes | None = None) -> None:
    """Look at what a browser says of a passkey's answer: given to our own page, and to this question.

    Raises:
        BadRequest: it was given elsewhere, or to something else.
    """
    try:
        said = json.loads(client)
        sound = said["type"] == kind and said["origin"] == request.headers.get("origin")
        sound = sound and (challenge is None or said["challenge"] == base64url(challenge))
    except (ValueError, TypeError, KeyError):
        sound = False
    if not sound:
        raise BadRequest("That is no answer of a passkey to this page.")


def credential_of(signer: AllowedSigner) -> str:
    """The browser's name of a passkey on the list."""
    return signer.comment.removeprefix(CREDENTIAL).partition(" ")[0]


def base64url(data: bytes) -> str:
    """Bytes as browsers write them in JSON."""
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def unbase64url(text: object) -> bytes:
    """Bytes as browsers write them in JSON.

    Raises:
        BadRequest: they are none.
    """
    try:
        if isinstance(text, str) and text.isascii():
            return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        pass
    raise BadRequest("A passkey's answer is written in base64url.")


def _shown(body: Body) -> Body:
    """What a signing names as it was shown."""
    pages, version = body.get("pages"), body.get("expected_version")
    if type(version) is not int or not (pages is None or whole_numbers(pages)):
        raise BadRequest("A signing names the record as of which it was shown, and pages by number.")
    if pages is None:
        return {"expected_version": version}
    looked = {} if body.get("looked") is None else body["looked"]
    return {
        "expected_version": version, "pages": pages, "expected_texts": _by_page(body.get("texts"), pages, _is_sha256),
        "looked": _by_page(looked, pages, whole_numbers, []),
    }  # fmt: skip


def _by_page(
    value: object, pages: Sequence[int], sound: Callable[[object], bool], default: object = None
) -> dict[int, Any]:
    """A value for each page, from an object that has them by page number; `default` where it has none."""
    found = {page: value.get(str(page), default) if isinstance(value, dict) else None for page in pages}
    if not all(sound(one) for one in found.values()):
        raise BadRequest("A signing names for each page the hash of the text and the lines that were shown.")
    return found


def _is_sha256(value: object) -> bool:
    return isinstance(value, str) and _SHA256.fullmatch(value) is not None
