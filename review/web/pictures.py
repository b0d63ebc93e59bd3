"""Upright page images and the places on them, a few pages kept at hand."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from functools import cache
from threading import Lock
from typing import NamedTuple

from model.box import Box
from model.edit import Span
from model.errors import ChamraError
from model.page import Page, Quality, Reader, Reading
from ocr.source.rasterise import Source
from reports.crops import PageImage
from workspace.store import BlobStore

_KEPT = 6  # pages; an A4 page at 300 dpi takes 9 MB

WIDTHS = (600, 900, 1300, 1800, 2600)
"""Pixels that a page may be asked for in; it is never made larger than it is."""

SHOWN_QUALITY = 60
"""Of JPEG: a page 1300 pixels wide has 140 to 210 kB and is made in 30 ms. WebP takes half of that and 250 ms."""


class ImagePlace(NamedTuple):
    """A rectangle in pixels of the upright page."""

    left: int
    top: int
    right: int
    bottom: int


class Picture:
    """One upright page: its picture, and where things lie on it. Another reading has another `key`.

    `line` gives the place of a printed line, `span` that of a span within one line, `box` that of a place of the page
    image, `shown` the picture as a grey JPEG so many pixels wide. All are kept, for they are asked for again after
    every decision. `cut` gives a piece with nothing lost.
    """

    shown: Callable[[int], bytes]
    line: Callable[[Span], ImagePlace | None]
    span: Callable[[Span], ImagePlace | None]
    box: Callable[[Box], ImagePlace | None]

    def __init__(self, image: PageImage, key: str) -> None:
        self.key = key
        self.width, self.height = image.size
        self.shown = cache(lambda width: image.jpeg(width, SHOWN_QUALITY))
        self.line = cache(lambda span: _place(image.line_box(span)))
        self.span = cache(lambda span: _place(image.place(span)))
        self.box = cache(lambda box: _place(image.upright(box)))
        self._image = image

    def holds(self, place: ImagePlace) -> bool:
        """True when a place lies on the page and is not empty."""
        left, top, right, bottom = place
        return 0 <= left < right <= self.width and 0 <= top < bottom <= self.height

    def around(self, span: Span) -> ImagePlace | None:
        """The place of a span with some of its line on both sides."""
        place = self.span(span)
        if place is None:
            return None
        reach = 5 * (place.bottom - place.top)
        return place._replace(left=max(0, place.left - reach), right=min(self.width, place.right + reach))

    def cut(self, place: ImagePlace) -> bytes:
        """The piece as a PNG, with a little paper around it."""
        return self._image.cut(Box(*place))


class Pictures:
    """The pictures of the pages that are looked at. Safe to use from several threads."""

    def __init__(self, store: BlobStore) -> None:
        self._store = store
        self._lock = Lock()
        self._kept: OrderedDict[str, Picture] = OrderedDict()
        self._without: set[str] = set()

    def of_source(self, document: str, number: int) -> Picture | None:
        """The picture of a page that no program has read, as the source file has it; None where that has none, or
        where it cannot be made: then that is why the page was not read."""
        key = f"{document}:{number}"
        with self._lock:
            if key in self._kept or key in self._without:
                return self._kept.get(key)
        try:
            with Source(self._store.path(document)) as source:
                raster = source.page(number)
        except ChamraError:
            self._without.add(key)
            return None
        nothing = Reading.of_text("", Reader("nobody", "1"), number)
        quality = Quality(0.0, 0.0, 0.0, 0.0, 0.0, blank=False)
        page = Page(document, number, "", raster.width, raster.height, raster.dpi, quality, (nothing,))
        return self._keep(key, Picture(PageImage(raster.png, page), f"{document[:16]}.{number}"))

    def _keep(self, key: str, picture: Picture) -> Picture:
        with self._lock:
            self._kept[key] = picture
            self._kept.move_to_end(key)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return picture

    def of(self, blob: str, page: Page) -> Picture | None:
        """The picture of a page, `blob` being the page's own; None where it has no image.

        Raises:
            DamagedBlob: the image is missing, or is not a picture.
        """
        if not page.image_sha256:
            return None
        with self._lock:
            picture = self._kept.get(blob)
        if picture is None:
            picture = Picture(PageImage(self._store.get(page.image_sha256), page), blob[:16])
        return self._keep(blob, picture)


def width_of(asked: str) -> int:
    """The smallest of `WIDTHS` that is no smaller than what is asked for; the largest where that is no number."""
    wanted = int(asked) if asked.isdecimal() and asked.isascii() and len(asked) < 6 else WIDTHS[-1]
    return min((one for one in WIDTHS if one >= wanted), default=WIDTHS[-1])


def _place(box: Box | None) -> ImagePlace | None:
    return None if box is None else ImagePlace(box.left, box.top, box.right, box.bottom)
