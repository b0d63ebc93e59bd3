"""Writes `data/words.tsv`: the words of Thai with how often official prose uses them.

    python -m training.dictionaries.build_lexicon --text FILES [--letters 12000000] [--out FILE]

The words are PyThaiNLP's list (`pythainlp.corpus.thai_words`, CC0) and runs of letters that its segmentation finds
between known words again and again. Counted in the training part of the texts (`dictionaries.characters`): figures that
are measured on other documents stay honest. About a minute for ten million letters.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from pythainlp.corpus import thai_words
from pythainlp.tokenize import word_tokenize

from dictionaries.characters import Part, documents, part_of, tidy
from dictionaries.lexicon import LONGEST, WORDS
from training.dictionaries.train_language_model import read

_RUN = re.compile(r"[\u0e01-\u0e3a\u0e40-\u0e4e]+")
_WORD = re.compile(r"[\u0e01-\u0e2e\u0e40-\u0e44][\u0e01-\u0e3a\u0e40-\u0e4e]+")
OFTEN = 40
"""How often a run that no list has must be seen to count as a word."""
SHORTEST = 3


def count(texts: Iterable[str], known: frozenset[str]) -> Counter[str]:
    """The words of some texts, listed and found."""
    seen: Counter[str] = Counter()
    for text in texts:
        for run in _RUN.findall(text):
            seen.update(word_tokenize(run, engine="newmm"))
    return Counter(
        {
            word: times
            for word, times in seen.items()
            if word in known or (times >= OFTEN and len(word) >= SHORTEST and _WORD.fullmatch(word))
        }
    )


def listed() -> frozenset[str]:
    """PyThaiNLP's words that are one run of Thai letters."""
    words = (tidy(word) for word in thai_words())
    return frozenset(word for word in words if len(word) <= LONGEST and _WORD.fullmatch(word))


def main(arguments: Sequence[str] | None = None) -> None:
    """Command line: see the head of the module."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--text", type=Path, nargs="+", required=True)
    parser.add_argument("--letters", type=int, default=12_000_000, help="at most so many of each file")
    parser.add_argument("--out", type=Path, default=WORDS)
    options = parser.parse_args(arguments)
    known = listed()
    counts: Counter[str] = Counter(dict.fromkeys(known, 0))
    for path in options.text:
        left = options.letters
        texts = []
        for document in documents(read(path)):
            if left > 0 and part_of(document) is Part.TRAIN:
                texts.append(tidy(document))
                left -= len(texts[-1])
        counts.update(count(texts, known))
    rows = "".join(f"{word}\t{counts[word]}\n" for word in sorted(counts))
    options.out.write_text("word\tcount\n" + rows, "utf-8")


if __name__ == "__main__":
    main()
