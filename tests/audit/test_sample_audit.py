"""Samples and inspections in the ledger that do not follow from it are found; sound ones are told of."""

from fractions import Fraction

import pytest

from audit.audit import audit
from audit.report import About, Severity
from audit.sampling.draw import _units_out, choose, draw_sample
from audit.sampling.inspection import record_inspection, verdict_file
from audit.sampling.plans import LimitScheme
from ledger.canonical import canonical_json
from model.user import Role
from review.decide import accept_remaining
from review.publish import publish
from review.sign import sign
from review.users import add
from tests.ledger import raw
from tests.review.house import CHIANG_MAI, MALEE, SECOND, SOMCHAI
from tests.review.web_users import PASSWORD, ROOT, cheap_passwords
from tests.workspace import samples

LOOSE = LimitScheme(Fraction(1, 5), Fraction(95, 100))
OTHER = "0" * 64
MALEE_OUT = {"name": MALEE.name, "account": MALEE.account, "claimed": True}


@pytest.fixture
def done(house):
    """One page, published."""
    house.source(1)
    house.read(1, SECOND, samples.findings(SECOND, CHIANG_MAI))
    accept_remaining(house.ws, house.document, SOMCHAI)
    sign(house.ws, house.document, SOMCHAI)
    publish(house.ws)
    return house


@pytest.fixture
def drawn(done):
    return draw_sample(done.ws, [done.document], LOOSE, MALEE)


def inspect(house, sample, wrong=0):
    """Record an inspection with so many wrong units."""
    text = verdict_file(sample).replace(",,,\r\n", ",wrong,ก,\r\n", wrong).replace(",,,\r\n", ",right,,\r\n")
    return record_inspection(house.ws, text, MALEE)


def said(house):
    """Severity, record and words of whatever the audit says about samples."""
    return [
        (one.severity, one.record, one.message)
        for one in audit(house.ws).findings
        if one.about is About.SAMPLE
    ]


def appended(house, kind, payload):
    """The one error that a record brings."""
    record = raw.append(house.ws.ledger, kind, payload)
    (found,) = [(number, message) for severity, number, message in said(house) if severity is Severity.ERROR]
    assert found[0] == record.seq
    return found[1]


def test_of_two_samples_the_one_that_is_due_is_told_of_with_its_record(done, drawn):
    second = draw_sample(done.ws, [done.document], LOOSE, MALEE)
    inspect(done, second)
    due = f"the sample {drawn.id[:12]} was drawn and not inspected"
    assert (Severity.NOTE, drawn.record, due) in said(done)
    assert len([message for _, _, message in said(done) if "not inspected" in message]) == 1


def test_an_accepted_inspection_is_noted_with_what_was_wrong_in_each_lot(done, drawn):
    found = inspect(done, drawn)
    sizes = [lot.plan.size for lot in drawn.lots]
    words = "limit 20 %, confidence 95 %, 0 defects"
    assert said(done) == [
        (
            Severity.NOTE, found.record,
            f"the sample {drawn.id[:12]} ({words}), its seed drawn by this program, was accepted by มาลี (malee): "
            f"approved: 0 of {sizes[0]} wrong, untouched: 0 of {sizes[1]} wrong",
        )
    ]  # fmt: skip


def test_an_inspection_that_was_not_accepted_is_a_warning_and_no_error(done, drawn):
    found = inspect(done, drawn, wrong=1)
    assert not found.accepted
    ((severity, record, message),) = said(done)
    assert (severity, record) == (Severity.WARNING, found.record)
    assert "was NOT accepted by มาลี (malee)" in message
    assert "1 of " in message
    assert audit(done.ws).holds


def test_a_sample_drawn_from_a_state_that_never_was_or_came_later_is_found(done, drawn):
    payload = dict(next(done.ws.ledger.records(kind="sample")).payload)
    assert appended(done, "sample", payload | {"seed": OTHER}) == (
        "was drawn from a state of the ledger that never was before it"
    )


def test_other_units_than_the_ledger_gives_are_found(done, drawn):
    payload = dict(next(done.ws.ledger.records(kind="sample")).payload)
    lots = [dict(payload["lots"][0]) | {"accept": 3}, *payload["lots"][1:]]
    assert appended(done, "sample", payload | {"lots": lots}) == (
        "another sample follows from the ledger than the one that was drawn"
    )


def inspection_of(house, sample):
    inspect(house, sample)
    return dict(list(house.ws.ledger.records(kind="inspection"))[-1].payload)


def test_an_inspection_of_no_sample_is_found(done, drawn):
    message = appended(done, "inspection", inspection_of(done, drawn) | {"sample": OTHER})
    assert message == "cannot be understood: ValueError: it inspects a sample that was not drawn before it"


@pytest.mark.parametrize("what", ["sample", "wrong", "results", "accepted"])
def test_an_inspection_that_says_another_thing_than_its_verdicts_is_found(done, drawn, what):
    payload = inspection_of(done, drawn)
    body = {"schema": "chamra/verdicts/1", "sample": drawn.id, "wrong": []}
    if what == "sample":
        payload["blob"] = done.ws.store.put(canonical_json(body | {"sample": OTHER}))
    elif what == "wrong":
        payload["blob"] = done.ws.store.put(canonical_json(body | {"wrong": [[1, "ก", ""]]}))
    elif what == "results":
        payload["results"] = [dict(payload["results"][0]) | {"wrong": 1}, *payload["results"][1:]]
    else:
        payload["accepted"] = False
    assert appended(done, "inspection", payload) == "its result is not what its verdicts come to"


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({}, "KeyError"),
        ({"wrong": [1], "sample": ""}, "TypeError"),
        ({"wrong": [[1]], "sample": ""}, "ValueError"),
    ],
)
def test_verdicts_that_cannot_be_understood_are_found_and_the_audit_goes_on(done, drawn, body, error):
    blob = done.ws.store.put(canonical_json(body))
    message = appended(done, "inspection", inspection_of(done, drawn) | {"blob": blob})
    assert message.startswith(f"cannot be understood: {error}")


def test_a_sample_whose_units_are_gone_is_found(done, drawn):
    payload = dict(next(done.ws.ledger.records(kind="sample")).payload)
    assert OTHER in appended(done, "sample", payload | {"blob": OTHER})


def test_whose_seed_it_was_is_said(done):
    mine = draw_sample(done.ws, [done.document], LOOSE, MALEE, seed="a" * 64)
    inspect(done, mine)
    ((_, _, message),) = said(done)
    assert ", its seed brought by the auditor, was accepted" in message


def test_another_seed_than_the_one_that_chose_the_units_is_found(done, drawn):
    payload = dict(next(done.ws.ledger.records(kind="sample")).payload)
    assert appended(done, "sample", payload | {"random": OTHER}) == (
        "another sample follows from the ledger than the one that was drawn"
    )


def test_a_sample_from_before_is_drawn_again_from_the_head_and_that_is_said(done):
    head = done.ws.ledger.head()
    lots, units = choose(done.ws, [done.document], LOOSE, head, head.sha256)
    record = raw.append(done.ws.ledger, "sample", {
        "documents": [done.document], "seed": head.sha256, "scheme": LOOSE.words(), "who": MALEE_OUT,
        "lots": [{"stratum": o.stratum.value, "lot": o.plan.lot, "size": o.plan.size, "accept": o.plan.accept}
                 for o in lots],
        "blob": done.ws.store.put(_units_out(units)),
    })  # fmt: skip
    assert (Severity.NOTE, record.seq,
            "was chosen by the ledger's head: whoever wrote the last record before it could choose it",
            ) in said(done)  # fmt: skip
    assert audit(done.ws).holds


def test_a_seed_that_follows_a_head_which_nothing_anchors_is_a_warning(done, drawn):
    done.ws.anchors[0].unlink()
    sign_again = "was drawn at random, and no anchor file names the record that was anchored before"
    assert (Severity.WARNING, drawn.record, sign_again) in said(done)


def test_who_inspects_their_own_pages_is_named(done, drawn):
    text = verdict_file(drawn).replace(",,,\r\n", ",right,,\r\n")
    found = record_inspection(done.ws, text, SOMCHAI)
    own = "was inspected by สมชาย (somchai), who signed 1 page of the lot"
    assert (Severity.WARNING, found.record, own) in said(done)


def test_a_sample_and_an_inspection_without_the_role_are_found(done, drawn, monkeypatch):
    cheap_passwords(monkeypatch)
    add(done.ws, "malee", "มาลี", {Role.REVIEWER}, PASSWORD, ROOT)
    known = MALEE_OUT | {"claimed": False, "known": "login"}
    payload = dict(next(done.ws.ledger.records(kind="sample")).payload) | {"who": known}
    assert "did not hold the role administrator or auditor" in appended(done, "sample", payload)


@pytest.mark.parametrize("wrong", [0, 1, 2])
def test_what_an_inspection_found_wrong_is_on_record_and_nothing_else_is(done, drawn, wrong):
    inspect(done, drawn, wrong)
    assert not [one for one in said(done) if one[0] is Severity.ERROR]
    unit = drawn.units[-1]
    defect = {
        "document": unit.document, "page": unit.page, "offset": unit.offset, "character": unit.character,
        "stratum": unit.stratum.value, "should_be": "ก", "note": "", "sample": drawn.id, "who": MALEE_OUT,
    }  # fmt: skip
    words = "calls a character wrong that no inspection has found wrong"
    assert appended(done, "defect", defect) == words


def test_a_defect_that_no_record_tells_of_is_named(done, drawn):
    blob = done.ws.store.put(
        canonical_json({"schema": "chamra/verdicts/1", "sample": drawn.id, "wrong": [[1, "ก", ""]]})
    )
    results = [
        {"stratum": lot.stratum.value, "inspected": lot.plan.size,
         "wrong": int(drawn.units[0].stratum is lot.stratum), "accepted": drawn.units[0].stratum is not lot.stratum}
        for lot in drawn.lots
    ]  # fmt: skip
    payload = {"sample": drawn.id, "blob": blob, "results": results, "accepted": False, "who": MALEE_OUT}
    raw.append(done.ws.ledger, "inspection", payload)
    errors = [message for severity, _, message in said(done) if severity is Severity.ERROR]
    words = f"no record calls character {drawn.units[0].offset} wrong, and an inspection has found it so"
    assert errors == [words]
