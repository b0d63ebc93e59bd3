"""What decisions teach is shown, written when asked for, and followed by the next proposals."""

from dataclasses import replace

from dictionaries.learned import learned_from
from dictionaries.user import gazetteer_with, user_dictionary_files
from dictionaries.version import dictionaries_version
from model.decision import Verdict
from review.decide import DecisionRequest, accept, decide, edit, reject
from review.learn import FILE, apply_lessons, lessons
from review.rejected_before import reject_as_before
from tests.review.house import FIRST, KATHU, ON_FIRST, SOMCHAI, YEAR
from tests.workspace import samples


def pages_with(house, text, before, after, *, times, rule="LEX101"):
    """So many pages with one proposal each; the words around it differ from page to page."""
    made = []
    for number in range(1, times + 1):
        own = text.format(chr(0x0E01 + number % 40) * (2 + number // 40))
        proposal = replace(samples.proposal(own, before, after, rule=rule), confidence=0.9)
        house.read(number, own, samples.findings(own, proposal))
        made.append(proposal)
    return made


def apply(house):
    return apply_lessons(house.ws.path, lessons(house.ws))


def test_nothing_decided_teaches_nothing(house):
    house.two_pages()
    found = lessons(house.ws)
    assert (found.decisions, found.new, found.rules) == (0, (), ())


def test_accepted_and_written_corrections_count_confusions_of_letters(house):
    house.two_pages()
    accept(house.ws, house.document, [KATHU.id], SOMCHAI)
    edit(house.ws, house.document, YEAR.id, "๒๕๖๙", SOMCHAI)
    found = lessons(house.ws)
    assert found.decisions == 2
    assert found.learned.confusions == {("", "ร"): 1}
    assert 'confusion: "" read "ร" 1' in found.new


def test_a_correction_that_deletes_teaches_like_one_that_writes(house):
    house.source(1)
    invented = samples.proposal("ตำบลกระทู้", "ร", "ล")
    house.read(1, "ตำบลกระทู้", samples.findings("ตำบลกระทู้", invented))
    edit(house.ws, house.document, invented.id, "", SOMCHAI)
    assert lessons(house.ws).learned.confusions == {("", "ร"): 1}


def test_a_word_that_is_kept_three_times_is_known(house):
    house.source(3)
    made = pages_with(house, "ชื่อ {} ฮีตสิบสอง", "ฮีตสิบสอง", "อีกสิบสอง", times=3)
    reject(house.ws, house.document, [one.id for one in made[:2]], SOMCHAI)
    assert lessons(house.ws).words == ()
    reject(house.ws, house.document, [made[2].id], SOMCHAI)
    assert lessons(house.ws).words == ("ฮีตสิบสอง",)
    path = apply(house)
    assert "ฮีตสิบสอง" in gazetteer_with([path]).words


def test_a_word_that_somebody_changed_once_is_not_learned(house):
    house.source(4)
    made = pages_with(house, "ชื่อ {} ฮีตสิบสอง", "ฮีตสิบสอง", "อีกสิบสอง", times=4)
    reject(house.ws, house.document, [one.id for one in made[:3]], SOMCHAI)
    accept(house.ws, house.document, [made[3].id], SOMCHAI)
    assert lessons(house.ws).words == ()


def test_a_change_rejected_twice_in_the_same_words_is_left(house):
    house.source(2)
    house.read(1, FIRST, ON_FIRST)
    house.read(2, FIRST + " ", samples.findings(FIRST + " ", samples.proposal(FIRST + " ", "กระทู้", "กะทู้")))
    second = samples.proposal(FIRST + " ", "กระทู้", "กะทู้")
    reject(house.ws, house.document, [f"1:{KATHU.id}"], SOMCHAI)
    assert lessons(house.ws).learned.leave == frozenset()
    reject(house.ws, house.document, [f"2:{second.id}"], SOMCHAI)
    ((stands, would_be),) = lessons(house.ws).learned.leave
    assert stands.replace("กระทู้", "กะทู้") == would_be
    assert learned_from([apply(house)]).leave == {(stands, would_be)}


def test_a_rule_rejected_too_often_loses_its_level_and_does_not_get_it_back_by_itself(house):
    house.source(12)
    made = pages_with(house, "{} เมืองกรุง", "กรุง", "กรัง", times=12)
    reject(house.ws, house.document, [one.id for one in made], SOMCHAI)
    assert "rule: LEX101 = flag" in lessons(house.ws).new
    path = apply(house)
    assert learned_from([path]).levels == {"LEX101": "flag"}
    accept(house.ws, house.document, [one.id for one in made], SOMCHAI)
    assert learned_from([apply(house)]).levels == {"LEX101": "flag"}


def test_learning_twice_is_learning_once_and_changes_only_the_dictionaries(house):
    house.two_pages()
    accept(house.ws, house.document, [KATHU.id], SOMCHAI)
    head = house.ws.ledger.head()
    first = apply(house).read_bytes()
    assert lessons(house.ws).new == ()
    assert apply(house).read_bytes() == first
    assert house.ws.ledger.head() == head
    assert first.startswith(b"# Written by `chamra learn --apply` from 1 decision, up to record ")


def test_what_was_learned_is_part_of_the_dictionaries_version(house):
    house.two_pages()
    accept(house.ws, house.document, [KATHU.id], SOMCHAI)
    path = apply(house)
    files = user_dictionary_files(house.ws.path / "dictionaries")
    assert files == (path,)
    assert path.name == FILE
    assert dictionaries_version(files) != dictionaries_version()


def test_what_was_taken_back_teaches_nothing(house):
    house.two_pages()
    accept(house.ws, house.document, [KATHU.id], SOMCHAI)
    decide(house.ws, house.document, [DecisionRequest(KATHU.id, Verdict.WITHDRAW)], SOMCHAI)
    found = lessons(house.ws)
    assert (found.decisions, found.new) == (0, ())


def test_a_decision_that_was_repeated_counts_once(house):
    house.source(2)
    house.read(1, FIRST, ON_FIRST)
    again = FIRST + " "
    second = samples.proposal(again, "กระทู้", "กะทู้")
    house.read(2, again, samples.findings(again, second))
    reject(house.ws, house.document, [f"1:{KATHU.id}"], SOMCHAI)
    assert len(reject_as_before(house.ws.ledger, house.ws.store, house.document)) == 1
    found = lessons(house.ws)
    assert (found.decisions, found.learned.leave) == (1, frozenset())


def test_decisions_about_an_earlier_reading_still_teach(house):
    house.two_pages()
    accept(house.ws, house.document, [KATHU.id], SOMCHAI)
    house.read(1, FIRST + "\n", samples.findings(FIRST + "\n"), run=2)
    assert lessons(house.ws).learned.confusions == {("", "ร"): 1}
