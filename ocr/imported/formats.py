"""Which form a file has, of those that there are, and its pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from model import extensions
from model.errors import BadInput
from ocr.imported.bounds import MOST_LETTERS, MOST_LINES, too_much
from ocr.imported.parts import GivenFile, ImportedFile, ImportFormat, local, xml_root


def known_formats() -> dict[str, ImportFormat]:
    """The forms that there are, ours first.

    Raises:
        MissingProgram: the module of a form cannot be loaded.
        UsageError: two packages bring a form of one name.
    """
    names = extensions.names(extensions.IMPORTS)
    return {form: cast("ImportFormat", extensions.load(extensions.IMPORTS, form)) for form in names}


def parse(
    data: bytes, name: str, known: Mapping[str, ImportFormat] | None = None
) -> tuple[str, ImportedFile]:
    """The form that a file has, of the known ones, and its pages.

    Raises:
        BadInput: it is of no known form or of several, cannot be used, holds more than files of its form do, or has
            no pages.
    """
    known = known_formats() if known is None else known
    file = GivenFile(name, data, xml_root(data, name))
    recognised = [form for form, one in known.items() if one.recognises(file)]
    fitting = [form for form in recognised if not known[form].is_last_resort] or recognised
    if len(fitting) > 1:
        raise BadInput(
            f"{name} may be {' or '.join(fitting)}.", remedy="Remove the package that is wrong about it."
        )
    if not fitting:
        begins = "" if file.root is None else f": it begins with <{local(file.root)[:60]}>"
        raise BadInput(f"{name} is no OCR result{begins}.", remedy=f"Give one of these: {', '.join(known)}.")
    found = known[fitting[0]].parse(file)
    if not found.pages:
        raise BadInput(f"{name} has no pages.", remedy="Give the whole result of a run.")
    _check_pages(found, name)
    return fitting[0], found


def _check_pages(file: ImportedFile, name: str) -> None:
    for number, page in enumerate(file.pages, 1):
        if len(page.lines) > MOST_LINES:
            raise too_much(name, number, f"{MOST_LINES} lines")
        if sum(len(run.text) for line in page.lines for run in line.runs) > MOST_LETTERS:
            raise too_much(name, number, f"{MOST_LETTERS} characters")
