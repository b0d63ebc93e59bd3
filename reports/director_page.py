"""The numbers of the page for a meeting: what was published of a document, who signed, what is still to be expected."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from model.decision import PAGE_BREAK
from model.edit import text_sha256
from model.publication import Edition, PublishedPage
from reports.crops import Crop, PageImage
from reports.laid_out import laid_out, upright_box

SAMPLED_LINES = 4
MOST_SIGNERS = 6
"""So many fit on the page; the others are counted."""


@dataclass(frozen=True, slots=True)
class Signer:
    """A person who signed pages: how many, the first and the last time; `by_key` where a key has signed all of them."""

    name: str
    by_key: bool
    pages: int
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class SampledLine:
    """A line drawn by lot: its page, its picture and its text."""

    page: int
    crop: Crop
    text: str


@dataclass(frozen=True, slots=True)
class DirectorPage:
    """A document in a few numbers.

    `letters` of the published text, white space left out. `by_people` and `by_policy` count corrections, `by_two` those
    that two people decided alike. `expected` is how many letters of the readings are thought to have been wrong: the
    likeliest number and the sums of the pages' bounds; None where nothing tells. `head` is the state of the ledger that
    the newest signature names, `text_sha256` of the whole text with its form feeds.
    """

    name: str
    document: str
    pages: int
    left_out: int
    letters: int
    by_people: int
    by_policy: int
    by_two: int
    expected: tuple[float, float, float] | None
    signers: tuple[Signer, ...]
    readers: tuple[str, ...]
    ruleset: tuple[str, ...]
    head: str
    text_sha256: str
    lines: tuple[SampledLine, ...]


def director_page(edition: Edition) -> DirectorPage:
    """The page of a finished document.

    Raises:
        GateError: a page is neither published nor left out.
    """
    lines = tuple(_sampled(edition))
    published = list(edition.published.values())
    texts = [edition.published[p.number].published.text if p.number in edition.published else ""
             for p in edition.state.pages]  # fmt: skip
    people, policy, two = _counts(published)
    findings = [one.state.findings for one in published if one.state.findings is not None]
    return DirectorPage(
        name=edition.state.name,
        document=edition.state.id,
        pages=len(published),
        left_out=len(edition.state.pages) - len(published),
        letters=sum(not character.isspace() for text in texts for character in text),
        by_people=people,
        by_policy=policy,
        by_two=two,
        expected=_expected(published),
        signers=_signers(published),
        readers=tuple(sorted({str(one.page.reading.reader) for one in published})),
        ruleset=tuple(sorted({f"{one.ruleset[:12]} / {one.dictionaries[:12]}" for one in findings})),
        head=max((one.state.signoff for one in published if one.state.signoff), key=lambda one: one.when).ledger_head
        if published else "",
        text_sha256=text_sha256(PAGE_BREAK.join(texts)),
        lines=lines,
    )  # fmt: skip


def _counts(published: Sequence[PublishedPage]) -> tuple[int, int, int]:
    people = policy = two = 0
    for page in published:
        for applied in page.published.edits:
            accounts = {
                one.who.account for one in page.state.decisions.get(applied.finding, ()) if not one.by_policy
            }
            people += bool(accounts)
            policy += not accounts
            two += len(accounts) > 1
    return people, policy, two


def _expected(published: Sequence[PublishedPage]) -> tuple[float, float, float] | None:
    known = [
        one.state.findings.expected for one in published if one.state.findings and one.state.findings.expected
    ]
    if not known or len(known) < len(published):
        return None
    return sum(one.errors for one in known), sum(one.low for one in known), sum(one.high for one in known)


def _signers(published: Sequence[PublishedPage]) -> tuple[Signer, ...]:
    signed = [one.state.signoff for one in published if one.state.signoff is not None]
    counts = Counter((one.who.name, one.who.account) for one in signed)
    found = []
    for person, pages in counts.most_common():
        own = [one for one in signed if (one.who.name, one.who.account) == person]
        times = sorted(one.when for one in own)
        found.append(Signer(person[0], all(one.key for one in own), pages, times[0], times[-1]))
    return tuple(found)


def _sampled(edition: Edition) -> Iterator[SampledLine]:
    """Lines drawn by lot, the lot being the text itself: nobody chooses them, and anybody draws the same."""
    drawn: list[tuple[str, int, int]] = []
    pages = {page.number: page for page in laid_out(edition)}
    for page in pages.values():
        for at, line in enumerate(page.lines):
            if line.box is not None and line.text.strip():
                lot = f"{edition.state.id}:{page.number}:{at}:{line.text}"
                drawn.append((hashlib.sha256(lot.encode()).hexdigest(), page.number, at))
    for _, number, at in sorted(sorted(drawn)[:SAMPLED_LINES], key=lambda one: one[1:]):
        page = pages[number]
        read = page.source.page
        assert read is not None
        image = PageImage(edition.kept.blob(read.image_sha256), read)
        box = upright_box(page.lines[at], read)
        if box is not None and image.shows(box):
            yield SampledLine(number, image.crop(box), page.lines[at].text)
