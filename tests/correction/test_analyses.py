"""What several rules want to know of a page is found out once, however many pages are at work."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from functools import _lru_cache_wrapper
from importlib import import_module
from pkgutil import walk_packages
from threading import Barrier, Lock

import pytest

import correction
import correction.places.analyse
import correction.words.text_analysis
from correction.engine import propose
from correction.example import examples
from correction.rule import Context, Rule, Stage
from correction.view import View
from correction.words.denoiser.model import Denoiser
from model.edit import Safety
from tests.correction.texts import context, reading

PAGES = [
    f"คณะกรรมการชุดที่ {number} พิจารณาจัดทำแผนพัฒนาทองถิ่น ณ อ.ละงู จ.สตูล เพื่อให้ประชา ชนได้รับความสะตวก"
    for number in range(24)
]


class Calls:
    """Counts the calls of a function by what its first argument but `self` is made of."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, holder: object, name: str, key) -> None:
        self.counts: Counter[object] = Counter()
        plain, lock = getattr(holder, name), Lock()

        def counted(*arguments):
            with lock:
                self.counts[key(*arguments)] += 1
            return plain(*arguments)

        monkeypatch.setattr(holder, name, counted)


@pytest.mark.parametrize("threads", [1, 8, 24])
def test_a_page_is_analysed_once_however_many_are_at_work(monkeypatch, threads):
    words = Calls(monkeypatch, correction.words.text_analysis, "analyse_text", lambda text, _: text)
    places = Calls(monkeypatch, correction.places.analyse, "analyse", lambda text, *_: text)
    passes = Calls(monkeypatch, Denoiser, "predict", lambda *_: "pass")
    barrier = Barrier(threads)

    def work(text: str) -> None:
        barrier.wait()
        propose(reading(text), strict=True)

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(work, PAGES))
    # The words' rules see the text with the places' edits applied; here there are none.
    assert words.counts == dict.fromkeys(PAGES, 1)
    assert places.counts == dict.fromkeys(PAGES, 1)
    assert passes.counts.total() == len(PAGES)


def test_the_next_page_is_given_nothing_of_the_last(monkeypatch):
    words = Calls(monkeypatch, correction.words.text_analysis, "analyse_text", lambda text, _: text)
    for _ in range(2):
        propose(reading(PAGES[0]), strict=True)
    assert words.counts == {PAGES[0]: 2}


def test_rules_of_every_stage_share_what_was_made_of_the_same_text():
    made = []

    def analysis(page: Context, name: str) -> list[str]:
        made.append((page.text, name))
        return [page.text + name]

    given = []

    def find(page: Context):
        given.append(page.shared(analysis, "a"))
        return ()

    rules = [
        Rule(
            code=f"LEX90{number}",
            name="asks",
            version=1,
            message="Asks.",
            message_th="ถาม",
            stage=stage,
            level=Safety.FLAG,
            find=find,
            positive=examples("[ก]"),
            negative=examples("ข"),
        )
        for number, stage in enumerate((Stage.PLACES, Stage.WORDS, Stage.WORDS))
    ]
    propose(reading("กข"), rules, strict=True)
    assert made == [("กข", "a")]
    assert all(one is given[0] for one in given)


def test_another_text_another_argument_and_another_analysis_are_made_anew():
    def analysis(page: Context, name: str) -> str:
        return page.text + name

    def other(page: Context, name: str) -> str:
        return name + page.text

    first = context("ก")
    later = Context(View("ข"), reading("ข"), analyses=first.analyses)
    assert [first.shared(analysis, "1"), first.shared(analysis, "2"), later.shared(analysis, "1")] == [
        "ก1", "ก2", "ข1",
    ]  # fmt: skip
    assert first.shared(other, "1") == "1ก"


def test_an_analysis_that_broke_is_tried_again():
    attempts = []

    def breaks_once(page: Context) -> str:
        attempts.append(page.text)
        if len(attempts) == 1:
            raise ValueError
        return "made"

    page = context("ก")
    with pytest.raises(ValueError, match=r"^$"):
        page.shared(breaks_once)
    assert page.shared(breaks_once) == "made"


def test_nothing_of_a_page_is_left_in_a_cache_of_the_process():
    names = [
        found.name
        for found in walk_packages(correction.__path__, "correction.")
        if ".train" not in found.name
    ]
    caches = {
        f"{name}.{attribute}": cached
        for name in names
        for attribute, cached in vars(import_module(name)).items()
        if isinstance(cached, _lru_cache_wrapper)
    }
    assert "correction.catalogue.default_rules" in caches
    propose(reading(PAGES[0]), strict=True)
    before = {name: cached.cache_info().currsize for name, cached in caches.items()}
    for page in PAGES[1:]:
        propose(reading(page), strict=True)
    assert {name: cached.cache_info().currsize for name, cached in caches.items()} == before
