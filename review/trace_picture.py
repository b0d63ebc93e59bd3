"""The picture of a traced character, cut from the page image that the trace names."""

from __future__ import annotations

from model.errors import BadInput
from reports.crops import PageImage
from review.trace import Trace
from workspace.codec import decode_page
from workspace.store import BlobStore


def picture(store: BlobStore, found: Trace) -> bytes:
    """The character's place with a little paper around it, as a PNG.

    Raises:
        BadInput: the text has no image, or the reader knew no place for the character.
        DamagedBlob: the image is damaged.
    """
    page = decode_page(store.get(found.page_blob))
    if page.image_sha256:
        image = PageImage(store.get(page.image_sha256), page)
        place = image.place(found.raw)
        if place is not None and image.shows(place):
            return image.cut(place)
    raise BadInput(
        f"Page {found.page} has no picture of character {found.offset}.",
        remedy="Trace a letter beside it: white space may have no place of its own.",
    )
