"""Page ranges as people write them: `1-3,7,12-`."""

from __future__ import annotations

from model.errors import UsageError


def parse_pages(text: str | None, page_count: int, name: str) -> tuple[int, ...]:
    """The page numbers that `text` asks for, ascending, each once; all pages when it is None.

    `1-3,7,12-` means pages 1 to 3, 7 and from 12 to the last. Pages count from 1.

    Raises:
        UsageError: not a page range, or a page that the file `name` does not have.
    """
    if text is None:
        return tuple(range(1, page_count + 1))
    numbers: set[int] = set()
    for part in text.split(","):
        numbers.update(_one_range(part.strip(), page_count, text, name))
    return tuple(sorted(numbers))


def _one_range(part: str, page_count: int, whole: str, name: str) -> range:
    first, dash, last = part.partition("-")
    try:
        low = int(first)
        high = low if not dash else int(last) if last.strip() else page_count
    except ValueError:
        raise UsageError(
            f"--pages {whole}: {part!r} is not a page range.", remedy="Write 1-3,7,12-."
        ) from None
    if not 1 <= low <= high:
        raise UsageError(f"--pages {whole}: {part!r} is not a page range.", remedy="Write 1-3,7,12-.")
    if high > page_count:
        pages = f"{page_count} page{'s' if page_count != 1 else ''}"
        raise UsageError(
            f"--pages {whole}: {name} has {pages}, there is no page {high}.",
            remedy="Ask for pages that the file has.",
        )
    return range(low, high + 1)
