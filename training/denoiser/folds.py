"""The training text in folds, each with a language model that has not seen it.

A model is less surprised by text that it was made from. A network trained on such scores would be too quick with any
other text; so the text that it is shown is always one that the language model of its clues does not know.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from dictionaries.characters import Part, ids
from training.dictionaries.train_language_model import Corpus, Measured, corpus, places, read, train

FOLDS = 3
SEED = 1


@dataclass(frozen=True, slots=True)
class TextFold:
    """A file of letters by number (`.npy`), and the language model that has not seen them."""

    letters: Path
    model: Path


def fold_of(document: str) -> int:
    """The fold of a document, by its content."""
    bare = re.sub(r"\s+", "", document)
    return hashlib.sha256(bare.encode("utf-8")).digest()[1] % FOLDS


def folds(out: Path) -> list[TextFold]:
    """The folds of a folder."""
    return [TextFold(out / f"fold{n}.npy", out / f"fold{n}.lm") for n in range(FOLDS)]


def make_folds(text: Sequence[Path], official: Sequence[Path], without: Sequence[Path], out: Path) -> Path:
    """Write the folds and their models to a folder, and the tuning part beside them; its path comes back."""
    out.mkdir(parents=True, exist_ok=True)
    measured = Measured(read(path) for path in without)
    news, _ = corpus(text, measured)
    laws = [corpus([path], measured)[0] for path in official]
    rng = np.random.default_rng(SEED)
    for number, fold in enumerate(folds(out)):
        if fold.model.exists():
            continue
        own = [doc for part in (news, *laws) for doc in part[Part.TRAIN] if fold_of(doc) == number]
        own += places()[number::FOLDS]
        np.save(fold.letters, ids("\n".join(own[at] for at in rng.permutation(len(own)))))
        train(_without(news, number), [_without(part, number) for part in laws]).save(
            fold.model, {"fold": number}
        )
    tune = out / "tune.npy"
    held = [doc for part in (news, *laws) for doc in part[Part.TUNE]]
    np.save(tune, ids("\n".join(held[at] for at in rng.permutation(len(held)))))
    return tune


def _without(part: Corpus, number: int) -> Corpus:
    return part | {Part.TRAIN: [doc for doc in part[Part.TRAIN] if fold_of(doc) != number]}
