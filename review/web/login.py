"""The authenticators of a workspace with users: by password, or by a sign-on proxy that vouches for them."""

from __future__ import annotations

import hashlib
import hmac
import time
from collections.abc import Callable
from threading import BoundedSemaphore
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response

from ledger.people import Users
from model.decision import Known
from model.user import User
from review.passwords import fits, is_outdated, matches
from review.users import rehash, set_own_password
from review.web.attempts import Attempts
from review.web.authenticator import Address, Peers, Principal, client_address
from review.web.bearer import Bearers, shows_token
from review.web.sessions import Sessions, token_of
from review.web.state_store import StateStore
from review.who import logged_in
from workspace.password_file import PasswordFile
from workspace.workspace import Workspace

_AT_ONCE = 4  # passwords that are hashed at a time, each in 64 MiB
_NOT_THE_PROXY = PlainTextResponse("Only the proxy may speak to this server.\n", 403)


class Refused(Exception):
    """A login that did not succeed. `wait` is how many seconds must pass before the next; 0: none, and
    then name or password are wrong."""

    def __init__(self, wait: float = 0.0) -> None:
        super().__init__("not logged in")
        self.wait = wait


class LoginAuthenticator:
    """People log in with a password, and a session says who they are."""

    def __init__(
        self,
        ws: Workspace,
        address: Address,
        port: int,
        *,
        peers: Peers | None = None,
        state_store: StateStore | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._ws = ws
        self._address = address
        self._port = port
        self._peers = peers
        self._users = Users(ws.ledger)
        self._bearers = Bearers(ws, self._users)
        self._passwords = PasswordFile(ws.path)
        state_store = state_store or StateStore(None)
        self._sessions = Sessions(state_store, clock)
        self._attempts = Attempts(state_store, clock)
        self._hashing = BoundedSemaphore(_AT_ONCE)
        matches("", None)  # so that the first unknown login takes no longer than the others

    @property
    def address(self) -> Address:
        """Where the page is."""
        return self._address

    @property
    def cookie_name(self) -> str:
        """By TLS a name that binds the cookie to this host; otherwise one that tells ports apart."""
        return "__Host-chamra" if self._address.secure else f"chamra-session-{self._port}"

    def meet(self, request: Request) -> Response | None:
        """Behind a proxy, nobody else."""
        stranger = self._peers is not None and not self._peers.include(request)
        return _NOT_THE_PROXY if stranger else None

    def principal(self, request: Request) -> Principal | None:
        """The user of the session, as they stand now, or of a program's token."""
        if shows_token(request):
            return self._bearers.principal(request)
        secret = request.cookies.get(self.cookie_name, "")
        session = self._sessions.get(secret) if secret else None
        if session is None:
            return None
        user = self._users.now().get(session.login)
        if user is None or not user.enabled or user.credential != session.credential:
            self._sessions.close(secret)
            return None
        return Principal(
            logged_in(user, Known.LOGIN), user.roles, token_of(secret), leaves=True, temporary=user.temporary
        )

    def stranger(self, request: Request) -> Response:
        """To the login, and back to where they wanted to go; a program has no use for either."""
        path = str(request.scope["path"])
        if path.startswith("/api/") or shows_token(request):
            return JSONResponse({"error": "login", "message": "Log in again."}, 401)
        if request.method not in ("GET", "HEAD") or path == "/":
            return RedirectResponse("/login", 303)
        return RedirectResponse(f"/login?next={quote(path, safe='/')}", 303)

    def log_in(self, request: Request, login: str, password: str) -> Callable[[Response], Response]:
        """Begin a session, a new one at every login; what is returned puts it into an answer. Slow.

        Raises:
            Refused: the name or the password is wrong, or it is too soon.
        """
        user = self._attempt(login, password, client_address(request, self._peers))
        self._sessions.close(request.cookies.get(self.cookie_name, ""))
        secret = self._sessions.open(user.login, user.credential)

        def remember(response: Response) -> Response:
            response.set_cookie(
                self.cookie_name, secret, path="/", httponly=True, samesite="strict",
                secure=self._address.secure,
            )  # fmt: skip
            return response

        return remember

    def confirm(self, request: Request, password: str) -> User:
        """Whoever is logged in, after they have given their password again. Slow; raises as `log_in` does."""
        session = self._sessions.get(request.cookies.get(self.cookie_name, ""))
        if session is None:
            raise Refused
        return self._attempt(session.login, password, client_address(request, self._peers))

    def change_password(self, request: Request, current: str, new: str) -> Callable[[Response], Response]:
        """Give whoever is logged in another password, and begin a session with it. Slow.

        Raises:
            Refused: the current password is wrong, or it is too soon.
            UsageError: the new one is too weak, or the same.
        """
        user = self.confirm(request, current)
        set_own_password(self._ws, user, current, new, logged_in(user, Known.LOGIN))
        return self.log_in(request, user.login, new)

    def log_out(self, request: Request, response: Response) -> Response:
        """End the session, and let the browser forget what it has seen."""
        self._sessions.close(request.cookies.get(self.cookie_name, ""))
        response.delete_cookie(
            self.cookie_name, path="/", httponly=True, samesite="strict", secure=self._address.secure
        )
        response.headers["Clear-Site-Data"] = '"cache"'
        return response

    def _attempt(self, login: str, password: str, address: str) -> User:
        if not self._hashing.acquire(timeout=1.0):
            raise Refused(1.0)
        try:
            wait = self._attempts.begin(login, address)
            if wait > 0:
                raise Refused(wait)
            user = self._verified(login, password)
        finally:
            self._hashing.release()
        self._attempts.succeeded(login, address)
        return user

    def _verified(self, login: str, password: str) -> User:
        """The user of this login and password. Takes as long for one that does not exist."""
        user = self._users.now().get(login)
        encoded = self._passwords.get(user.credential) if user is not None and user.credential else None
        right = matches(password, encoded) if fits(password) else False
        if user is None or encoded is None or not right or not user.enabled:
            raise Refused
        if is_outdated(encoded):
            user = rehash(self._ws, user, password, logged_in(user, Known.LOGIN))
        return user


class ProxyAuthenticator:
    """A sign-on proxy has logged people in and names them in a header, which no other peer may send."""

    def __init__(self, ws: Workspace, address: Address, peers: Peers, header: str, secret: bytes) -> None:
        self._address = address
        self._peers = peers
        self._header = header
        self._secret = secret
        self._users = Users(ws.ledger)
        self._bearers = Bearers(ws, self._users)

    @property
    def address(self) -> Address:
        """Where the page is."""
        return self._address

    def meet(self, request: Request) -> Response | None:
        """Nobody but the proxy."""
        return None if self._peers.include(request) else _NOT_THE_PROXY

    def principal(self, request: Request) -> Principal | None:
        """The user whom the proxy names, once and exactly, or of a program's token where it names nobody."""
        named = request.headers.getlist(self._header)
        user = self._users.now().get(named[0]) if len(named) == 1 else None
        if not named and shows_token(request):
            return self._bearers.principal(request)
        if user is None or not user.enabled:
            return None
        token = hmac.new(self._secret, f"proxy:{user.login}".encode(), hashlib.sha256).hexdigest()[:40]
        return Principal(logged_in(user, Known.PROXY), user.roles, token)

    def stranger(self, request: Request) -> Response:
        """The proxy knows them, the workspace does not."""
        said = "The sign-on proxy names nobody who may use this workspace."
        by_token = shows_token(request) and self._header not in request.headers
        if by_token or str(request.scope["path"]).startswith("/api/"):
            return JSONResponse({"error": "login", "message": said}, 401)
        return PlainTextResponse(f"{said}\nท่านยังไม่มีสิทธิ์ใช้งาน โปรดติดต่อผู้ดูแลระบบ\n", 403)
