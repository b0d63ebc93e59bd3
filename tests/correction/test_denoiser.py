"""The network beside the language model: what it is shown, what it answers, and the damage that it learns from."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from correction.words.anomalies import anomaly_positions
from correction.words.denoiser.features import KEEP, NOTHING, network_input
from correction.words.denoiser.model import MODEL, Denoiser, load
from correction.words.edits import CandidateEdits, candidate_edits, space_deletion_gains
from correction.words.reflow import reflow
from correction.words.text_analysis import analyse_text, misreading_costs
from dictionaries import language_model
from dictionaries.characters import BREAK, SPACE, ids
from dictionaries.confusions import DEAREST, load_confusions
from model.errors import DictionaryError
from training.denoiser.folds import FOLDS, fold_of
from training.denoiser.measure import recall
from training.denoiser.noise import Damaged, channels, damage, page

SENTENCE = "คณะกรรมการพิจารณาจัดทำแผนพัฒนาท้องถิ่นเพื่อให้ประชาชนได้รับความสะดวก "
LETTER = {letter: int(ids(letter)[0]) for letter in "ดซ้ช่"}


def shown(text):
    model = language_model.load()
    reflowed = reflow(text, model)
    edits = candidate_edits(reflowed, anomaly_positions(reflowed), model)
    return network_input(
        reflowed.symbols, reflowed.log_probabilities, edits, *space_deletion_gains(reflowed, model)
    )


# What it says


@pytest.mark.parametrize(
    ("sound", "damaged", "at", "letter"),
    [("ประชาชน", "ประชาซน", 5, "ช"), ("สะดวก", "สะตวก", 2, "ด")],
)
def test_a_misread_letter_is_answered_with_the_right_one(sound, damaged, at, letter):
    text = SENTENCE.replace(sound, damaged)
    place = text.index(damaged) + at
    ((_, here, _),) = load().predict(shown(text), np.array([place]))
    assert here[0, KEEP] == 0.0
    assert here[0].argmax() == LETTER[letter]


def test_a_lost_mark_is_answered_behind_its_letter():
    text = SENTENCE.replace("ท้องถิ่น", "ทองถิ่น")
    ((_, _, behind),) = load().predict(shown(text), np.array([text.index("ทอง")]))
    assert behind[0].argmax() == LETTER["้"]


def test_sound_text_is_to_be_kept():
    text = SENTENCE * 3
    for _, here, behind in load().predict(shown(text), np.arange(len(text))):
        assert (here.argmax(axis=1) == KEEP).all()
        assert (behind.argmax(axis=1) == KEEP).all()


def test_a_place_is_answered_alike_whatever_else_is_asked():
    text = (SENTENCE + "ในท้องที่ตำบลชมภู ") * 40
    network, seen = load(), shown(text)
    places = np.arange(0, len(text), 7)
    whole = np.concatenate([here for _, here, _ in network.predict(seen, places)])
    for row in (0, 3, len(places) // 2, len(places) - 1):
        ((at, alone, _),) = network.predict(seen, places[row : row + 1])
        assert at == places[row]
        assert alone[0] == pytest.approx(whole[row], abs=1e-3)


def test_nobody_asks_and_nothing_is_said():
    assert list(load().predict(shown("ก"), np.zeros(0, np.int64))) == []


# Its file


def test_a_network_that_is_missing_or_damaged_is_named_with_the_remedy(tmp_path):
    with pytest.raises(DictionaryError, match=r"nothing.onnx: cannot be read"):
        Denoiser(tmp_path / "nothing.onnx")
    broken = tmp_path / "broken.onnx"
    broken.write_bytes(MODEL.read_bytes()[:1000])
    with pytest.raises(DictionaryError, match=r"broken.onnx: the network is damaged") as caught:
        Denoiser(broken)
    assert "Install the program anew" in caught.value.remedy


def test_a_network_for_other_letters_is_refused(tmp_path):
    other = tmp_path / "other.onnx"
    other.write_bytes(MODEL.read_bytes().replace("กขฃ".encode(), "ขกฃ".encode()))
    with pytest.raises(DictionaryError, match="a network of another version"):
        Denoiser(other)


# What it is shown


def test_the_best_edit_of_each_letter_is_shown_and_a_poor_one_is_not():
    letters = ids("ทองถิ่น")
    edits = CandidateEdits(
        np.array([1, 1, 0, 0]),
        np.array([0, 0, 1, 1]),
        np.array([LETTER["้"], LETTER["่"], LETTER["ด"], NOTHING], np.uint8),
        np.zeros(4, np.float32),
        np.array([6.0, 3.0, -9.0, -2.0], np.float32),
    )
    nothing = np.zeros(0, np.int64)
    seen = network_input(letters, np.full(7, -1.0, np.float32), edits, nothing, np.zeros(0, np.float32))
    assert seen.insertion[0] == LETTER["้"]
    assert seen.numbers[0, 3] == pytest.approx(2.0)
    assert seen.replacement[0] == NOTHING
    assert set(seen.replacement[1:]) == {KEEP}
    assert set(seen.insertion[1:]) == {KEEP}


def test_an_edit_that_no_table_has_counted_is_scored_and_not_shown():
    text = SENTENCE.replace("ประชาชน", "ประชาชฅน")
    at = text.index("ฅ")
    seen = analyse_text(text, load_confusions())
    (gone,) = [
        i for i, one in enumerate(seen.edits.position) if one == at and seen.edits.written[i] == NOTHING
    ]
    assert seen.edits.cost[gone] == DEAREST
    assert seen.network_log_odds[gone] > 0
    assert seen.network_input.replacement[at] != NOTHING


def test_what_the_network_alone_has_found_is_scored_like_any_edit():
    text = SENTENCE.replace("แผน", "แฉน")
    seen = analyse_text(text, load_confusions())
    assert len(seen.edits) == len(seen.network_log_odds)
    assert (np.diff(seen.edits.anchor) >= 0).all()
    assert np.isfinite(seen.network_log_odds).all()
    assert (seen.edits.cost <= DEAREST).all()
    table = misreading_costs(load_confusions())
    assert table[LETTER["ช"], LETTER["ซ"]] == pytest.approx(load_confusions().cost("ช", "ซ"))


# The damage that it learns from


def mended(damaged: Damaged):
    letters = []
    for letter, here, behind in zip(damaged.letters, damaged.here, damaged.behind, strict=True):
        if here != NOTHING:
            letters.append(letter if here == KEEP else here)
        if behind != KEEP:
            letters.append(behind)
    return [SPACE if letter == BREAK else int(letter) for letter in letters]


@given(
    st.text(alphabet=st.sampled_from("กขคชซดตนมร้่ิีุำาเแ ฯ0a."), min_size=2, max_size=200),
    st.integers(0, 10**6),
    st.sampled_from([0.0, 0.01, 0.2]),
)
def test_what_belongs_in_damaged_letters_makes_them_sound_again(text, seed, much):
    sound = ids(text)
    for channel in channels():
        damaged = damage(sound, channel, np.random.default_rng(seed), much, much, much)
        assert mended(damaged) == [int(letter) for letter in sound]


def test_a_page_may_be_sound_and_may_be_bad():
    rng = np.random.default_rng(1)
    sound = ids(SENTENCE * 60)
    proportions = []
    for _ in range(30):
        damaged = page(sound, channels(), rng)
        proportions.append(float(((damaged.here != KEEP) | (damaged.behind != KEEP)).mean()))
    assert min(proportions) == 0.0
    assert max(proportions) > 0.02


def test_the_folds_part_documents_whatever_their_line_breaks():
    documents = [f"เอกสารฉบับที่ {number} ของเทศบาล" for number in range(60)]
    assert {fold_of(one) for one in documents} == set(range(FOLDS))
    assert [fold_of(one) for one in documents] == [fold_of(one.replace(" ", "\n")) for one in documents]


def test_recall_is_what_is_found_down_to_the_odds_that_hold_the_precision():
    odds = np.array([5.0, 4.0, 3.0, 2.0], np.float32)
    right = np.array([True, True, False, True])
    assert recall(odds, right, 4)[0] == pytest.approx(0.5)
    assert recall(np.zeros(0, np.float32), np.zeros(0, bool), 3) == (0.0, 0.0, 0.0, 0.0)
