"""The searchable PDF is written in the confined process: qpdf opens nobody's file in this one."""

from __future__ import annotations

import resource
import tempfile
import zlib
from dataclasses import replace

import pikepdf
import pytest

import reports.searchable.document as searchable
from model.errors import BadInput
from model.publication import Edition
from ocr.sandbox.limits import Limits
from reports.searchable.document import packages_in
from tests.reports.made_pages import blank_pdf, corrected, edition, page
from tests.reports.round_trip import exported

HASH = "a" * 64


def one_page(source: bytes = b"") -> Edition:
    read = page("ประกาศ")
    return edition(source or blank_pdf([read]), "pdf", [corrected(read)])


@pytest.fixture
def unopened(monkeypatch):
    """An edition; whoever opens a PDF in this process from here on fails."""
    made = one_page()

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("qpdf opened a file outside of the confined process")

    for name in ("open", "new"):
        monkeypatch.setattr(pikepdf, name, refuse)
        monkeypatch.setattr(pikepdf.Pdf, name, refuse)
    return made


def test_no_source_is_opened_in_this_process(unopened):
    pdf = exported("pdf", replace(unopened, package_sha256=HASH))
    assert pdf.startswith(b"%PDF-")
    assert packages(pdf) == (HASH,)


def packages(pdf: bytes) -> tuple[str, ...]:
    with tempfile.TemporaryFile() as file:
        file.write(pdf)
        file.flush()
        return packages_in(file, "a.pdf")


@pytest.mark.parametrize("pdf", [b"", b"%PDF-1.7\n%%EOF", b"%PDF-1.7\n" + b"[" * 100_000])
def test_what_is_no_pdf_names_no_package(pdf):
    assert packages(pdf) == ()


def bomb(size: int) -> bytes:
    """A PDF whose table of objects unpacks to so many bytes."""
    packer = zlib.compressobj(9)
    block = bytes(1 << 20)
    packed = b"".join(packer.compress(block) for _ in range(size >> 20)) + packer.flush()
    head = b"%%PDF-1.5\n1 0 obj\n<</Type/XRef/Size 9/W[1 2 1]/Root 2 0 R/Filter/FlateDecode/Length %d>>\nstream\n"
    body = head % len(packed) + packed + b"\nendstream\nendobj\n"
    return body + b"startxref\n9\n%%EOF\n"


@pytest.mark.parametrize("source", [
    bomb(2 << 30), b"%PDF-1.7\n1 0 obj\n" + b"[" * 2_000_000, b"%PDF-1.7\n" + b"1 0 obj\n<<" * 100_000,
], ids=["bomb", "nested", "open"])  # fmt: skip
def test_a_hostile_source_costs_the_confined_process_its_life_and_this_one_nothing(source, monkeypatch):
    monkeypatch.setattr(searchable, "DEFAULT_LIMITS", Limits(memory_mb=768, seconds=20))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(BadInput, match="cannot be written as a PDF"):
        exported("pdf", one_page(source))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000  # KiB


def test_a_source_that_takes_too_long_is_told(monkeypatch):
    monkeypatch.setattr(searchable, "DEFAULT_LIMITS", Limits(seconds=0.01))
    monkeypatch.setattr(searchable, "_PAGE_SECONDS", 0.0)
    with pytest.raises(BadInput, match=r"took longer than 0\.01 s"):
        exported("pdf", one_page())
