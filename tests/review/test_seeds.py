"""Letters changed on purpose in what a reviewer is shown: they measure who reads, and never get into a text."""

import os
import subprocess
import sys
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.audit import audit
from audit.report import Severity
from ledger.events.seeded import Seeded
from ledger.history import read_page_history
from model.edit import Span
from model.errors import GateError
from model.seed import Seed, SeedOutcome
from model.thai import is_mark
from model.user import Role
from reports.letters import visible
from review.add import add_text
from review.alike import least_sure
from review.decide import accept_remaining
from review.own_text import edited_line
from review.publish import publish
from review.requirements import require
from review.search_index import SearchIndex
from review.seeded_page import shown_rows
from review.seeding import Unseeded, seeds_for, unseeded
from review.shown_search import ShownSearch
from review.sign import sign
from review.state import page_state, page_state_of
from review.todo import Viewer
from review.web.overview import Overview
from review.web.queue_view import ListRequest, Lists
from tests.ledger import raw
from tests.review.house import MALEE, SOMCHAI, document_text
from tests.review.web_house import WebHouse
from tests.review.web_server import ROOT as SOURCE
from tests.workspace import samples
from workspace.secret_file import NAME, workspace_secret

LINES = [
    "องค์การบริหารส่วนตำบลกมลา",
    "อำเภอกะทู้ จังหวัดภูเก็ต",
    "ประกาศสอบราคาจ้างก่อสร้าง",
    "ถนนคอนกรีตเสริมเหล็ก",
    "ตามแบบแปลนของทางราชการ",
    "ภายในวันที่กำหนดไว้ท้ายประกาศ",
]
TEXT = "\n".join(LINES)


def page_of(house):
    """A page of six lines with nothing to decide about, in a collection that asks for many changed letters."""
    house.source(1)
    house.read(1, TEXT, samples.findings(TEXT))
    require(house.ws, "", SOMCHAI, seeds=500)
    (house.ws.path / NAME).write_bytes(b"s" * 32)
    return house


@pytest.fixture
def page(house):
    return page_of(house)


@pytest.fixture
def visitor(tmp_path):
    house = page_of(WebHouse(tmp_path))
    yield house.visitor()
    house.ws.close()


def shown(house, who=SOMCHAI):
    past = read_page_history(house.ws.ledger, house.document, 1)
    return shown_rows(house.ws, past, page_state_of(house.ws.store, past), house.document, who.account)


def put_back(house):
    return [(one.event.outcome, one.event.start) for one in house.ws.ledger.events(Seeded)]


def errors(house):
    return [one.message for one in audit(house.ws).findings if one.severity is Severity.ERROR]


def write(visitor, line, was, text, kind="line"):
    body = {"kind": kind, "line": line, "was": was, "text": text, "note": "", "box": None}
    return visitor.post(f"/api/documents/{visitor.house.document}/pages/1/texts", body)


def ask_to_sign(visitor):
    data = visitor.page()
    body = {
        "pages": [1], "texts": {"1": data["text_sha256"]}, "expected_version": data["seq"],
        "looked": {"1": [one["line"] for one in data["sign"]["sample"]]},
    }  # fmt: skip
    return visitor.post(f"/api/documents/{visitor.house.document}/sign", body)


def test_what_is_shown_follows_from_the_page_who_looks_and_the_secret():
    def drawn(secret=b"s" * 32, document="d" * 64, page=1, account="a", text=TEXT):
        return seeds_for(secret, document, page, account, text, (), rate=500)

    assert drawn() == drawn() != ()
    others = [drawn(secret=b"t" * 32), drawn(document="e" * 64), drawn(page=2), drawn(account="b")]
    assert all(one != drawn() for one in others)


@settings(max_examples=200, deadline=None)
@given(
    samples.thai,
    st.binary(min_size=32, max_size=32),
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 5))),
)
def test_a_letter_is_shown_as_another_of_its_kind_and_where_nothing_was_found(text, secret, places):
    taken = [Span(start, start + size) for start, size in places]
    found = seeds_for(secret, "d" * 64, 1, "a", text, taken, rate=500)
    assert len({text.count("\n", 0, one.start) for one in found}) == len(found)
    for one in found:
        assert (text[one.start], len(one.shown)) == (one.before, 1)
        assert one.shown != one.before
        assert is_mark(one.shown) == is_mark(one.before)
        line = Span(text.rfind("\n", 0, one.start) + 1, one.start + 1)
        assert not any(span.overlaps(line) for span in taken)


def test_there_are_as_many_as_are_asked_for_on_the_average_and_none_where_none_are():
    counts = Counter(
        len(seeds_for(b"s" * 32, "d" * 64, page, "a", TEXT, (), rate=100)) for page in range(2000)
    )
    mean = sum(count * times for count, times in counts.items()) / 2000
    assert 0.9 < mean < 1.1
    assert counts[0] > 500  # whoever has found one does not know whether there is another
    assert seeds_for(b"s" * 32, "d" * 64, 1, "a", TEXT, (), rate=0) == ()


def test_nobody_is_shown_another_text_unless_a_collection_asks_for_it(page):
    assert shown(page)
    require(page.ws, "", SOMCHAI, seeds=0)
    assert shown(page) == {}


def test_the_lines_are_shown_changed_and_every_other_text_is_the_true_one(visitor):
    data = visitor.page()
    changed = shown(visitor.house)
    for index, line in enumerate(data["lines"]):
        text, _ = changed.get(index, (LINES[index], ()))
        assert line["text"] == text == "".join(run for run, _ in line["runs"])
    assert any(line["text"] != true for line, true in zip(data["lines"], LINES, strict=True))
    assert page_state(visitor.house.ws, visitor.house.document, 1).shown_text == TEXT


def test_who_sees_the_letter_and_mends_it_has_caught_it_and_has_edited_nothing(visitor):
    (line, (text, seeds)), *_ = shown(visitor.house).items()
    answer = write(visitor, line, text, LINES[line])
    assert (answer.status_code, answer.json()["recorded"]) == (200, 0)
    assert put_back(visitor.house) == [(SeedOutcome.CAUGHT, seeds[0].start)]
    assert answer.json()["page"]["lines"][line]["text"] == LINES[line]
    assert list(visitor.house.ws.ledger.records(kind="addition")) == []


def test_what_they_write_elsewhere_in_the_line_goes_over_the_true_line(visitor):
    (line, (text, seeds)), *_ = shown(visitor.house).items()
    answer = write(visitor, line, text, text + " ฉบับที่ ๒")
    assert answer.status_code == 200
    assert put_back(visitor.house) == [(SeedOutcome.MISSED, seeds[0].start)]
    assert answer.json()["page"]["lines"][line]["text"] == LINES[line] + " ฉบับที่ ๒"
    (record,) = visitor.house.ws.ledger.records(kind="addition")
    assert (record.payload["before"], record.payload["after"]) == ("", " ฉบับที่ ๒")


def test_who_writes_the_changed_letter_themselves_is_asked_to_look_at_the_line_as_it_is(visitor):
    (line, (text, (seed,))), *_ = shown(visitor.house).items()
    at = seed.start - TEXT.index(LINES[line])
    answer = write(visitor, line, text, text[:at] + seed.shown + text[at:])
    assert answer.status_code == 409
    assert "changed on purpose" in answer.json()["message"]
    assert list(visitor.house.ws.ledger.records(kind="addition")) == []
    assert answer.json()["page"]["lines"][line]["text"] == LINES[line]


def test_a_line_that_is_taken_out_says_nothing_about_its_letter(visitor):
    (line, (text, _)), *_ = shown(visitor.house).items()
    assert write(visitor, line, text, "ประกาศ", kind="insert").status_code == 200
    assert [outcome for outcome, _ in put_back(visitor.house)] == [SeedOutcome.VOID]


def test_who_had_the_true_line_before_them_has_written_over_it(visitor):
    (line, _), *_ = shown(visitor.house).items()
    assert write(visitor, line, LINES[line], "ประกาศ").status_code == 200
    assert put_back(visitor.house) == []


def test_signing_is_refused_until_all_letters_are_put_back_and_looked_at(visitor):
    house = visitor.house
    count = sum(len(seeds) for _, seeds in shown(house).values())
    refused = ask_to_sign(visitor)
    assert refused.status_code == 409
    assert f"letters had been changed on purpose ({count})" in refused.json()["message"]
    assert [outcome for outcome, _ in put_back(house)] == [SeedOutcome.MISSED] * count
    assert [line["text"] for line in visitor.page()["lines"]] == LINES
    visitor.passes_drawn_lines(1, visitor.page())
    assert ask_to_sign(visitor).status_code == 200
    publish(house.ws)
    assert (document_text(house.ws, house.document), errors(house)) == (TEXT, [])


def test_a_whole_document_is_not_signed_in_the_browser_over_changed_letters(page):
    with pytest.raises(GateError, match="Page 1 must be looked at and signed by itself"):
        sign(page.ws, page.document, SOMCHAI, how="browser")
    sign(page.ws, page.document, SOMCHAI)  # at the terminal nobody is shown a page
    publish(page.ws)
    assert document_text(page.ws, page.document) == TEXT


def test_each_person_is_shown_their_own(page):
    require(page.ws, "", SOMCHAI, signatures=2)
    mine, others = shown(page), shown(page, MALEE)
    assert mine != others
    sign(page.ws, page.document, SOMCHAI)
    assert (shown(page), shown(page, MALEE)) == ({}, others)


def test_what_somebody_has_written_is_never_shown_changed(visitor):
    for line, (text, _) in shown(visitor.house).items():
        write(visitor, line, text, LINES[line] + " ก")
    assert shown(visitor.house) == {}


def test_who_only_reads_is_shown_the_page_as_it_is(page):
    with page.ws.open(page.ws.path, readonly=True) as ws:
        past = read_page_history(ws.ledger, page.document, 1)
        assert shown_rows(ws, past, page_state_of(ws.store, past), page.document, "somchai") == {}


@settings(max_examples=500, deadline=None)
@given(st.data())
def test_no_line_that_anybody_writes_carries_a_letter_that_was_only_shown(data):
    """Whatever comes back over a changed line: what goes on is the true line with what they wrote themselves."""
    true = data.draw(st.text(st.sampled_from("กขคดต่้ิ "), min_size=1, max_size=12))
    at = data.draw(st.integers(0, len(true) - 1))
    seed = Seed(at, true[at], data.draw(st.sampled_from([one for one in "กขคดต" if one != true[at]])))
    shown_line = true[:at] + seed.shown + true[at + 1 :]
    start = data.draw(st.integers(0, len(true)))
    end = data.draw(st.integers(start, len(true)))
    typed = data.draw(st.text(st.sampled_from("กขคดต่้ิ "), max_size=4))
    made = unseeded(true, shown_line, [seed], shown_line[:start] + typed + shown_line[end:])
    if made.unclear:
        return
    mine = true[:start] + typed + true[end:]
    others = Counter(made.text) - Counter(mine)
    assert not others[seed.shown]


def test_a_changed_line_that_comes_back_as_it_was_shown_is_the_true_line():
    assert unseeded("กดข", "กคข", [Seed(1, "ด", "ค")], "กคข") == Unseeded(
        "กดข", (SeedOutcome.MISSED,), unclear=False
    )
    assert unseeded("กดข", "กคข", [Seed(1, "ด", "ค")], "กดข") == Unseeded(
        "กดข", (SeedOutcome.CAUGHT,), unclear=False
    )
    assert unseeded("กดข", "กคข", [Seed(1, "ด", "ค")], "กตข") == Unseeded(
        "กตข", (SeedOutcome.CAUGHT,), unclear=False
    )
    assert unseeded("กดข", "กคข", [Seed(1, "ด", "ค")], "กคคข").unclear


def test_the_audit_finds_a_changed_letter_in_a_text(page):
    (line, (text, (seed,))), *_ = shown(page).items()
    put = Seeded(
        page.document, 1, samples.findings(TEXT).reading_sha256, seed.start, seed.before,
        seed.shown, SeedOutcome.MISSED, SOMCHAI, "browser",
    )  # fmt: skip
    add_text(
        page.ws,
        page.document,
        1,
        lambda state: edited_line(state, line, LINES[line], text),
        SOMCHAI,
        how="browser",
    )
    raw.append(page.ws.ledger, "seed", put.encode())
    accept_remaining(page.ws, page.document, SOMCHAI)
    sign(page.ws, page.document, SOMCHAI)
    publish(page.ws)
    (found,) = errors(page)
    assert (
        f"has {seed.shown!r} at {seed.start} of its reading, which สมชาย (somchai) was shown on purpose"
        in found
    )


def test_who_finds_that_the_changed_letter_was_right_writes_it_afterwards_and_the_audit_holds(visitor):
    house = visitor.house
    (line, (text, _)), *_ = shown(house).items()
    ask_to_sign(visitor)
    assert write(visitor, line, LINES[line], text).status_code == 200
    visitor.passes_drawn_lines(1, visitor.page())
    assert ask_to_sign(visitor).status_code == 200
    publish(house.ws)
    assert errors(house) == []
    assert text in document_text(house.ws, house.document)


def test_a_record_of_a_letter_that_the_page_does_not_have_is_found(page):
    sha256 = samples.findings(TEXT).reading_sha256
    put = Seeded(page.document, 1, sha256, 0, "ฮ", "ฬ", SeedOutcome.MISSED, SOMCHAI, "browser")
    raw.append(page.ws.ledger, "seed", put.encode())
    assert errors(page) == ["says that a letter was put back at 0 which the page does not have"]


KILLED = """
import os, signal, sys
from pathlib import Path
from model.decision import Who
from review.seeded_page import put_back_line
from model.user import Role
from reports.letters import visible
from review.add import add_text
from review.alike import least_sure
from review.own_text import edited_line
from workspace.workspace import Workspace
path, document, line, was, text, at = sys.argv[1:]
ws = Workspace.open(Path(path))
who = Who("สมชาย", "somchai", claimed=True)
steps = 0
def tick(frame, event, arg):
    global steps
    if event == "line" and "/ledger/" in frame.f_code.co_filename:
        steps += 1
        if steps == int(at):
            os.kill(os.getpid(), signal.SIGKILL)
    return tick
sys.settrace(tick)
true, written = put_back_line(ws, document, 1, int(line), was, text, who, how="browser")
add_text(ws, document, 1, lambda state: edited_line(state, int(line), true, written), who, how="browser")
sys.settrace(None)
print(steps)
"""


@pytest.mark.slow
@pytest.mark.parametrize("at", [40, 150, 300, 450, 600, 800, 1000, 10**9])
def test_killed_at_any_line_no_changed_letter_is_in_a_text(page, at):
    (line, (text, _)), *_ = shown(page).items()
    command = [
        sys.executable,
        "-c",
        KILLED,
        str(page.ws.path),
        page.document,
        str(line),
        text,
        text + " ก",
        str(at),
    ]
    subprocess.run(
        command, cwd=SOURCE, env=os.environ | {"PYTHONPATH": str(SOURCE)}, check=False, capture_output=True
    )
    assert page_state(page.ws, page.document, 1).final_text in (
        TEXT,
        TEXT.replace(LINES[line], LINES[line] + " ก"),
    )
    accept_remaining(page.ws, page.document, SOMCHAI)
    sign(page.ws, page.document, SOMCHAI)
    publish(page.ws)
    assert LINES[line] in document_text(page.ws, page.document)
    assert errors(page) == []


def test_the_secret_is_made_once_and_for_its_owner_alone(house):
    first = workspace_secret(house.ws.path)
    assert (len(first), workspace_secret(house.ws.path)) == (32, first)
    assert (house.ws.path / NAME).stat().st_mode & 0o077 == 0


def test_a_digit_is_shown_as_another_of_its_script():
    text = "\n".join(["๐๓๕๗๙๒๔๖๘๑", "0135792468"] * 40)
    found = [
        one for page in range(60) for one in seeds_for(b"s" * 32, "d" * 64, page, "a", text, (), rate=2000)
    ]
    assert {one.before for one in found} == set("๑๒๓๔๕๖๗๘๙๐1234567890")
    assert all((one.before in "1234567890") == (one.shown in "1234567890") for one in found)
    assert all(one.shown.isdecimal() and one.shown != one.before for one in found)


@pytest.fixture
def numbers(tmp_path):
    """A page on which digits alone can be changed."""
    house = WebHouse(tmp_path)
    house.source(1)
    text = "\n".join(f"{number} {number + 7}" for number in range(1240, 1300, 11))
    house.read(1, text, samples.findings(text))
    require(house.ws, "", SOMCHAI, seeds=500)
    (house.ws.path / NAME).write_bytes(b"s" * 32)
    yield house.visitor(), text
    house.ws.close()


def test_a_changed_digit_is_in_no_text_that_is_kept_and_is_put_back_by_the_program(numbers):
    """Whoever writes beside it, sees it, passes it: what is signed and published has the digit that was read."""
    visitor, text = numbers
    house = visitor.house
    lines = text.split("\n")
    changed = shown(house)
    assert len(changed) >= 2
    (first, (mended, _)), (second, (passed, _)), *_ = changed.items()
    assert mended != lines[first]
    assert write(visitor, first, mended, lines[first]).json()["recorded"] == 0
    assert write(visitor, second, passed, passed + " บาท").status_code == 200
    ask_to_sign(visitor)
    assert [outcome for outcome, _ in put_back(house)][:2] == [SeedOutcome.CAUGHT, SeedOutcome.MISSED]
    visitor.passes_drawn_lines(1, visitor.page())
    assert ask_to_sign(visitor).status_code == 200
    publish(house.ws)
    lines[second] += " บาท"
    assert (document_text(house.ws, house.document), errors(house)) == ("\n".join(lines), [])
    for record in house.ws.ledger.records():
        if record.kind in ("addition", "decision"):
            assert not any(
                one.shown in str(record.payload["after"]) for _, ones in changed.values() for one in ones
            )


def hits(visitor, words):
    """The lines of the page in which the list says that words stand."""
    seen = visitor.client.get("/", params={"q": words})
    assert seen.status_code == 200
    return seen.text


def test_a_search_finds_what_is_shown_and_tells_nobody_what_is_true(visitor):
    """Of a line with a changed letter, whole as it is shown and whole as it is."""
    house = visitor.house
    for index, (text, _) in shown(house).items():
        assert f"#row-{index}" in hits(visitor, text)
        assert f"#row-{index}" not in hits(visitor, LINES[index])
        write(visitor, index, text, LINES[index])
        assert f"#row-{index}" in hits(visitor, LINES[index])
        assert f"#row-{index}" not in hits(visitor, text)
    require(house.ws, "", SOMCHAI, seeds=0)
    assert all(f"#row-{index}" in hits(visitor, line) for index, line in enumerate(LINES))


def test_who_only_reads_finds_the_text_as_it_is(page):
    index = SearchIndex(page.ws)
    lists = Lists(Overview(page.ws), ShownSearch(page.ws, index), 60)
    changed = shown(page)
    for line, (text, _) in changed.items():
        auditor = Viewer("somchai", frozenset({Role.AUDITOR}))
        assert lists.queue(ListRequest(LINES[line]), auditor)["found"] == 1
        assert lists.queue(ListRequest(text), auditor)["found"] == 0
        assert lists.queue(ListRequest(text), Viewer("somchai"))["found"] == 1
        assert lists.queue(ListRequest(LINES[line]), Viewer("somchai"))["found"] == 0


def test_the_sheet_of_letters_has_a_changed_letter_among_those_for_which_it_is_shown(page):
    """With the line as they are shown it, so that what they write there is written over that."""
    for line, (text, (seed,)) in shown(page).items():
        here = (seed.start, text, seed.start - TEXT.index(LINES[line]))

        def places(letter, who):
            found = least_sure(page.ws, page.document, letter, 500, who)
            return [(one.span.start, one.line, one.at) for one in found]

        assert here in places(seed.shown, SOMCHAI.account)
        assert here[0] not in [one[0] for one in places(seed.before, SOMCHAI.account)]
        assert here[0] in [one[0] for one in places(seed.before, None)]
        assert here[0] not in [one[0] for one in places(seed.shown, None)]
    by_line = {text for text, _ in shown(page).values()}
    everywhere = {
        one.line for letter in "กรตน" for one in least_sure(page.ws, page.document, letter, 500, "somchai")
    }
    assert not everywhere & {LINES[line] for line in shown(page)}
    assert everywhere & by_line


def test_neither_the_trace_of_a_letter_nor_the_text_to_sign_tells_the_true_one(visitor):
    house = visitor.house
    for line, (text, (seed,)) in shown(house).items():
        at = seed.start - TEXT.index(LINES[line])
        told = visitor.client.get(
            f"/api/documents/{house.document}/pages/1/trace", params={"line": line, "letter": at}
        ).json()
        assert (told["text"], told["reading"]["text"]) == (text, visible(seed.shown))
        assert told["character"] == visible(seed.shown)
        signing = visitor.page()["sign"]["text"].split("\n")
        assert signing[line] == text
