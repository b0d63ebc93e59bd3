"""How far a text is from the truth: character, word and space errors, by class and by confusion.

Nothing is normalised in silence. Each measure says exactly what it compares (`COMPARED`), because
OCR never gives the composed sara am and a truth seldom has the line ends of a PDF's text layer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import version

from pythainlp.tokenize import word_tokenize

from model.alignment import single_edits
from model.thai import SARA_AM, compose_sara_am
from reports.alignment import distance, path
from reports.letters import (
    LetterClass,
    count_split_sara_am,
    grapheme_clusters,
    letter_class,
    without_white_space,
)
from reports.tolerant import letters_not_found, without_leaders

COMPARED = {
    "strict": "every code point as it stands, white space and line ends included",
    "without_space": "every code point but white space, as it stands",
    "composed": "every code point, white space included, with sara am composed on both sides",
    "composed_without_space": "every code point but white space, with sara am composed on both sides",
    "graphemes": "grapheme clusters (letters with their marks), white space included, with sara am composed",
    "without_leaders": "composed without white space, leaders, rules, check boxes and private-use symbols",
    "order_free": "the last for each line of the truth anywhere in the candidate; what that has besides is free",
}


@dataclass(frozen=True, slots=True)
class Rate:
    """Errors against the truth's size, in code points or words."""

    errors: int
    size: int

    @property
    def rate(self) -> float | None:
        """Errors by size; beyond 1 when more was added than was there; None when only additions exist."""
        if self.size:
            return self.errors / self.size
        return 0.0 if self.errors == 0 else None

    def __add__(self, other: Rate) -> Rate:
        return Rate(self.errors + other.errors, self.size + other.size)


@dataclass(frozen=True, slots=True)
class Found:
    """How many cuts both texts have, only the truth has, only the candidate has."""

    matched: int = 0
    missing: int = 0
    extra: int = 0

    def __add__(self, other: Found) -> Found:
        return Found(self.matched + other.matched, self.missing + other.missing, self.extra + other.extra)

    @property
    def precision(self) -> float | None:
        """Share of the candidate's cuts that the truth has; None when the candidate has none."""
        given = self.matched + self.extra
        return self.matched / given if given else None

    @property
    def recall(self) -> float | None:
        """Share of the truth's cuts that the candidate has; None when the truth has none."""
        wanted = self.matched + self.missing
        return self.matched / wanted if wanted else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall; None when neither text has any cut."""
        cuts = 2 * self.matched + self.missing + self.extra
        return 2 * self.matched / cuts if cuts else None


@dataclass(frozen=True, slots=True)
class ClassErrors:
    """Errors of one class: of `size` letters in the truth, and `extra` ones that the candidate added."""

    size: int = 0
    substituted: int = 0
    missing: int = 0
    extra: int = 0

    @property
    def errors(self) -> int:
        """All errors of the class."""
        return self.substituted + self.missing + self.extra

    def __add__(self, other: ClassErrors) -> ClassErrors:
        return ClassErrors(
            self.size + other.size,
            self.substituted + other.substituted,
            self.missing + other.missing,
            self.extra + other.extra,
        )


@dataclass(frozen=True, slots=True)
class SaraAm:
    """How many sara am a text has as one letter and in two parts."""

    composed: int
    split: int

    def __add__(self, other: SaraAm) -> SaraAm:
        return SaraAm(self.composed + other.composed, self.split + other.split)


@dataclass(frozen=True, slots=True)
class PageEvaluation:
    """One page: both texts and its character measures, named as in `COMPARED`."""

    number: int
    truth: str
    candidate: str
    measures: dict[str, Rate]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The comparison of a candidate with the truth.

    `measures` and `words` are sums over `pages`. `spaces` counts white space inside lines,
    `line_breaks` white space with a line end in it, each at its place between two letters that are not
    white space. `classes` and `confusions` (truth, candidate; empty for an addition or omission) are
    counted where sara am is composed and white space ignored; the class of spaces comes from `spaces`.
    `by_page` is False when the two have different numbers of pages (form feeds) and were compared as
    one run of text.
    """

    pages: tuple[PageEvaluation, ...]
    by_page: bool
    measures: dict[str, Rate]
    words: dict[str, Rate]
    spaces: Found
    line_breaks: Found
    classes: dict[LetterClass, ClassErrors]
    confusions: Counter[tuple[str, str]]
    sara_am_truth: SaraAm
    sara_am_candidate: SaraAm


def forms(text: str) -> dict[str, str]:
    """The text in the forms that are compared character by character."""
    bare = without_white_space(text)
    return {
        "strict": text,
        "without_space": bare,
        "composed": compose_sara_am(text),
        "composed_without_space": compose_sara_am(bare),
        "without_leaders": without_white_space(without_leaders(compose_sara_am(text))),
    }


def pages_of(text: str) -> list[str]:
    """The pages of a text: form feeds stand between pages, and one more may end the last page."""
    pages = text.split("\f")
    if len(pages) > 1 and not pages[-1].strip():
        pages.pop()
    return pages


def words_of(text: str) -> list[str]:
    """The words of a Thai text: pythainlp's newmm on each stretch without white space."""
    return [
        word
        for stretch in text.split()
        for part in _portions(stretch)
        for word in word_tokenize(part, engine="newmm", keep_whitespace=False)
    ]


def _portions(stretch: str, size: int = 2000) -> Iterable[str]:
    """Cut what no printed line can be, so that a hostile text costs linear time."""
    return (stretch[at : at + size] for at in range(0, len(stretch), size))


def segmenter() -> str:
    """Which program and method finds the words."""
    return f"pythainlp {version('pythainlp')} newmm"


def evaluate(candidate: str, truth: str) -> Evaluation:
    """Compare `candidate` with `truth`; both are used as they stand, in code points.

    Where both have the same number of pages (form feeds between) each page is compared with its
    namesake and the form feeds themselves are not compared; otherwise the whole texts are, with each
    form feed as white space.
    """
    given, wanted = pages_of(candidate), pages_of(truth)
    by_page = len(given) == len(wanted)
    if not by_page:
        given, wanted = [candidate], [truth]
    pages: list[PageEvaluation] = []
    spaces, line_breaks = Found(), Found()
    words = {"strict": Rate(0, 0), "composed": Rate(0, 0)}
    sizes: Counter[LetterClass] = Counter()
    confusions: Counter[tuple[str, str]] = Counter()
    for number, (page, true_page) in enumerate(zip(given, wanted, strict=True), start=1):
        candidate_forms, truth_forms = forms(page), forms(true_page)
        pages.append(
            PageEvaluation(
                number,
                true_page,
                page,
                _measures(candidate_forms, truth_forms),
            )
        )
        for name, found_words in _words(candidate_forms, truth_forms).items():
            words[name] += found_words
        page_spaces, page_line_breaks = space_errors(candidate_forms["composed"], truth_forms["composed"])
        spaces += page_spaces
        line_breaks += page_line_breaks
        letters = truth_forms["composed_without_space"]
        sizes.update(letter_class(letter) for letter in letters)
        confusions.update(single_edits(letters, candidate_forms["composed_without_space"]))
    return Evaluation(
        pages=tuple(pages),
        by_page=by_page,
        measures={name: sum((page.measures[name] for page in pages), Rate(0, 0)) for name in COMPARED},
        words=words,
        spaces=spaces,
        line_breaks=line_breaks,
        classes=_class_errors(sizes, confusions, spaces),
        confusions=confusions,
        sara_am_truth=SaraAm(truth.count(SARA_AM), count_split_sara_am(truth)),
        sara_am_candidate=SaraAm(candidate.count(SARA_AM), count_split_sara_am(candidate)),
    )


def _measures(candidate_forms: dict[str, str], truth_forms: dict[str, str]) -> dict[str, Rate]:
    """The distance in each form; forms that are the same two texts are compared once."""
    known: dict[tuple[str, str], int] = {}
    measures: dict[str, Rate] = {}
    for name, true_form in truth_forms.items():
        pair = (true_form, candidate_forms[name])
        if pair not in known:
            known[pair] = distance(*pair)
        measures[name] = Rate(known[pair], len(true_form))
    truth, candidate = (without_leaders(texts["composed"]) for texts in (truth_forms, candidate_forms))
    clusters, given = (grapheme_clusters(texts["composed"]) for texts in (truth_forms, candidate_forms))
    measures["graphemes"] = Rate(distance(clusters, given), len(clusters))
    measures["order_free"] = Rate(*letters_not_found(truth, candidate))
    return measures


def _words(candidate_forms: dict[str, str], truth_forms: dict[str, str]) -> dict[str, Rate]:
    strict = _word_errors(candidate_forms["strict"], truth_forms["strict"])
    if all(texts["strict"] == texts["composed"] for texts in (candidate_forms, truth_forms)):
        return {"strict": strict, "composed": strict}
    return {"strict": strict, "composed": _word_errors(candidate_forms["composed"], truth_forms["composed"])}


def _word_errors(candidate: str, truth: str) -> Rate:
    wanted = words_of(truth)
    return Rate(distance(wanted, words_of(candidate)), len(wanted))


def _cuts(text: str) -> tuple[str, dict[int, bool]]:
    """The letters without white space, and where white space stands between them: True for a line end."""
    letters: list[str] = []
    cuts: dict[int, bool] = {}
    for letter in text:
        if not letter.isspace():
            letters.append(letter)
        else:
            at = len(letters)
            cuts[at] = cuts.get(at, False) or letter in "\n\r\f\v\u0085\u2028\u2029"
    cuts.pop(0, None)
    cuts.pop(len(letters), None)
    return "".join(letters), cuts


def space_errors(candidate: str, truth: str) -> tuple[Found, Found]:
    """White space inside lines, and line ends, that both have, that is missing, that is extra.

    A space where the truth ends a line counts for neither, and a line end where the truth has a space
    is a space found: whether words are apart is one question, where lines end another.
    """
    wanted_letters, wanted = _cuts(truth)
    given_letters, given = _cuts(candidate)
    matched_truth: dict[int, int] = {}
    taken: set[int] = set()
    for cut, other in path(wanted_letters, given_letters):
        if cut in wanted and other in given and cut not in matched_truth and other not in taken:
            matched_truth[cut] = other
            taken.add(other)
    space_cuts = [cut for cut, line_end in wanted.items() if not line_end]
    found_spaces = sum(cut in matched_truth for cut in space_cuts)
    extra_spaces = sum(not end and cut not in taken for cut, end in given.items())
    line_cuts = [cut for cut, line_end in wanted.items() if line_end]
    found_lines = sum(cut in matched_truth and given[matched_truth[cut]] for cut in line_cuts)
    given_lines = sum(given.values())
    return (
        Found(found_spaces, len(space_cuts) - found_spaces, extra_spaces),
        Found(found_lines, len(line_cuts) - found_lines, given_lines - found_lines),
    )


def _class_errors(
    sizes: Counter[LetterClass], confusions: Counter[tuple[str, str]], spaces: Found
) -> dict[LetterClass, ClassErrors]:
    substituted: Counter[LetterClass] = Counter()
    missing: Counter[LetterClass] = Counter()
    extra: Counter[LetterClass] = Counter()
    for (wanted, given), count in confusions.items():
        if wanted and given:
            substituted[letter_class(wanted)] += count
        elif wanted:
            missing[letter_class(wanted)] += count
        else:
            extra[letter_class(given)] += count
    classes: dict[LetterClass, ClassErrors] = {
        name: ClassErrors(sizes[name], substituted[name], missing[name], extra[name])
        for name in LetterClass
        if name is not LetterClass.SPACE
    }
    classes[LetterClass.SPACE] = ClassErrors(spaces.matched + spaces.missing, 0, spaces.missing, spaces.extra)
    return classes
