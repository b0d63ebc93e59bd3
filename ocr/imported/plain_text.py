"""Plain text: a form feed between pages, a line for each line. Whatever is no XML may be that."""

from __future__ import annotations

from ocr.imported.bounds import check_text
from ocr.imported.parts import GivenFile, ImportedFile, ImportedPage, ImportFormat, TextLine, TextRun
from ocr.source.textfile import decode_text


def parse(file: GivenFile) -> ImportedFile:
    """The pages of a text in UTF-8.

    Raises:
        BadInput: it is not, or a page of it is longer than any page is.
    """
    check_text(file.data, file.name)
    text = decode_text(file.data, file.name).removeprefix("\ufeff")
    pages = text.replace("\r\n", "\n").split("\f")
    if len(pages) > 1 and not pages[-1].strip():
        pages.pop()  # a form feed ends every page in some programs' output, and parts pages in others'
    return ImportedFile(
        "", "",
        tuple(
            ImportedPage(0.0, 0.0, tuple(TextLine((TextRun(row),) if row else ()) for row in page.split("\n")))
            for page in pages
        ),
    )  # fmt: skip


FORMAT = ImportFormat(lambda file: file.root is None, parse, is_last_resort=True)
