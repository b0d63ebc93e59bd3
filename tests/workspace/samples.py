"""Pages, findings and strategies that the tests of keeping and deciding share."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from model.account import Account, InkKind, InkPlace, UnseenKind, UnseenPlace
from model.box import Box
from model.edit import (
    Edit,
    Expectation,
    Finding,
    Findings,
    Flag,
    Proposal,
    Safety,
    Span,
    finding_id,
    text_sha256,
)
from model.evidence import NAMES, Evidence, EvidenceKind
from model.mark import Mark, MarkKind
from model.page import Line, Page, Preparation, Quality, Reader, Reading, Rectification
from model.region import CheckState, ReadingDirection, Region, RegionKind, TableCellRole

DOCUMENT = "d" * 64
QUALITY = Quality(x_height=22.5, contrast=0.8, noise=0.01, sharpness=3.5, ink=0.07, blank=False)
READER = Reader("tesseract", "5.3.0", (("languages", "tha+eng"), ("psm", "3")))


class Ticking:
    """A clock that goes on by one second whenever somebody looks."""

    def __init__(self) -> None:
        self.now = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


def reading(text: str, page: int = 1) -> Reading:
    """A reading with a box for every letter, all in one line for each line of text."""
    boxes = tuple(
        None if letter.isspace() else Box(10 + 20 * i, 30, 28 + 20 * i, 60) for i, letter in enumerate(text)
    )
    lines = Reading.of_text(text, READER, page).lines
    return Reading(
        page=page,
        reader=READER,
        text=text,
        lines=tuple(Line(line.span, Box(0, 0, 9, 9)) for line in lines),
        boxes=boxes,
        confidences=tuple(None if box is None else 0.93 for box in boxes),
        gaps=tuple(None if box is None else 2.5 for box in boxes),
    )


def page(text: str, *, document: str = DOCUMENT, number: int = 1, image: str = "") -> Page:
    """A page with one reading."""
    return Page(document, number, image, 2480, 3508, 300.0, QUALITY, (reading(text, number),))


def proposal(text: str, before: str, after: str, *, safety: Safety = Safety.REVIEW, people: int = 1,
             rule: str = "GAZ001", supersedes: tuple[str, ...] = ()) -> Proposal:  # fmt: skip
    """Propose to replace the first `before` of the text."""
    start = text.index(before)
    span = Span(start, start + len(before))
    return Proposal(
        id=finding_id(text_sha256(text), rule, span, after), rule=rule, rule_version=1,
        edit=Edit(span, before, after), message=f"{before} is written {after}",
        evidence=(Evidence(EvidenceKind.PLACE, ((after,),), 0.9),), confidence=0.9, safety=safety,
        alternatives=(), supersedes=supersedes, people=people,
    )  # fmt: skip


def flag(text: str, what: str, *, rule: str = "DIG001", people: int = 1) -> Flag:
    """Flag the first `what` of the text."""
    start = text.index(what)
    span = Span(start, start + len(what))
    return Flag(finding_id(text_sha256(text), rule, span, None), rule, span, "cannot be read", (), people)


def findings(text: str, *found: Finding, ruleset: str = "rules-1") -> Findings:
    """What the rules found in a text."""
    return Findings(
        text_sha256(text),
        tuple(one for one in found if isinstance(one, Proposal)),
        tuple(one for one in found if isinstance(one, Flag)),
        ruleset,
        "dictionaries-1",
        Expectation(len(text), 1.5, 0, 4.25),
    )


texts = st.text(st.characters(codec="utf-8"), max_size=12)
thai = st.text(st.sampled_from("กขคงจชตนมรลวสอ ะาำิีุเแไ่้\n๑๒"), min_size=1, max_size=40)
_coordinates = st.integers(0, 5000)
_reals = st.floats(allow_nan=False, allow_infinity=False)


@st.composite
def boxes(draw: st.DrawFn) -> Box:
    left, top = draw(_coordinates), draw(_coordinates)
    return Box(left, top, left + draw(_coordinates), top + draw(_coordinates))


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    text = draw(thai)
    size = len(text)

    def each(one: st.SearchStrategy[object]) -> tuple[object, ...]:
        return tuple(draw(st.lists(st.none() | one, min_size=size, max_size=size)))

    settings = draw(st.lists(st.tuples(texts, texts), max_size=3))
    lines = Reading.of_text(text, READER).lines
    kinds, places = st.sampled_from(list(MarkKind)), st.integers(0, size)
    marks = [
        Mark(draw(kinds), Span(*sorted((draw(places), draw(places)))), draw(st.none() | boxes()), draw(texts))
        for _ in range(draw(st.integers(0, 2)))
    ]
    return Reading(
        page=draw(st.integers(1, 5000)),
        reader=Reader(draw(texts), draw(texts), tuple(settings)),
        text=text,
        lines=tuple(Line(line.span, draw(st.none() | boxes())) for line in lines),
        boxes=each(boxes()),  # type: ignore[arg-type]
        confidences=each(st.floats(0, 1)),  # type: ignore[arg-type]
        gaps=each(st.floats(-5, 500)),  # type: ignore[arg-type]
        marks=tuple(marks),
    )


_edges = st.integers(0, 4999)
_boxes = st.builds(
    lambda left, top, wide, high: Box(left, top, left + wide, top + high), _edges, _edges, _edges, _edges
)
_ink = st.builds(
    InkPlace, st.sampled_from(InkKind), _boxes, st.integers(0, 9**9), st.none() | st.integers(0, 9999)
)
_spans = st.tuples(st.integers(0, 99), st.integers(1, 99)).map(lambda ends: Span(ends[0], ends[0] + ends[1]))
_unseen = st.builds(UnseenPlace, st.sampled_from(UnseenKind), _spans, st.none() | _boxes)
_accounts = st.builds(
    Account, st.booleans(), st.integers(0, 9**9), *[st.lists(_ink, max_size=2).map(tuple)] * 2,
    st.lists(_unseen, max_size=2).map(tuple),
)  # fmt: skip


@st.composite
def rectifications(draw: st.DrawFn) -> Rectification | None:
    if draw(st.booleans()):
        return None
    rows, columns = draw(st.integers(2, 4)), draw(st.integers(2, 4))
    row = st.lists(st.tuples(_reals, _reals), min_size=columns, max_size=columns).map(tuple)
    nodes = draw(st.lists(row, min_size=rows, max_size=rows).map(tuple))
    return Rectification(draw(st.integers(1, 9999)), draw(st.integers(1, 9999)), nodes)


@st.composite
def pages(draw: st.DrawFn) -> Page:
    quality = Quality(
        draw(_reals), draw(_reals), draw(_reals), draw(_reals), draw(_reals), draw(st.booleans())
    )
    preparation = Preparation(
        draw(st.integers(0, 3)),
        draw(_reals),
        tuple(draw(st.lists(texts, max_size=3))),
        draw(rectifications()),
    )
    return Page(
        draw(texts), draw(st.integers(1, 5000)), draw(texts), draw(st.integers(0, 9999)),
        draw(st.integers(0, 9999)), draw(st.floats(1, 1200)), quality,
        tuple(draw(st.lists(readings(), min_size=1, max_size=2))), preparation,
        tuple(draw(st.lists(regions(), max_size=2))), draw(st.none() | _accounts),
    )  # fmt: skip


@st.composite
def regions(draw: st.DrawFn, depth: int = 2) -> Region:
    kind = draw(st.sampled_from(RegionKind))
    counts = st.integers(0, 50)
    role = TableCellRole(draw(counts), draw(counts), draw(counts) + 1, draw(counts) + 1, draw(st.booleans()))
    start = draw(counts)
    return Region(
        kind,
        draw(boxes()),
        order=draw(st.none() | counts),
        direction=draw(st.sampled_from(ReadingDirection)),
        parts=tuple(draw(st.lists(regions(depth - 1), max_size=2))) if depth else (),
        cell=role if kind is RegionKind.CELL else None,
        state=draw(st.sampled_from(CheckState)) if kind is RegionKind.CHECK_BOX else None,
        span=draw(st.none() | st.just(Span(start, start + 3))),
    )


_values = texts | st.integers(-(2**40), 2**40) | st.lists(texts, max_size=3).map(tuple)


@st.composite
def _evidence_of(draw: st.DrawFn) -> Evidence:
    kind = draw(st.sampled_from(EvidenceKind))
    return Evidence(kind, tuple(draw(_values) for _ in NAMES[kind]), draw(st.none() | _reals))


_evidence = _evidence_of()


@st.composite
def found_in(draw: st.DrawFn, text: str, *, messages: st.SearchStrategy[str] = texts) -> Findings:
    """Arbitrary proposals and flags in a text."""
    seen: dict[str, Finding] = {}
    for _ in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, len(text) - 1))
        span = Span(start, draw(st.integers(start + 1, min(len(text), start + 5))))
        people = draw(st.sampled_from((1, 1, 2)))
        before = text[span.start : span.end]
        after = draw(st.text(st.sampled_from("กขคงา"), max_size=4))
        if after == before:
            continue
        made: Finding
        if draw(st.booleans()):
            safety = draw(st.sampled_from((Safety.REVIEW, Safety.SAFE)))
            made = Proposal(
                finding_id(text_sha256(text), "GAZ001", span, after), "GAZ001", draw(st.integers(1, 9)),
                Edit(span, before, after), draw(messages), tuple(draw(st.lists(_evidence, max_size=2))),
                draw(st.floats(0, 1)), safety, tuple(draw(st.lists(texts, max_size=2))), (), people,
            )  # fmt: skip
        else:
            made = Flag(finding_id(text_sha256(text), "DIG001", span, None), "DIG001", span, draw(messages),
                        tuple(draw(st.lists(_evidence, max_size=2))), people)  # fmt: skip
        seen[made.id] = made
    return findings(text, *seen.values())
