"""Readings of plain texts, and texts full of Thai marks in all the wrong places."""

from dataclasses import replace

from hypothesis import strategies as st

from correction.example import USUAL_CONFIDENCE, Example
from correction.rule import Context, Rule
from correction.view import View
from model.box import Box
from model.edit import Span
from model.mark import Mark
from model.page import Line, Reader, Reading
from model.private_use import PRIVATE_USE

READER = Reader("example", "1")
_ODD = "".join(PRIVATE_USE) + "\u200b\u200d\u2060\ufeff\u00ad\u0003\u0097\u009f\u00a0"
_THAI = "กขตนทสผปญ" + "ัิีึืฺุู็่้๊๋์ํ๎" + "ะาำเแโใไๅๆ" + "๐๕๙12"

# Any text without lone surrogates, which no reading can hold.
ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60)
# Texts in which every rule of the families ENC and SPC finds something sooner or later.
DAMAGED = st.one_of(
    st.text(alphabet=st.sampled_from(_THAI + "  \n\r\t" + _ODD), max_size=40),
    st.text(alphabet=st.sampled_from("กนำาํ้่ ี์เ"), max_size=24),
)


LETTER, BETWEEN, SPACE = 15, 4.0, 16.0
"""Pixels: how wide a letter of a made page is, the white between letters, and a space. Letters are 20 high."""


def printed_reading(text: str, page: str) -> Reading:
    """The text as read from a page that shows the spaces of `page`."""
    where = set()
    at = 0
    for letter in page:
        if letter == " ":
            where.add(at)
        else:
            at += 1
    boxes: list[Box | None] = []
    gaps: list[float | None] = []
    left = letters = 0
    for letter in text:
        if letter.isspace():
            boxes.append(None)
            gaps.append(None)
            continue
        letters += 1
        boxes.append(Box(left, 0, left + LETTER, 20))
        gaps.append(SPACE if letters in where else BETWEEN)
        left += LETTER + int(gaps[-1] or 0)
    lines, start = [], 0
    for row in text.split("\n"):
        lines.append(Line(Span(start, start + len(row)), Box(0, 0, left, 20)))
        start += len(row) + 1
    return Reading(1, READER, text, tuple(lines), tuple(boxes), (0.9,) * len(text), tuple(gaps))


def context(text: str) -> Context:
    """The text as the rules of the first stage see it."""
    return Context(View(text), reading(text))


def reading(text: str) -> Reading:
    """The text as a reader without an image would give it."""
    return Reading.of_text(text, READER)


def pages_of(rule: Rule, example: Example) -> tuple[Reading, list[Reading]]:
    """The page of a rule's example, and what other readers, sure of every character, read there."""
    text, printed = example.text, example.printed
    read = reading(text) if printed is None else printed_reading(text, printed)
    if example.mark is not None:
        read = replace(read, marks=tuple(Mark(example.mark, one.span) for one in example.expected))
    if rule.readers:
        read = replace(read, reader=Reader(rule.readers[0], "1"))
    if example.confidence != USUAL_CONFIDENCE:
        read = replace(read, confidences=(example.confidence,) * len(text))
    beside = (("line-reader", example.witness), ("tesseract", example.tesseract))
    return read, [
        replace(Reading.of_text(said, Reader(name, "1")), confidences=(0.99,) * len(said))
        for name, said in beside
        if said is not None
    ]
