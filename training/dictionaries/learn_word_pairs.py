"""Writes `data/pairs.tsv`: words that differ by a letter that looks like another, and what stands around each.

    python -m training.dictionaries.learn_word_pairs --text FILES... [--letters 24000000] [--out FILE]

Counted in the training part of the texts (`dictionaries.characters`). A context's weight is the logarithm of how much
oftener it stands around the other word, shrunk where it was seldom seen. Some minutes for twenty million letters.
"""

from __future__ import annotations

import argparse
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import permutations
from pathlib import Path

from dictionaries.characters import Part, documents, part_of, tidy
from dictionaries.confusions import ALIKE
from dictionaries.lexicon import Lexicon, load_lexicon
from dictionaries.word_pairs import NEAR, OFTEN, PAIRS, WordContext, contexts_of, word_pattern
from training.dictionaries.train_language_model import read

COMMON = 40
"""How often official prose uses both words of a pair."""
SHORTEST, LONGEST = 3, 12
MOST = 40_000
"""Places of one word that are counted."""
_SEEN, _STRONG, _SHRINK = 8, 1.3, 2.0
"""How often a context is seen at least, and the least weight that is kept, nats."""
_NEAR_COUNTS = 0.5
"""What a word near counts: it is there because of the others."""

Counts = dict[str, Counter[WordContext]]


def pairs_of(lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """Every common word with another that is one letter away that looks like it."""
    words = {word for word in lexicon.common(COMMON) if SHORTEST <= len(word) <= LONGEST}
    letters = [
        group for group in ALIKE if "\u0e01" <= group[0] <= "\u0e2e" or "\u0e40" <= group[0] <= "\u0e44"
    ]
    for word in sorted(words):
        for at, letter in enumerate(word):
            for group in letters:
                for one, other in permutations(group, 2):
                    if one == letter and word[:at] + other + word[at + 1 :] in words:
                        yield word, word[:at] + other + word[at + 1 :]


def count(texts: Iterable[str], words: Iterable[str], lexicon: Lexicon) -> tuple[Counter[str], Counts]:
    """How often each word was seen, and each context around it."""
    pattern = word_pattern({word: [] for word in words})
    seen: Counter[str] = Counter()
    around: Counts = {word: Counter() for word in words}
    for text in texts:
        for match in pattern.finditer(text):
            word = match[0]
            seen[word] += 1
            if seen[word] <= MOST:
                around[word].update(contexts_of(text, *match.span(), lexicon))
    return seen, around


def weights(word: str, other: str, seen: Counter[str], around: Counts) -> Iterator[tuple[WordContext, float]]:
    """How much each context speaks for the other word, nats."""
    yield WordContext(OFTEN, ""), math.log((seen[other] + 1) / (seen[word] + 1))
    both = min(seen[word], MOST), min(seen[other], MOST)
    for context in sorted({*around[word], *around[other]}):
        counts = around[word][context], around[other][context]
        if sum(counts) < _SEEN:
            continue
        usual = (sum(counts) + 1) / (sum(both) + 1)
        mine, its = (
            (n + _SHRINK * usual * 2) / (size + _SHRINK * 2) for n, size in zip(counts, both, strict=True)
        )
        # A context that was seen but few times is believed the less.
        weight = math.log(its / mine) * sum(counts) / (sum(counts) + _SHRINK)
        weight *= _NEAR_COUNTS if context.kind == NEAR else 1.0
        if abs(weight) >= _STRONG:
            yield context, weight


def main(arguments: Sequence[str] | None = None) -> None:
    """Command line: see the head of the module."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--text", type=Path, nargs="+", required=True)
    parser.add_argument("--letters", type=int, default=24_000_000, help="at most so many of each file")
    parser.add_argument("--out", type=Path, default=PAIRS)
    options = parser.parse_args(arguments)
    lexicon = load_lexicon()
    pairs = sorted({(word, other) for word, other in pairs_of(lexicon) if word < other})
    texts = []
    for path in options.text:
        left = options.letters
        for document in documents(read(path)):
            if left > 0 and part_of(document) is Part.TRAIN:
                texts.append(tidy(document))
                left -= len(texts[-1])
    seen, around = count(texts, {word for pair in pairs for word in pair}, lexicon)
    rows = [
        "\t".join((word, other, *(f"{c.kind}{c.word} {round(weight * 10)}" for c, weight in said))) + "\n"
        for word, other in pairs
        for said in [list(weights(word, other, seen, around))]
    ]
    options.out.write_text("word\tother\tcontexts\n" + "".join(rows), "utf-8")


if __name__ == "__main__":
    main()
