"""Makes the language model of letters and its card.

    python -m training.dictionaries.train_language_model --text NEWS [--official LAW...] [--without FILES...]
        [--out FILE] [--card FILE]

Texts may be compressed (.xz); documents are parted by empty lines, or stand one a line. Each document goes by its
content to one of three parts (`dictionaries.characters.part_of`): 1 of 40 for choosing how much to prune, 1 of 40 for
the figures on the card, the rest to learn from. `--official` texts count several times, so that the manner of laws
and Thai digits are known. Documents that share a long run of letters with the files of `--without` (pages that
something is measured on) are left out altogether. Twenty minutes at most on one core, 2 GB of memory.
"""

from __future__ import annotations

import argparse
import lzma
import re
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from dictionaries.characters import Part, documents, ids, part_of, tidy
from dictionaries.gazetteer import load_gazetteer
from dictionaries.language_model import MODEL, LanguageModel
from training.dictionaries import kneser_ney

ORDER = 8
OFFICIAL_TIMES = 2
"""How often a text of the law is counted: see the card for what it does to the perplexity."""
THRESHOLDS = (0.0, 0.0, 0.0, *[5.0] * (ORDER - 4), 4.0)
"""What a run of each length must be worth, in nats over the training text. The longest cost less room."""
CARD = MODEL.parent.parent / "language_model.md"
_RUN = 100  # letters: forty are still phrases and titles that many documents have
_STRIDE = 25

Corpus = dict[Part, list[str]]


def read(path: Path) -> str:
    """The text of a file, compressed or not."""
    data = path.read_bytes()
    return (lzma.decompress(data) if path.suffix == ".xz" else data).decode("utf-8")


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", tidy(text))


class Measured:
    """Pages that something is measured on, and whether a document shares text with one of them."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._runs: set[str] = set()
        for text in map(_bare, texts):
            self._runs.update(text[at : at + _RUN] for at in range(0, len(text) - _RUN + 1, _STRIDE))
        self._heads = {run[:8] for run in self._runs}

    def shares(self, document: str) -> bool:
        """True when a run of the measured pages stands in the document."""
        if not self._runs:
            return False
        text = _bare(document)
        return any(
            text[at : at + 8] in self._heads and text[at : at + _RUN] in self._runs
            for at in range(len(text) - _RUN + 1)
        )


def corpus(paths: Sequence[Path], measured: Measured) -> tuple[Corpus, int]:
    """The documents of the files by part, tidied, and how many were left out because they are measured on."""
    parts: Corpus = {part: [] for part in Part}
    left_out = 0
    for path in paths:
        for document in documents(read(path)):
            if measured.shares(document):
                left_out += 1
            else:
                parts[part_of(document)].append(tidy(document))
    return parts, left_out


def perplexity(model: LanguageModel, texts: Sequence[str]) -> float:
    """Perplexity per letter (spaces and line ends are letters too)."""
    scores = model.score("\n".join(texts))
    return float(np.exp(-scores.astype(float).mean()))


def places() -> list[str]:
    """Each place and local body with what it lies in, as official prose names them."""
    gazetteer = load_gazetteer()
    chains = [" ".join(part.title for part in reversed(gazetteer.chain(area.code))) for area in gazetteer]
    bodies = [
        " ".join([body.title, *(part.title for part in reversed(gazetteer.chain(body.parent)))])
        for body in gazetteer.bodies
    ]
    return [*chains, *bodies]


def train(news: Corpus, official: Sequence[Corpus]) -> LanguageModel:
    """The model made from the training part."""
    law = [text for part in official for text in part[Part.TRAIN]] * OFFICIAL_TIMES
    pieces = [*news[Part.TRAIN], *law, *places()]
    levels = kneser_ney.count(ids("\n".join(pieces)), ORDER)
    return kneser_ney.build(levels, kneser_ney.prune(levels, THRESHOLDS))


def _letters(parts: Corpus, part: Part) -> int:
    return sum(map(len, parts[part]))


def card(model: LanguageModel, size: int, corpora: dict[str, Corpus], left_out: int, speed: float) -> str:
    """The model card."""
    rows = [
        f"| {name} | {len(parts[Part.TRAIN]):,} | {_letters(parts, Part.TRAIN):,} | {_letters(parts, Part.TEST):,} "
        f"| {perplexity(model, parts[Part.TEST]):.2f} |"
        for name, parts in corpora.items()
        if parts[Part.TEST]
    ]
    runs = ", ".join(f"{size:,}" for size in model.sizes)
    return _CARD.format(
        order=model.order, runs=runs, size=size / 1e6, speed=speed / 1e6, left_out=left_out,
        rows="\n".join(rows), times=OFFICIAL_TIMES, thresholds=", ".join(f"{t:g}" for t in THRESHOLDS),
    )  # fmt: skip


_CARD = """# Model card: the letters of Thai official prose

`data/letters.lm`, written by `python -m training.dictionaries.train_language_model` together with this page.

**What it is.** A character n-gram model of order {order}: interpolated modified Kneser-Ney, pruned by weighted
difference (thresholds {thresholds} nats for runs of 1, 2, ... letters), probabilities in 256 steps, a trie in
numpy arrays that are mapped into memory. {size:.1f} MB; runs of 1, 2, ... letters: {runs}.

**What it is for.** Saying how likely each letter of a Thai text is after the letters before it: to find and rank
corrections of misread letters and spurious spaces. It does not tell digits apart (one class for Thai digits, one for
others) nor Latin letters (one class for small ones, one for capitals).

**What it was made from.** Text free of copyright: government news of Thailand (PyThaiNLP/thaigov-v2-corpus), the
constitutions of Thailand (PyThaiNLP/Thai-constitution-corpus), titles in the Royal Gazette (as listed by
Ahoerstemeier/tambon; official notices, section 7 of the Thai Copyright Act), and the names of our own gazetteer,
each place with what it lies in (`SOURCES.md`). Documents go by a hash of their content
to training (38 of 40), tuning of the pruning (1 of 40) and the figures below (1 of 40). {left_out:,} documents that
share text with pages that something is measured on were left out altogether. Law and gazette count {times} times.
Only counts and probabilities are in the file: the longest run of letters that can be read out of it is {order}.
Licence: as the program's (Apache-2.0); `SOURCES.md` says how each source stands to that.

**How good it is.** Perplexity per letter, spaces included, on text that it has not seen:

| text | documents learned from | letters learned from | letters measured on | perplexity |
|---|---|---|---|---|
{rows}

Titles and articles of the law repeat each other, so the figures of the law are better than on a law of another kind.
It scores {speed:.1f} million letters a second on one core of the machine that made it.

**Where it falls short.** Spoken language, poetry, names of people and places that the news does not mention:
everything unusual looks like an error to it. What uses it must protect names.
"""


def main(arguments: Sequence[str] | None = None) -> None:
    """Command line: see the head of the module."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--text", type=Path, nargs="+", required=True)
    parser.add_argument("--official", type=Path, nargs="*", default=[])
    parser.add_argument("--without", type=Path, nargs="*", default=[])
    parser.add_argument("--out", type=Path, default=MODEL)
    parser.add_argument("--card", type=Path, default=CARD)
    options = parser.parse_args(arguments)
    measured = Measured(read(path) for path in options.without)
    news, left_out = corpus(options.text, measured)
    named = {"news": news}
    for path in options.official:
        named[path.name.split(".")[0].replace("_", " ")], more = corpus([path], measured)
        left_out += more
    model = train(news, [parts for name, parts in named.items() if name != "news"])
    model.save(options.out, {"order": ORDER, "thresholds": THRESHOLDS, "official_times": OFFICIAL_TIMES})
    sample = "\n".join(news[Part.TUNE])[:200_000]
    started = time.process_time()
    model.score(sample)
    speed = len(sample) / (time.process_time() - started)
    options.card.write_text(card(model, options.out.stat().st_size, named, left_out, speed), "utf-8")
    for name, parts in named.items():
        sys.stdout.write(f"{name}: perplexity {perplexity(model, parts[Part.TUNE]):.3f} on the tuning part\n")


if __name__ == "__main__":
    main()
