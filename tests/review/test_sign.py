import pytest

from ledger.anchors import newest_anchor, read_anchors
from model.edit import apply_edits, text_sha256
from model.errors import BadInput, GateError, LedgerError, NoSpace, UsageError
from model.state import Outcome, Stage
from review.decide import accept, accept_remaining, edit, reject, waive
from review.publish import publish
from review.sign import SAFE_POLICY, obstacles, sign
from review.state import document_ids, document_state, page_state, page_states
from tests.ledger import raw
from tests.review.house import (
    CHIANG_MAI,
    FIRST,
    KATHU,
    MALEE,
    ON_FIRST,
    ON_SECOND,
    SARA_AM,
    SATUN,
    SECOND,
    SOMCHAI,
    YEAR,
    document_text,
)
from tests.review.summaries import summaries
from tests.workspace import samples
from workspace.codec import decode_published

CORRECTED = "เทศบาลตำบลกะทู้ ต.กำแพง อ.ละงู จ.สตูล พ.ศ. ๒๕๕๕"


def decide_all(house):
    accept_remaining(house.ws, house.document, SOMCHAI)
    accept_remaining(house.ws, house.document, MALEE)


def stages(house):
    return [page.stage for page in document_state(house.ws, house.document).pages]


def kinds(house, after=0):
    return [one.kind for one in house.ws.ledger.records(after=after)]


def test_nothing_open_may_be_signed_and_the_gate_names_what_is(house):
    house.two_pages()
    accept(house.ws, house.document, [CHIANG_MAI.id, SATUN.id], SOMCHAI)
    accept(house.ws, house.document, [KATHU.id], SOMCHAI)
    reject(house.ws, house.document, [KATHU.id], MALEE)
    before = house.ws.ledger.head()
    with pytest.raises(GateError) as caught:
        sign(house.ws, house.document, SOMCHAI)
    message = caught.value.message
    assert "Page 1: 1 open, 1 waiting for a second person, 1 decided in two ways" in message
    assert all(key in message for key in (KATHU.id, SATUN.id, YEAR.id))
    assert "Page 2" not in message
    assert obstacles(document_state(house.ws, house.document)) == (
        message.partition(" cannot be signed yet. ")[2],
    )
    assert house.ws.ledger.head() == before


@pytest.mark.parametrize(
    ("prepare", "says"),
    [
        (lambda house: house.fail(1, "the image has 900,000,000 pixels"), "900,000,000 pixels"),
        (lambda house: None, "Page 1 was not read yet"),
        (lambda house: house.read(1, FIRST), "was not examined by the rules yet"),
    ],
)
def test_a_page_that_failed_or_was_not_read_blocks_the_document(house, prepare, says):
    house.source(1)
    prepare(house)
    with pytest.raises(GateError, match=says):
        sign(house.ws, house.document, SOMCHAI)


def test_a_page_that_was_left_out_does_not_block(house):
    house.source(2)
    house.read(2, SECOND, ON_SECOND)
    house.fail(1)
    waive(house.ws, house.document, 1, "หน้าว่าง", SOMCHAI)
    decide_all(house)
    signed = sign(house.ws, house.document, SOMCHAI)
    assert (len(signed.signoffs), signed.waived) == (1, (1,))
    publish(house.ws)
    assert document_text(house.ws, house.document) == "\f" + SECOND.replace("ไหม่", "ใหม่")


def test_a_page_that_was_left_out_has_no_text_that_could_be_another_than_was_shown(house):
    house.source(2)
    house.read(2, SECOND, ON_SECOND)
    house.fail(1)
    waive(house.ws, house.document, 1, "หน้าว่าง", SOMCHAI)
    decide_all(house)
    shown = {2: text_sha256(SECOND.replace("ไหม่", "ใหม่"))}
    assert sign(house.ws, house.document, SOMCHAI, expected_texts=shown).waived == (1,)


def test_where_every_page_was_left_out_there_is_nothing_to_sign_and_no_policy_to_state(house):
    house.source(1)
    house.fail(1)
    waive(house.ws, house.document, 1, "หน้าว่าง", SOMCHAI)
    head = house.ws.ledger.head()
    signed = sign(house.ws, house.document, SOMCHAI)
    assert (signed.signoffs, signed.waived) == ((), (1,))
    assert house.ws.ledger.head() == head


def test_signing_records_policy_then_each_safe_change_then_the_pages_in_one_transaction(house):
    house.two_pages()
    decide_all(house)
    before = house.ws.ledger.head().seq
    signed = sign(house.ws, house.document, SOMCHAI)
    records = list(house.ws.ledger.records(after=before))
    assert [one.kind for one in records] == ["policy", "decision", "signoff", "signoff"]
    assert len({one.when for one in records}) == 1
    policy, safe, first, second = (one.payload for one in records)
    assert (policy["name"], policy["text"]) == (SAFE_POLICY.name, SAFE_POLICY.text)
    assert (safe["finding"], safe["how"], safe["who"]["account"]) == (SARA_AM.id, "policy:safe-1", "somchai")
    assert first["text_sha256"] == text_sha256(CORRECTED)
    assert first["ledger_head"] == second["ledger_head"] == records[1].sha256
    assert signed.accepted_by_policy == 1
    assert stages(house) == [Stage.SIGNED, Stage.SIGNED]


def test_what_a_person_decided_about_a_safe_change_stands_before_the_policy(house):
    house.two_pages()
    reject(house.ws, house.document, [SARA_AM.id], MALEE)
    decide_all(house)
    assert sign(house.ws, house.document, SOMCHAI).accepted_by_policy == 0
    publish(house.ws)
    assert document_text(house.ws, house.document).startswith("เทศบาลตําบลกะทู้")


def test_signing_again_without_a_change_records_nothing(house):
    house.two_pages()
    decide_all(house)
    sign(house.ws, house.document, SOMCHAI)
    head = house.ws.ledger.head()
    again = sign(house.ws, house.document, MALEE)
    assert (again.signoffs, again.unchanged) == ((), (1, 2))
    assert house.ws.ledger.head() == head
    assert len(list(read_anchors(house.ws.anchors[0]))) == 1


def test_the_policy_stands_in_the_ledger_once(house):
    house.two_pages()
    decide_all(house)
    sign(house.ws, house.document, SOMCHAI, pages=[2])
    sign(house.ws, house.document, SOMCHAI)
    assert kinds(house).count("policy") == 1


def test_one_page_may_be_signed_while_another_is_open(house):
    house.two_pages()
    accept(house.ws, house.document, [CHIANG_MAI.id], SOMCHAI)
    sign(house.ws, house.document, SOMCHAI, pages=[2])
    assert stages(house) == [Stage.WAITING, Stage.SIGNED]
    with pytest.raises(UsageError, match="no page 3"):
        sign(house.ws, house.document, SOMCHAI, pages=[3])


def test_a_decision_after_the_sign_off_asks_for_another(house):
    house.two_pages()
    decide_all(house)
    sign(house.ws, house.document, SOMCHAI)
    publish(house.ws)
    edit(house.ws, house.document, CHIANG_MAI.id, "เชียงราย", SOMCHAI)
    assert stages(house) == [Stage.PUBLISHED, Stage.DECIDED]
    assert publish(house.ws).published == ()
    sign(house.ws, house.document, SOMCHAI)
    assert stages(house) == [Stage.PUBLISHED, Stage.SIGNED]
    publish(house.ws)
    assert document_text(house.ws, house.document).endswith("เชียงราย")


def test_a_person_who_rejects_what_the_policy_accepted_opens_the_page_and_is_no_conflict(house):
    house.two_pages()
    decide_all(house)
    sign(house.ws, house.document, SOMCHAI)
    reject(house.ws, house.document, [SARA_AM.id], MALEE)
    assert document_state(house.ws, house.document).pages[0].outcomes[SARA_AM.id] is Outcome.REJECTED
    assert stages(house)[0] is Stage.DECIDED


def test_examining_again_keeps_the_sign_off_only_while_the_text_stays_the_same(house):
    house.two_pages()
    decide_all(house)
    sign(house.ws, house.document, SOMCHAI)
    house.examine_again(1, SARA_AM, KATHU, SATUN, YEAR)
    assert stages(house)[0] is Stage.SIGNED
    house.examine_again(1, KATHU, SATUN, YEAR)
    assert stages(house)[0] is Stage.DECIDED
    house.examine_again(1, SARA_AM, KATHU, SATUN, YEAR, samples.proposal(FIRST, "ละงู", "ละงุ"))
    assert stages(house)[0] is Stage.WAITING


def test_a_new_better_proposal_is_not_beaten_by_what_only_a_policy_accepted(house):
    house.two_pages()
    decide_all(house)
    sign(house.ws, house.document, SOMCHAI)
    better = samples.proposal(FIRST, "ตําบล", "ตำบล", supersedes=(SARA_AM.id,))
    house.examine_again(1, SARA_AM, KATHU, SATUN, YEAR, better)
    outcomes = document_state(house.ws, house.document).pages[0].outcomes
    assert (outcomes[better.id], outcomes[SARA_AM.id]) == (Outcome.OPEN, Outcome.BEATEN)


def test_publishing_replays_to_the_signed_text_with_every_edit_and_its_finding(house):
    house.two_pages()
    decide_all(house)
    sign(house.ws, house.document, SOMCHAI)
    sweep = publish(house.ws)
    first, second = sweep.published
    assert first.text == CORRECTED
    assert [one.finding for one in first.edits] == [SARA_AM.id, KATHU.id, SATUN.id]
    assert apply_edits(FIRST, tuple(one.edit for one in first.edits)) == first.text
    assert document_text(house.ws, house.document) == f"{CORRECTED}\f{second.text}"
    record = raw.newest(house.ws.ledger, "published", document=house.document, page=1)
    assert record is not None
    assert decode_published(house.ws.store.get(record.payload["blob"])) == first
    assert stages(house) == [Stage.PUBLISHED, Stage.PUBLISHED]


def test_publishing_again_does_nothing(house):
    house.two_pages()
    decide_all(house)
    sign(house.ws, house.document, SOMCHAI)
    publish(house.ws)
    head = house.ws.ledger.head()
    again = publish(house.ws)
    assert (again.published, again.before) == ((), 2)
    assert house.ws.ledger.head() == head


def test_a_sweep_publishes_every_document_and_one_may_be_named(house):
    first = house.two_pages()
    decide_all(house)
    sign(house.ws, first, SOMCHAI)
    second = house.source(1, "อีกฉบับ.pdf")
    house.read(1, "ข้อความ", samples.findings("ข้อความ"))
    sign(house.ws, second, MALEE)
    assert document_ids(house.ws) == (first, second)
    assert [one.text for one in publish(house.ws, second).published] == ["ข้อความ"]
    assert [one.document for one in publish(house.ws).published] == [first, first]


def test_a_page_examined_again_after_signing_is_published_as_it_was_signed(house):
    house.two_pages()
    decide_all(house)
    sign(house.ws, house.document, SOMCHAI)
    house.examine_again(1, SARA_AM, KATHU, SATUN, YEAR)
    publish(house.ws)
    assert document_text(house.ws, house.document).startswith(CORRECTED)


def test_what_is_not_signed_is_not_published_and_the_text_says_which_page_lacks(house):
    house.two_pages()
    accept(house.ws, house.document, [CHIANG_MAI.id], SOMCHAI)
    sign(house.ws, house.document, SOMCHAI, pages=[2])
    assert [one.page for one in publish(house.ws).published] == [2]
    with pytest.raises(GateError, match="page 1"):
        document_text(house.ws, house.document)


def test_a_replay_that_gives_another_text_than_was_signed_publishes_nothing(house):
    house.two_pages()
    decide_all(house)
    sign(house.ws, house.document, SOMCHAI)
    newest = raw.newest(house.ws.ledger, "signoff", document=house.document, page=1)
    assert newest is not None
    raw.append(house.ws.ledger, "signoff", {**newest.payload, "text_sha256": "0" * 64})
    with pytest.raises(LedgerError, match="not give the text that was signed"):
        publish(house.ws)
    assert "published" not in kinds(house)


def test_every_sign_off_is_anchored_outside_the_workspace(house):
    house.two_pages()
    decide_all(house)
    signed = sign(house.ws, house.document, SOMCHAI)
    (path,) = house.ws.anchors
    assert path == house.ws.path.parent / "archive.anchors.log"
    head = house.ws.ledger.head()
    assert signed.anchor == newest_anchor(path, house.ws.id)
    assert signed.anchor is not None
    assert (signed.anchor.seq, signed.anchor.head) == (head.seq, head.sha256)


@pytest.mark.parametrize("heal", [publish, lambda ws: sign(ws, document_ids(ws)[0], SOMCHAI)])
def test_an_anchor_that_a_crash_left_out_is_written_by_the_next_signing_or_publishing(
    house, monkeypatch, heal
):
    house.two_pages()
    decide_all(house)

    def full(*args):
        raise NoSpace("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr("workspace.workspace.append_anchor", full)
        with pytest.raises(NoSpace):
            sign(house.ws, house.document, SOMCHAI)
    assert stages(house) == [Stage.SIGNED, Stage.SIGNED]
    assert newest_anchor(house.ws.anchors[0], house.ws.id) is None
    heal(house.ws)
    anchor = newest_anchor(house.ws.anchors[0], house.ws.id)
    newest = raw.newest(house.ws.ledger, "signoff")
    assert anchor is not None
    assert newest is not None
    assert anchor.seq >= newest.seq  # publishing anchors what it has published, too
    assert house.ws.ledger.at(anchor.seq).sha256 == anchor.head


def test_somebody_who_decides_while_another_signs_is_not_overlooked(house, monkeypatch):
    house.two_pages()
    decide_all(house)
    read = page_states
    meanwhile = [lambda: reject(house.ws, house.document, [KATHU.id], MALEE)]

    def slow(*args, **kwargs):
        yield from read(*args, **kwargs)
        if meanwhile:
            meanwhile.pop()()

    monkeypatch.setattr("review.sign.page_states", slow)
    with pytest.raises(GateError, match="decided in two ways"):
        sign(house.ws, house.document, SOMCHAI)
    assert "signoff" not in kinds(house)


def test_summaries_say_the_same_as_the_whole_state(house):
    house.two_pages()
    house.source(3, "อีกฉบับ.pdf")
    house.read(1, FIRST, ON_FIRST)
    house.fail(2)
    accept_remaining(house.ws, house.document, SOMCHAI)
    for summary in summaries(house.ws):
        state = document_state(house.ws, summary.id)
        assert (summary.name, summary.page_count) == (state.name, state.page_count)
        for short, page in zip(summary.pages, state.pages, strict=True):
            assert (short.number, short.stage) == (page.number, page.stage)
            assert sum(short.outcomes.values()) == len(page.outcomes)
            assert page == page_state(house.ws, summary.id, page.number)
    assert summaries(house.ws)[1].pages[1].reason == "Tesseract took longer than 300 s"


def test_summaries_do_not_read_the_pages(house, monkeypatch):
    house.two_pages()
    decide_all(house)
    sign(house.ws, house.document, SOMCHAI)
    monkeypatch.setattr("review.state.decode_page", None)
    assert [page.stage for page in summaries(house.ws)[0].pages] == [Stage.SIGNED, Stage.SIGNED]


def test_a_page_that_was_not_asked_for_is_bad_input(house):
    house.two_pages()
    with pytest.raises(BadInput, match="Page 9"):
        page_state(house.ws, house.document, 9)


def test_the_state_of_an_earlier_record_can_be_seen(house):
    house.two_pages()
    before = house.ws.ledger.head().seq
    decide_all(house)
    assert document_state(house.ws, house.document, upto=before).pages[0].outcomes[KATHU.id] is Outcome.OPEN
