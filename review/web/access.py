"""The authenticator of a workspace without users: one account, from this machine, through a page of our own.

A request must carry the cookie that the address printed at the start sets: other accounts of the machine can
reach the port too. Who acts is what the server was started with.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from ledger.people import Users
from model.decision import Who
from model.user import EVERY_ROLE
from review.web.authenticator import Address, Principal, bracketed, equal, loopback


@dataclass(frozen=True, slots=True)
class Access:
    """One person's access to one server: their name and account, the server's address, its secret.

    With `users`, nobody is let in any more once there are some: then everybody logs in. The entrance's `key` is another
    one at every start; who came in by an earlier one stays in.
    """

    who: Who
    host: str
    port: int
    secret: bytes
    users: Users | None = None
    key: str = field(default_factory=lambda: secrets.token_hex(20))

    @property
    def address(self) -> Address:
        """The names of this machine, with the port."""
        return loopback(self.port)

    @property
    def origin(self) -> str:
        """The address as the browser says it."""
        return f"http://{bracketed(self.host)}:{self.port}"

    @property
    def entrance(self) -> str:
        """The address that lets a browser in; it is a password."""
        return f"{self.origin}/?key={self.key}"

    @property
    def token(self) -> str:
        """What every changing request must carry; only our own pages can read it."""
        return self._derived("token")

    @property
    def cookie_name(self) -> str:
        """Cookies do not tell ports apart, so the name does."""
        return f"chamra-review-{self.port}"

    def meet(self, request: Request) -> Response | None:
        """Remember a browser that comes by the entrance, and send it on to an address without the key."""
        if self.users is not None and self.users.now():
            return PlainTextResponse("This workspace has users now: start `chamra review` again.\n", 403)
        if request.method != "GET" or not equal(request.query_params.get("key", ""), self.key):
            return None
        response = RedirectResponse("/", status_code=303)
        response.set_cookie(self.cookie_name, self._derived("cookie"), httponly=True, samesite="strict")
        return response

    def principal(self, request: Request) -> Principal | None:
        """The person, when the browser has come in by the entrance."""
        if not equal(request.cookies.get(self.cookie_name, ""), self._derived("cookie")):
            return None
        return Principal(self.who, EVERY_ROLE, self.token)

    def stranger(self, request: Request) -> Response:
        """Where the entrance is to be found."""
        del request
        return PlainTextResponse(
            "Open the address that `chamra review` printed when it was started.\n"
            "เปิดที่อยู่ที่คำสั่ง chamra review แสดงไว้เมื่อเริ่มทำงาน\n",
            403,
        )

    def _derived(self, purpose: str) -> str:
        return hmac.new(self.secret, f"{purpose}:{self.port}".encode(), hashlib.sha256).hexdigest()[:40]


def state_folder() -> Path:
    """Where this account keeps what the review page needs between two starts; nobody else may look."""
    return Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local/state") / "chamra"


def account_secret(folder: Path | None = None) -> bytes:
    """A secret that this account keeps for itself, so that an open page survives a restart of the server.

    Kept in the state folder of the account, readable by it alone. Where none can be kept, a fresh one: then
    a page that was open must be opened anew.
    """
    path = (folder or state_folder()) / "review.key"
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # Written whole under another name first: a cut-off secret would be easy to guess.
        fresh = path.with_name(f"review.key.{os.getpid()}.{secrets.token_hex(4)}")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            os.write(descriptor, secrets.token_hex(32).encode("ascii"))
        finally:
            os.close(descriptor)
        try:
            path.hardlink_to(fresh)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
        found = path.stat()
        kept = path.read_bytes()
    except OSError:
        return secrets.token_bytes(32)
    private = found.st_uid == os.getuid() and not found.st_mode & 0o077
    return kept if private and len(kept) == 64 else secrets.token_bytes(32)
