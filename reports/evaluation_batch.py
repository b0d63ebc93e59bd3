"""Many texts against their truths: each pair measured, and what all of them come to, in two means.

The micro mean counts the letters of all files together, so that a long file weighs more than a short one; the macro
mean is the mean of the files' own figures, so that each weighs the same.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from model.errors import BadInput
from reports.evaluate import COMPARED, ClassErrors, Evaluation, Found, Rate, SaraAm
from reports.letters import LetterClass


@dataclass(frozen=True, slots=True)
class TextPair:
    """A file that both folders have. `name` is its path in the folder without the endings."""

    name: str
    candidate: Path
    truth: Path


@dataclass(frozen=True, slots=True)
class Pairing:
    """What two folders have for each other.

    `missing` are texts of the truth that have no candidate, `extra` candidates without a truth, `no_texts` what lies
    in either folder and does not end in `.txt`: paths as the folders were named.
    """

    pairs: tuple[TextPair, ...]
    missing: tuple[str, ...]
    extra: tuple[str, ...]
    no_texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EvaluatedPair:
    """A pair and how far its candidate is from its truth."""

    pair: TextPair
    evaluation: Evaluation


@dataclass(frozen=True, slots=True)
class Unmeasured:
    """A pair that could not be measured, and why in words."""

    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean of the files' figures; `files` counts those that have one. `value` is None where none has."""

    value: float | None
    files: int


@dataclass(frozen=True, slots=True)
class BatchEvaluation:
    """All pairs that were measured, and by name everything that was not."""

    files: tuple[EvaluatedPair, ...]
    unmeasured: tuple[Unmeasured, ...]
    pairing: Pairing

    @property
    def complete(self) -> bool:
        """True when every text of either folder was measured."""
        return not (self.unmeasured or self.pairing.missing or self.pairing.extra)

    @property
    def micro(self) -> Evaluation:
        """All files together: every count is the sum of theirs. Its pages are all pages, file after file."""
        return together(one.evaluation for one in self.files)

    @property
    def macro(self) -> dict[str, Mean]:
        """The mean of the files' figures, by the names that `figures` gives."""
        found = [figures(one.evaluation) for one in self.files]
        return {name: _mean(one[name] for one in found) for name in figures(together(()))}


def figures(evaluation: Evaluation) -> Mapping[str, float | None]:
    """The figures of which means are taken: rates of characters (as in `COMPARED`) and words, F1 of spaces and line
    ends; None where there is nothing to divide by."""
    return {
        **{name: rate.rate for name, rate in evaluation.measures.items()},
        **{f"words_{name}": rate.rate for name, rate in evaluation.words.items()},
        "spaces_f1": evaluation.spaces.f1,
        "line_breaks_f1": evaluation.line_breaks.f1,
    }


def _mean(values: Iterable[float | None]) -> Mean:
    known = [value for value in values if value is not None]
    return Mean(sum(known) / len(known) if known else None, len(known))


def together(evaluations: Iterable[Evaluation]) -> Evaluation:
    """The evaluations as one, every count summed; `by_page` where each of them is."""
    found = list(evaluations)
    confusions: Counter[tuple[str, str]] = Counter()
    for one in found:
        confusions.update(one.confusions)
    return Evaluation(
        pages=tuple(page for one in found for page in one.pages),
        by_page=all(one.by_page for one in found),
        measures={name: sum((one.measures[name] for one in found), Rate(0, 0)) for name in COMPARED},
        words={name: sum((one.words[name] for one in found), Rate(0, 0)) for name in ("strict", "composed")},
        spaces=sum((one.spaces for one in found), Found()),
        line_breaks=sum((one.line_breaks for one in found), Found()),
        classes={name: sum((one.classes[name] for one in found), ClassErrors()) for name in LetterClass},
        confusions=confusions,
        sara_am_truth=sum((one.sara_am_truth for one in found), SaraAm(0, 0)),
        sara_am_candidate=sum((one.sara_am_candidate for one in found), SaraAm(0, 0)),
    )


def pair_folders(candidates: Path, truths: Path) -> Pairing:
    """Match the texts of two folders, those inside them included, by their paths without `.txt` or `.gt.txt`.

    A link to a folder is not followed; it is among what is no text.

    Raises:
        BadInput: a folder holds no text, has two of the same name, or may not be listed.
    """
    given, given_others = _texts(candidates)
    wanted, wanted_others = _texts(truths)
    return Pairing(
        pairs=tuple(
            TextPair(name, given[name], wanted[name]) for name in sorted(wanted.keys() & given.keys())
        ),
        missing=tuple(str(wanted[name]) for name in sorted(wanted.keys() - given.keys())),
        extra=tuple(str(given[name]) for name in sorted(given.keys() - wanted.keys())),
        no_texts=tuple(str(path) for path in sorted({*given_others, *wanted_others})),
    )


def _texts(folder: Path) -> tuple[dict[str, Path], list[Path]]:
    """The texts of a folder by name, and what else lies in it."""
    texts: dict[str, Path] = {}
    others: list[Path] = []
    for path in _files(folder):
        if path.suffix.lower() != ".txt":
            others.append(path)
            continue
        bare = path.relative_to(folder).with_suffix("")
        name = str(bare.with_suffix("") if bare.suffix.lower() == ".gt" else bare)
        if name in texts:
            raise BadInput(
                f"{texts[name]} and {path} have the same name but for the ending.",
                remedy="Leave one of them in the folder.",
            )
        texts[name] = path
    if not texts:
        raise BadInput(f"{folder} holds no text.", remedy="Name a folder with files that end in .txt.")
    return texts, others


def _files(folder: Path) -> Iterator[Path]:
    def refuse(error: OSError) -> None:
        raise BadInput(
            f"{error.filename} may not be listed.", remedy="Ask for permission to read it."
        ) from error

    for place, folders, names in os.walk(folder, onerror=refuse):
        folders.sort()
        links = [
            name for name in folders if (Path(place) / name).is_symlink()
        ]  # not gone into: they may lead back
        yield from (Path(place) / name for name in sorted((*names, *links)))
