"""Who is logged in: sessions of the server's own, looked up in memory."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from review.web.state_store import StateStore

IDLE_SECONDS = 2 * 3600.0
"""A session ends when nothing was asked for so long."""

LONGEST_SECONDS = 12 * 3600.0
"""A session ends so long after its login, whatever is done in it."""

_KIND = "session"
_EACH = 10  # sessions that one user may have at a time: browsers, and those that were never logged out of
_NOTED_SECONDS = 60.0  # a session's last use is kept on disk as exactly as this


@dataclass(slots=True)
class Session:
    """A login. It holds for the credential that it was made with: a new password ends it."""

    login: str
    credential: str
    opened: float
    used: float
    noted: float = 0.0


class Sessions:
    """All sessions by the hash of their secret, which the browser alone has. Safe for several threads."""

    def __init__(self, state_store: StateStore, clock: Callable[[], float]) -> None:
        self._state_store = state_store
        self._clock = clock
        self._lock = Lock()
        self._sessions: dict[str, Session] = {}
        for key, text in state_store.all(_KIND).items():
            session = _read(text)
            if session is None or not self._holds(session):
                state_store.drop(_KIND, key)
            else:
                self._sessions[key] = session

    def open(self, login: str, credential: str) -> str:
        """Begin a session and give its secret."""
        secret = secrets.token_urlsafe(32)
        now = self._clock()
        with self._lock:
            for key in [key for key, one in self._sessions.items() if not self._holds(one)]:
                self._forget(key)
            own = sorted((one.used, key) for key, one in self._sessions.items() if one.login == login)
            for _, key in own[: max(0, len(own) + 1 - _EACH)]:
                self._forget(key)
            self._sessions[_key(secret)] = session = Session(login, credential, now, now)
            self._note(_key(secret), session)
        return secret

    def get(self, secret: str) -> Session | None:
        """The session of this secret, used now; None when there is none or it has ended."""
        with self._lock:
            key = _key(secret)
            session = self._sessions.get(key)
            if session is None:
                return None
            if not self._holds(session):
                self._forget(key)
                return None
            session.used = self._clock()
            if session.used - session.noted > _NOTED_SECONDS:
                self._note(key, session)
            return session

    def close(self, secret: str) -> None:
        """End a session."""
        with self._lock:
            self._forget(_key(secret))

    def _holds(self, session: Session) -> bool:
        now = self._clock()
        # A clock that was set back must not lengthen a session.
        return (
            session.opened <= now < session.opened + LONGEST_SECONDS
            and now < session.used + IDLE_SECONDS
        )  # fmt: skip

    def _forget(self, key: str) -> None:
        self._sessions.pop(key, None)
        self._state_store.drop(_KIND, key)

    def _note(self, key: str, session: Session) -> None:
        session.noted = session.used
        values = [session.login, session.credential, session.opened, session.used]
        self._state_store.put(_KIND, key, json.dumps(values))


def token_of(secret: str) -> str:
    """What a changing request of this session must carry beside the cookie."""
    return hmac.new(secret.encode("utf-8", "surrogatepass"), b"token", hashlib.sha256).hexdigest()[:40]


def _key(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _read(text: str) -> Session | None:
    try:
        login, credential, opened, used = json.loads(text)
        return Session(str(login), str(credential), float(opened), float(used), float(used))
    except (ValueError, TypeError):
        return None
