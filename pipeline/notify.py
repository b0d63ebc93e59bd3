"""Telling people that something needs them: a mail by SMTP, a request to an address, or both."""

from __future__ import annotations

import json
import smtplib
import ssl
import urllib.request
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from pydantic_settings import BaseSettings, SettingsConfigDict

from model.errors import ChamraError, MissingProgram, UsageError

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


def notify(subject: str, words: str, settings: Notices) -> list[str]:
    """Tell whoever is to be told, by every way that is set. Returns the ways, empty where none is.

    Raises:
        UsageError: an address cannot be meant.
        MissingProgram: a server does not take it; the other way was tried all the same.
    """
    ways = ((settings.mail_to, _mail), (settings.webhook, _post))
    done: list[str] = []
    troubles: list[ChamraError] = []
    for where, send in ways:
        if not where:
            continue
        try:
            send(subject, words, settings)
            done.append(where)
        except (OSError, smtplib.SMTPException) as error:
            trouble = MissingProgram(
                f"{_bare(where)} could not be told: {error}.", remedy="Check CHAMRA_SMTP and CHAMRA_WEBHOOK."
            )
            troubles.append(trouble)
    if troubles:
        raise troubles[0]
    return done


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
    if urlsplit(address).scheme not in ("http", "https"):
        raise UsageError("CHAMRA_WEBHOOK is no address.", remedy="Give https://HOST/PATH.")
    # Most services that take such requests (Slack, Mattermost, Teams) show the field `text`.
    body = {"schema": _SCHEMA, "subject": subject, "text": f"{subject}\n{words}"}
    request = urllib.request.Request(
        address, json.dumps(body, ensure_ascii=False).encode(), {"Content-Type": "application/json"}
    )
    urllib.request.urlopen(request, timeout=_SECONDS).close()


def _bare(where: str) -> str:
    """An address without what may be secret in it."""
    parts = urlsplit(where)
    return f"{parts.scheme}://{parts.hostname}" if parts.scheme in ("http", "https") else where
