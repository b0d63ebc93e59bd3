"""People are told by mail and by a request, tried against servers of our own."""

import http.server
import json
import threading

import pytest
from aiosmtpd.controller import Controller

from model.errors import MissingProgram, UsageError
from pipeline.notify import Notices, tell, ways
from tests.workspace.object_store import free_port

pytestmark = pytest.mark.server
WORDS = "3 of 16 pages failed\n`chamra status -w /srv/archive`"


class Postbox:
    """A mail server that keeps what it is given."""

    def __init__(self):
        self.mails = []
        self._server = Controller(self, hostname="127.0.0.1", port=free_port())
        self._server.start()
        self.address = f"smtp://127.0.0.1:{self._server.port}"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802  as aiosmtpd calls it
        self.mails.append((envelope.rcpt_tos, envelope.content.decode()))
        return "250 taken"

    def close(self):
        self._server.stop()


class Hook(http.server.ThreadingHTTPServer):
    """A server that keeps the bodies of the requests that it gets."""

    def __init__(self, status=200):
        bodies = self.bodies = []

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                bodies.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                self.send_response(status)
                self.end_headers()

            def log_message(self, *_):
                pass

        super().__init__(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server_port}/told?key=secret"
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def close(self):
        self.shutdown()
        self.server_close()


@pytest.fixture
def postbox():
    made = Postbox()
    yield made
    made.close()


@pytest.fixture
def hook():
    made = Hook()
    yield made
    made.close()


def notify(subject, words, settings):
    """By every way that is set."""
    for way in ways(settings):
        tell(way, subject, words, settings)


def test_a_mail_goes_to_everybody_and_a_request_to_the_address(postbox, hook):
    settings = Notices(
        mail_to="malee@example.go.th,prani@example.go.th", smtp=postbox.address, webhook=hook.address
    )
    notify("Chamra: scan-inbox: NeedsAPerson", WORDS, settings)
    [(to, mail)] = postbox.mails
    assert to == ["malee@example.go.th", "prani@example.go.th"]
    assert "Subject: Chamra: scan-inbox: NeedsAPerson" in mail
    assert "3 of 16 pages failed" in mail
    [body] = hook.bodies
    assert body["schema"] == "chamra/notice/1"
    assert "3 of 16 pages failed" in body["text"]


def test_a_server_that_is_away_is_named_and_no_secret_is_shown(hook):
    away = Notices(mail_to="malee@example.go.th", smtp=f"smtp://127.0.0.1:{free_port()}")
    with pytest.raises(MissingProgram, match="could not be told"):
        tell("mail", "Chamra", WORDS, away)
    gone = Hook(status=500)
    with pytest.raises(MissingProgram) as caught:
        tell("webhook", "Chamra", WORDS, Notices(webhook=gone.address))
    assert "secret" not in str(caught.value)
    gone.close()


def test_a_name_of_a_file_in_a_subject_makes_no_header_of_its_own(postbox):
    settings = Notices(mail_to="malee@example.go.th", smtp=postbox.address)
    notify("Chamra: a\nBcc: everybody@example.com", WORDS, settings)
    [(to, mail)] = postbox.mails
    assert to == ["malee@example.go.th"]
    assert "\nBcc:" not in mail


@pytest.mark.parametrize(
    "wrong",
    [
        {"mail_to": "a@b", "smtp": "mail"},
        {"mail_to": "a@b", "smtp": "smtp://host:port"},
        {"mail_to": "a@b", "smtp": "smtp://[host"},
        {"mail_to": "a@b\nBcc: everybody@example.com"},
        {"webhook": "file:///etc/passwd"},
        {"webhook": "http://"},
        {"webhook": "http://[::1"},
        {"webhook": "http://host:port/"},
        {"webhook": "http://127.0.0.1/a b"},
        {"webhook": "http://127.0.0.1/แจ้ง"},
    ],
)
def test_an_address_that_cannot_be_meant_is_wrong_usage(wrong):
    settings = Notices(**wrong)
    [way] = ways(settings)
    with pytest.raises(UsageError, match="CHAMRA_"):
        tell(way, "Chamra", WORDS, settings)


def test_nobody_is_told_where_nobody_is_named():
    assert ways(Notices()) == ()
