"""What no browser of ours would send: no address falls over, and nothing from outside becomes markup."""

import http.client
import json
import re
import socket
import threading
import time
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import requests
import schemathesis
import uvicorn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from model.user import Role
from review.web.authenticator import loopback
from review.web.permissions import PERMISSIONS, UPLOADS
from review.web.serve import configured
from tests.review.house import FIRST, KATHU
from tests.review.web_users import UsersHouse, add_person, address_of, cheap_passwords
from tests.workspace import samples

pytestmark = pytest.mark.slow

API = schemathesis.openapi.from_dict(
    json.loads((Path(__file__).parents[2] / "docs/schemas/review-api.json").read_text())
)
API.config.phases.coverage.enabled = False  # thousands of requests; the random ones find the same
MARKUP = '"><img src=x onerror=alert(1)></textarea><script>alert("ก")</script>{{7*7}}\u202e'

relaxed = settings(
    max_examples=10,
    derandomize=True,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.filter_too_much,
    ],
)


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        cheap_passwords(patch)
        made = UsersHouse(tmp_path_factory.mktemp("house"))
        made.source(1, name=MARKUP.replace("/", "") + ".pdf")
        hostile = f"{FIRST}\n{MARKUP}"
        found = samples.findings(hostile, samples.proposal(hostile, "กระทู้", MARKUP), KATHU)
        made.read(1, hostile, found)
        made.source(2, name=MARKUP.replace("/", "") + ".pdf")
        made.fail(2, MARKUP)
        add_person(made.ws, "malee", MARKUP.rstrip("\u202e")[:90], set(Role))
        yield made
        made.ws.close()


@pytest.fixture(scope="module")
def browser(house):
    return house.user("malee")


@pytest.fixture
def malee(house, browser):
    """Somebody with every role, who logs in again where a test has logged them out."""
    log_in_again(house, browser)
    return browser


def log_in_again(house, browser):
    if browser.client.get("/api/session").status_code != 200:
        house.time.now += 1000
        assert browser.log_in("malee").status_code == 303


class Markup(HTMLParser):
    """The elements and attributes of a page."""

    def __init__(self, page):
        super().__init__()
        self.found = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def is_sound(answer):
    """Not our fault, never markup from outside, and with the headers that keep a browser from guessing."""
    assert answer.status_code < 500, answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    kind = answer.headers.get("content-type", "")
    if kind.startswith("text/html"):
        for tag, attributes in Markup(answer.text).found:
            assert not any(name.startswith("on") for name in attributes), (tag, attributes)
            assert attributes.get("src", "/static/").startswith("/static/"), (tag, attributes)
            assert attributes.get("href", "/").startswith(("/", "#")), (tag, attributes)
            assert tag not in {"style", "iframe", "object", "embed", "base"}, (tag, attributes)
    return answer


@API.parametrize()
@relaxed
def test_no_request_that_fits_its_description_or_does_not_makes_an_address_fall_over(case, house, malee):
    case.path_parameters = {
        name: house.document if name == "document" and len(str(value)) % 2 else value
        for name, value in (case.path_parameters or {}).items()
    }
    made = requests.Request(**case.as_transport_kwargs(base_url=malee.origin)).prepare()
    headers = {name: value for name, value in made.headers.items() if name.lower() != "cookie"}
    headers |= {"origin": malee.origin, "x-chamra-token": malee.token}
    body = made.body.encode("utf-8", "replace") if isinstance(made.body, str) else made.body
    is_sound(
        malee.client.request(made.method, made.url, headers=headers, content=body, follow_redirects=False)
    )
    log_in_again(house, malee)


odd = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=50), st.just(MARKUP),
    st.just("\ud800"), st.just("a\x00b"), st.just("๙" * 3000), st.lists(st.integers(), max_size=3),
    st.just([10**30]), st.dictionaries(st.text(max_size=5), st.integers(), max_size=2),
)  # fmt: skip
NAMES = [
    "finding",
    "verdict",
    "after",
    "note",
    "expected_version",
    "texts",
    "pages",
    "kind",
    "line",
    "was",
    "text",
    "box",
    "mark",
    "cases",
    "decisions",
    "lines",
    "stamp",
]
KNOWN: dict[str, Any] = {"finding": KATHU.id, "verdict": "edit", "after": "กะทู้", "note": "", "pages": None,
         "expected_version": [], "texts": {},
         "kind": "line", "line": 0, "was": "", "text": "ก", "box": None, "mark": "doubtful", "cases": [],
         "decisions": [{"finding": KATHU.id, "verdict": "edit", "after": "กะทู้", "expected_version": []}],
         "lines": [{"line": 0, "was": "", "milliseconds": 1}], "stamp": ""}  # fmt: skip
POSTED = sorted(path for method, path in PERMISSIONS if method == "POST" and path.startswith("/api/"))


@pytest.mark.parametrize("path", POSTED)
@relaxed
@given(changes=st.dictionaries(st.sampled_from(NAMES), odd, max_size=4))
def test_a_wish_with_odd_values_is_refused_or_recorded_whole(path, changes, house, malee):
    where = address_of(path, house.document, KATHU.id)
    before = house.ws.ledger.head().seq
    text = json.dumps(KNOWN | changes)
    headers = {"origin": malee.origin, "x-chamra-token": malee.token, "content-type": "application/json"}
    answer = is_sound(
        malee.client.post(where, content=text.encode("utf-8", "surrogatepass"), headers=headers)
    )
    assert answer.status_code == 200 or house.ws.ledger.head().seq == before


@relaxed
@given(
    words=st.one_of(st.text(max_size=80), st.just(MARKUP)),
    show=st.text(max_size=20),
    lang=st.text(max_size=5),
)
def test_no_search_becomes_markup(words, show, lang, house, malee):
    for path in ("/", f"/documents/{house.document}", "/login"):
        wish = {"q": words, "show": show, "lang": lang, "next": words}
        address = f"{path}?" + "&".join(f"{k}={quote(v.encode('utf-8', 'replace'))}" for k, v in wish.items())
        is_sound(malee.client.get(address, follow_redirects=False))


@relaxed
@given(login=st.text(max_size=100), password=st.text(max_size=100), back=st.text(max_size=100))
def test_no_login_becomes_markup_or_leads_away(login, password, back, house):
    house.time.now += 1000
    browser = house.browser()
    fields = {name: value.encode("utf-8", "replace") for name, value in
              (("login", login), ("password", password), ("next", back))}  # fmt: skip
    answer = browser.client.post(
        "/login", data=fields, headers={"origin": browser.origin}, follow_redirects=False
    )
    assert is_sound(answer).status_code in {403, 429}


@pytest.mark.parametrize("path", sorted({path for method, path in PERMISSIONS if method == "GET"}))
def test_names_and_texts_from_outside_are_text_at_every_address(path, house, malee):
    where = address_of(path, house.document, KATHU.id)
    answer = is_sound(malee.client.get(where))
    kind = answer.headers["content-type"]
    assert kind.startswith(
        ("text/html", "application/json", "image/png", "image/jpeg", "text/plain", "application/octet-stream")
    )
    if kind.startswith("text/plain"):
        assert "<script>" not in answer.text
    if kind.startswith("text/html"):
        assert "<script>alert" not in answer.text
        assert "\u202e" not in answer.text
        assert "{{7*7}}" in answer.text or "49" not in answer.text


@pytest.mark.parametrize(
    "path",
    ["/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static/....//app.py", "/static//etc/passwd",
     "/static/%2fetc%2fpasswd", "/static/..\\app.py", "/static/page.js%00.css", "/static/" + "a" * 5000,
     "/documents/../../etc/passwd", "/documents/..%2f..%2fpasswords.json", "/documents/%00", "/documents/%ff%fe",
     "/documents/" + "9" * 6000, "/documents/x/pages/" + "9" * 6000, "/api/documents/x/pages/-1",
     "/api/documents/x/pages/1e9", "/api/documents/x/pages/%D9%A1", "/documents/x/pages/1/../../../login%0d%0aX:y",
     "//evil.example/", "/%0d%0aSet-Cookie:x=y", "/passwords.json", "/../ledger.sqlite", "/blobs/"],
)  # fmt: skip
def test_no_path_leads_out_or_falls_over(path, house, malee):
    answer = is_sound(malee.client.get(malee.origin + path, follow_redirects=False))
    assert answer.status_code in {303, 307, 400, 401, 404}
    assert "argon2" not in answer.text
    assert "root:" not in answer.text


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:8017", "127.0.0.1.evil.example:8017", "127.0.0.1:80", "localhost", "0.0.0.0:8017",
     "127.0.0.1:8017@evil.example", "[::1]:80", "127.0.0.1:8017 ", "LOCALHOST:8017.", ""],
)  # fmt: skip
def test_a_name_that_leads_here_by_a_trick_is_not_answered(host, house, malee):
    for method, path in (("GET", "/login"), ("GET", "/"), ("GET", "/static/page.js"), ("POST", "/login")):
        answer = malee.client.request(
            method, path, headers={"host": host, "origin": f"http://{host.strip()}"}
        )
        assert answer.status_code == 421


@pytest.mark.parametrize(
    "kind",
    ["", "text/plain", "application/xml", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded",
     "application/json-patch+json", "text/html", "application/jsonx"],
)  # fmt: skip
def test_only_json_is_taken_for_a_wish(kind, house, malee):
    headers = {"origin": malee.origin, "x-chamra-token": malee.token} | (
        {"content-type": kind} if kind else {}
    )
    for path in POSTED:
        where = address_of(path, house.document, KATHU.id)
        refused = 415 if path == UPLOADS else 403  # scans have a kind of their own
        assert malee.client.post(where, content=json.dumps(KNOWN), headers=headers).status_code == refused


# On a real connection


@pytest.fixture
def address(house, monkeypatch):
    """A server on a real port; the name of its host is the test's."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(16)
        port = listener.getsockname()[1]
        server = uvicorn.Server(configured(house.app(loopback(port))))
        thread = threading.Thread(target=server.run, args=([listener],))
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield ("127.0.0.1", port)
        server.should_exit = True
        thread.join(20)


def talk(address, head, parts=(), pause=0.0, patience=30):
    """Send a head and then parts of a body, and give the status of the answer; 0 where the server hangs up."""
    with socket.create_connection(address, timeout=patience) as connection:
        host = f"{address[0]}:{address[1]}"
        whole = [head.format(host=host, origin=f"http://{host}").encode("latin-1"), *parts]
        for number, part in enumerate(whole):
            time.sleep(pause if number else 0)
            try:
                connection.sendall(part)
            except OSError:
                break
        try:
            said = connection.recv(200)
        except ConnectionResetError:
            return 0
    found = re.match(rb"HTTP/1\.1 (\d+)", said)
    return int(found[1]) if found else 0


FORM = (
    "POST /login HTTP/1.1\r\nHost: {host}\r\nOrigin: {origin}\r\n"
    "Content-Type: application/x-www-form-urlencoded\r\n"
)


@pytest.mark.parametrize(
    ("more", "parts"),
    [
        ("Content-Length: 99999999\r\n\r\n", []),
        ("Content-Length: 70000\r\n\r\n", [b"x" * 70_000]),
        ("Content-Length: 99999999999999999999999999\r\n\r\n", []),
        ("Content-Length: -1\r\n\r\n", []),
        ("Content-Length: 1, 2\r\n\r\n", []),
        ("\r\n", []),
        ("Transfer-Encoding: chunked\r\n\r\n", [b"fffff\r\n" + b"x" * 100_000]),
        ("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n", [b"0\r\n\r\n"]),
    ],
)
def test_a_body_that_is_too_long_or_does_not_say_how_long_is_not_read(address, more, parts):
    assert talk(address, FORM + more, parts) in {400, 413}


@pytest.mark.parametrize("first", ["", "GET /login HTTP/1.1\r\nHost: {host}\r\n\r\n"])
@pytest.mark.parametrize("drop", [b"", b"X"])
def test_headers_that_do_not_come_are_not_waited_for(address, monkeypatch, first, drop):
    monkeypatch.setattr("review.web.prompt_protocol.HEADER_SECONDS", 1.0)
    with socket.create_connection(address, timeout=10) as connection:
        if first:
            connection.sendall(first.format(host=f"{address[0]}:{address[1]}").encode())
            while b"</html>" not in connection.recv(65536):
                pass
        begun = time.monotonic()
        connection.sendall(b"GET /login HTTP/1.1\r\n")
        connection.settimeout(0.1)
        while time.monotonic() - begun < 8:
            try:
                connection.sendall(drop)
                if connection.recv(100) == b"":
                    break
            except TimeoutError:
                continue
            except OSError:
                break
        assert time.monotonic() - begun < 4
    assert talk(address, "GET /login HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n") == 200


@pytest.mark.parametrize("kind", ["never sent", "in drops"])
def test_a_slow_body_is_given_up_and_others_are_answered_meanwhile(address, monkeypatch, kind):
    monkeypatch.setattr("review.web.security_middleware._BODY_SECONDS", 1.0)
    parts = [] if kind == "never sent" else [b"x"] * 30
    answers = []
    slow = [
        threading.Thread(
            target=lambda: answers.append(talk(address, FORM + "Content-Length: 100\r\n\r\n", parts, 0.1))
        )
        for _ in range(8)
    ]
    for one in slow:
        one.start()
    time.sleep(0.2)
    assert talk(address, "GET /login HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n") == 200
    for one in slow:
        one.join(20)
    assert answers == [408] * 8


@pytest.mark.parametrize(
    "head",
    ["GET / HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\nHost: {host}\r\nHost: evil.example\r\n\r\n",
     "GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n", "GET / HTTP/1.0\r\n\r\n", "nonsense\r\n\r\n",
     "GET / HTTP/1.1\r\nHost: {host}\r\nX: " + "a" * 2_000_000 + "\r\n\r\n", "\x00\x01\x02\r\n\r\n",
     "GET /\xff HTTP/1.1\r\nHost: {host}\r\n\r\n"],
    ids=range(8),
)  # fmt: skip
def test_a_head_that_is_none_is_refused(address, head):
    assert talk(address, head) in {0, 400, 404, 421, 431}
    connection = http.client.HTTPConnection(address[0], address[1], timeout=20)
    connection.request("GET", "/static/page.js")
    assert connection.getresponse().status == 200
    connection.close()
