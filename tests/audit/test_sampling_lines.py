"""Samples of whole lines: drawn by a seed, judged by the line, drawn again by the audit."""

from dataclasses import replace
from fractions import Fraction

import pytest

from audit.audit import audit
from audit.sampling.draw import Stratum, draw_sample, read_sample
from audit.sampling.inspection import record_inspection
from audit.sampling.plans import IsoScheme, LimitScheme, SampleUnit, scheme_asked_for, scheme_of
from ledger.events.sample_drawn import SampleDrawn
from review.publish import publish
from review.sample_lines import sample_lines
from review.sample_sheet import render_sheet
from review.sign import sign
from tests.audit.test_sampling import filled
from tests.review.house import MALEE, SOMCHAI
from tests.review.web_house import WebHouse
from tests.workspace import samples

LINES = [f"บรรทัดที่ {number} ของประกาศ" for number in range(120)]
USUAL = scheme_asked_for(None, "95%", 0, None, "II", SampleUnit.LINES)


@pytest.fixture
def done(tmp_path):
    house = WebHouse(tmp_path)
    house.source(2)
    for number in (1, 2):
        text = "\n".join(LINES[60 * (number - 1) : 60 * number]) + "\n\n"
        house.read(number, text, samples.findings(text), run=number)
    sign(house.ws, house.document, SOMCHAI)
    publish(house.ws)
    yield house
    house.ws.close()


def drawn(house, **more):
    return draw_sample(house.ws, [house.document], USUAL, MALEE, **more)


def test_whole_lines_are_one_lot_and_so_many_are_drawn_that_twenty_minutes_do(done):
    sample = drawn(done, seed="5" * 64)
    (lot,) = sample.lots
    assert (lot.stratum, lot.plan.lot, lot.plan.size) == (Stratum.LINE, 120, len(sample.units))
    assert 40 <= lot.plan.size < 59
    assert {one.character for one in sample.units} < set(LINES)
    assert drawn(done, seed="5" * 64).units == sample.units
    assert drawn(done, seed="6" * 64).units != sample.units
    assert read_sample(done.ws, sample.id) == sample


def test_a_large_lot_takes_some_sixty_lines():
    assert USUAL.plan(100_000).size == 59


def test_the_scheme_of_lines_is_known_again_by_its_words():
    for scheme in (USUAL, LimitScheme(Fraction(1, 100), Fraction(9, 10), 2)):
        assert scheme_of(scheme.words()) == scheme
    iso = scheme_asked_for(None, "95%", 0, "1.0", "I", SampleUnit.LINES)
    assert isinstance(iso, IsoScheme)
    assert scheme_of(iso.words()) == iso
    assert USUAL.words() == "lines: limit 5 %, confidence 95 %, 0 defects"


def test_one_wrong_line_fails_the_lot_and_the_audit_draws_the_sample_again(done):
    sample = drawn(done)
    found = record_inspection(done.ws, filled(sample, wrong={3}), MALEE)
    assert [(one.wrong, one.accepted) for one in found.results] == [(1, False)]
    assert record_inspection(done.ws, filled(drawn(done)), MALEE).accepted
    assert audit(done.ws).holds
    entry = done.ws.ledger.newest(SampleDrawn)
    done.ws.ledger.append(replace(entry.event, scheme=entry.event.scheme.removeprefix("lines: ")))
    report = audit(done.ws)
    assert "another sample follows from the ledger" in " ".join(one.message for one in report.findings)


def test_a_drawn_line_is_shown_whole_under_its_picture(done):
    sample = drawn(done)
    shown = sample_lines(done.ws, sample)
    assert [line.pieces for line in shown] == [
        ((unit.character, (number,)),) for number, unit in enumerate(sample.units, start=1)
    ]
    sheet = render_sheet(done.ws, sample)
    assert sheet.count('<mark class="unit">') == len(sample.units)
    for unit in sample.units:
        assert f'<mark class="unit">{unit.character}</mark>' in sheet
