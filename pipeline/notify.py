"""Telling people that something needs them: a mail by SMTP, a request to an address, or both."""

from __future__ import annotations

import http.client
import json
import smtplib
import ssl
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from pydantic_settings import BaseSettings, SettingsConfigDict

from model.errors import MissingProgram, UsageError

_SECONDS = 30.0
_SCHEMA = "chamra/notice/1"


class Notices(BaseSettings):
    """Whom to tell, and how. No settings of a run: what is secret here stands in no flow run's parameters."""

    model_config = SettingsConfigDict(env_prefix="CHAMRA_", frozen=True, extra="ignore")

    mail_to: str = ""
    """To whom a mail goes, with commas between them; nobody where it is empty."""
    mail_from: str = ""
    """From whom; the first of those it goes to where it is empty."""
    smtp: str = "smtp://localhost:25"
    """The mail server."""
    webhook: str = ""
    """The address that gets a request; none where it is empty."""


def ways(settings: Notices) -> tuple[str, ...]:
    """The ways that are set, of `mail` and `webhook`."""
    return tuple(way for way, where in (("mail", settings.mail_to), ("webhook", settings.webhook)) if where)


def tell(way: str, subject: str, words: str, settings: Notices) -> None:
    """Tell whoever is to be told by this one of the `ways`.

    Raises:
        UsageError: the address cannot be meant; another try is of no use.
        MissingProgram: a server does not take it.
    """
    try:
        _WAYS[way](subject, words, settings)
    except http.client.InvalidURL as error:
        raise _no_address(way, error) from error
    except (OSError, smtplib.SMTPException, http.client.HTTPException) as error:
        where = settings.mail_to if way == "mail" else _bare(settings.webhook)
        raise MissingProgram(f"{where} could not be told: {error}.", remedy=_REMEDY[way]) from error
    except ValueError as error:
        raise _no_address(way, error) from error


def _mail(subject: str, words: str, settings: Notices) -> None:
    server = urlsplit(settings.smtp)
    if server.scheme not in ("smtp", "smtps", "smtp+starttls") or not server.hostname:
        raise UsageError(
            "CHAMRA_SMTP is no address of a mail server.",
            remedy="Give smtp://HOST:25, smtp+starttls://USER:PASSWORD@HOST:587 or smtps://USER:PASSWORD@HOST:465.",
        )
    mail = EmailMessage()
    mail["Subject"] = " ".join(subject.split())[:200]
    mail["From"] = settings.mail_from or settings.mail_to.partition(",")[0]
    mail["To"] = settings.mail_to
    mail.set_content(words)
    port = server.port or {"smtp": 25, "smtps": 465}.get(server.scheme, 587)
    if server.scheme == "smtps":
        session: smtplib.SMTP = smtplib.SMTP_SSL(
            server.hostname, port, timeout=_SECONDS, context=ssl.create_default_context()
        )
    else:
        session = smtplib.SMTP(server.hostname, port, timeout=_SECONDS)
    with session:
        if server.scheme == "smtp+starttls":
            session.starttls(context=ssl.create_default_context())
        if server.username:
            session.login(unquote(server.username), unquote(server.password or ""))
        session.send_message(mail)


def _post(subject: str, words: str, settings: Notices) -> None:
    address = settings.webhook
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UsageError("CHAMRA_WEBHOOK is no address.", remedy="Give https://HOST/PATH.")
    # Most services that take such requests (Slack, Mattermost, Teams) show the field `text`.
    body = {"schema": _SCHEMA, "subject": subject, "text": f"{subject}\n{words}"}
    request = urllib.request.Request(
        address, json.dumps(body, ensure_ascii=False).encode(), {"Content-Type": "application/json"}
    )
    try:
        urllib.request.urlopen(request, timeout=_SECONDS).close()
    except urllib.error.HTTPError as error:
        error.close()
        raise


def _no_address(way: str, error: Exception) -> UsageError:
    return UsageError(f"Nobody can be told by {way}: {' '.join(str(error).split())}.", remedy=_REMEDY[way])


def _bare(where: str) -> str:
    """An address without what may be secret in it."""
    parts = urlsplit(where)
    return f"{parts.scheme}://{parts.hostname}" if parts.scheme in ("http", "https") else where


_REMEDY = {
    "mail": "Check CHAMRA_MAIL_TO, CHAMRA_MAIL_FROM and CHAMRA_SMTP.",
    "webhook": "Check CHAMRA_WEBHOOK.",
}
_WAYS: Mapping[str, Callable[[str, str, Notices], None]] = {"mail": _mail, "webhook": _post}
