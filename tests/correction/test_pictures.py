"""What OCR reads in a picture is shown with the flag on its place, and is no part of the text."""

from dataclasses import replace

from correction.catalogue import default_rules
from correction.engine import propose
from model.edit import Span
from model.evidence import Evidence, EvidenceKind
from model.mark import Mark, MarkKind
from model.page import Reader, Reading

TEXT = "ภาพที่ ๑"


def found(*texts):
    marks = tuple(Mark(MarkKind.PICTURE, Span(7, 8), None, text) for text in texts)
    reading = replace(Reading.of_text(TEXT, Reader("line-reader", "1")), marks=marks)
    rules = [rule for rule in default_rules() if rule.code == "LOW005"]
    return propose(reading, rules, strict=True).flags


def test_the_picture_s_own_text_is_the_flag_s_evidence():
    (flag,) = found("แผนที่\nมาตราส่วน", "")
    assert flag.span == Span(7, 8)
    assert flag.evidence == (Evidence(EvidenceKind.READS, ("OCR", "แผนที่\nมาตราส่วน")),)


def test_a_picture_in_which_nothing_was_read_is_flagged_all_the_same():
    (flag,) = found("")
    assert flag.evidence == ()
