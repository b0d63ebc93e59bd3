"""A document as a PDF that can be searched, written with qpdf: this runs in the confined process (`worker`).

What the source draws stays as it is: the streams of its pages keep their bytes, and an image file is put in as it came
where a PDF can hold it so. The text is the first content of its page, so that nothing the page does to the graphics
state can displace it.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count

import pikepdf
from pikepdf import Array, Dictionary, Object, Pdf

from model.geometry import Affine
from reports.laid_out import LaidOutPage
from reports.searchable.archival import (
    Archival,
    claim_archival,
    claims_first_part,
    name_package,
    name_signers,
    title,
)
from reports.searchable.archive.fonts import UNMAPPED
from reports.searchable.font import FONT_NAME, TextFont
from reports.searchable.images import image_of
from reports.searchable.layer import tagged_texts
from reports.searchable.own_text import silence_own_text
from reports.searchable.page_box import page_space
from reports.searchable.shown_pages import show_alone
from reports.searchable.streams import compressed
from reports.searchable.tagging import LANGUAGE, StructureTree

_POINTS_PER_INCH = 72
_NO_PICTURE = (595.0, 842.0)  # points; A4, for a page of which there is no picture


@dataclass(frozen=True, slots=True)
class PdfJob:
    """What is to be written: the pages' texts, laid over the pages of the source or, where that is no PDF or holds text
    there that nobody can see, over page images by their numbers. `signers` says who signed the text and how that is
    known; `replaces_text`, `package_sha256` as in `model.publication.Edition`."""

    title: str
    is_pdf: bool
    pages: tuple[LaidOutPage, ...]
    replaces_text: bool = False
    package_sha256: str = ""
    signers: str = ""
    images: Mapping[int, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Target:
    """A page of the PDF, the text that goes onto it, and where pixels of its page image lie in its coordinates."""

    page: pikepdf.Page
    text: LaidOutPage
    space: Affine


def written(job: PdfJob, source: bytes, password: str) -> tuple[bytes, Archival]:
    """The PDF, and what it claims to be.

    Raises:
        pikepdf.PasswordError: the source is encrypted, and not with this password.
        pikepdf.PdfError: the source is no sound PDF.
    """
    with pikepdf.open(io.BytesIO(source), password=password) if job.is_pdf else pikepdf.new() as pdf:
        plain = any(isinstance(one, pikepdf.Stream) and "/Filter" not in one for one in pdf.objects)
        targets = _own_pages(pdf, job) if job.is_pdf else _pages_of_images(pdf, job, source)
        if job.is_pdf and job.replaces_text:
            silence_own_text(pdf, [target.page for target in targets])
        _lay_text(pdf, targets)
        if not job.is_pdf:
            title(pdf, job.title)
        if job.package_sha256:
            name_package(pdf, job.package_sha256)
        if job.signers:
            name_signers(pdf, job.signers)
        archival = claim_archival(pdf, maps_all=_maps_all(job), structured=not (job.is_pdf and job.images))
        file = io.BytesIO()
        pdf.save(
            file, deterministic_id=True, compress_streams=not plain,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
            object_stream_mode=pikepdf.ObjectStreamMode.disable
            if claims_first_part(pdf)
            else pikepdf.ObjectStreamMode.generate,
        )  # fmt: skip
        return file.getvalue(), archival


def _maps_all(job: PdfJob) -> bool:
    """Whether a ToUnicode map of PDF/A may name every character of the text."""
    return not any(
        one.character in UNMAPPED for page in job.pages for line in page.lines for one in line.characters
    )


def _own_pages(pdf: Pdf, job: PdfJob) -> list[_Target]:
    targets, shown = [], {}
    for text in job.pages:
        page = pdf.pages[text.number - 1]
        read = text.source.page
        if read is None:
            continue
        space = page_space(page, read.width, read.height)
        targets.append(_Target(page, text, space))
        if text.number in job.images:
            shown[text.number] = (space, read.width, read.height, job.images[text.number])
    show_alone(pdf, shown)
    return targets


def _pages_of_images(pdf: Pdf, job: PdfJob, source: bytes) -> list[_Target]:
    targets = []
    for text in job.pages:
        read = text.source.page
        if read is None:
            pdf.add_blank_page(page_size=_NO_PICTURE)
            continue
        scale = _POINTS_PER_INCH / read.dpi
        width, height = read.width * scale, read.height * scale
        pdf.add_blank_page(page_size=(width, height))
        page = pdf.pages[-1]
        placed = image_of(pdf, source, job.images[text.number])
        page.obj.Resources = Dictionary(XObject=Dictionary(Image=placed.image))
        placing = " ".join(map(str, placed.placing))
        drawing = f"q {width:.3f} 0 0 {height:.3f} 0 0 cm {placing} cm /Artifact BMC /Image Do EMC Q"
        page.obj.Contents = compressed(pdf, drawing.encode("ascii"))
        targets.append(_Target(page, text, Affine(scale, 0, 0, 0, -scale, height)))
    return targets


def _lay_text(pdf: Pdf, targets: Sequence[_Target]) -> None:
    font = TextFont(_free_name(targets))
    # A source that is tagged keeps its own structure; ours would be read aloud as a second copy.
    tree = None if "/StructTreeRoot" in pdf.Root else StructureTree(pdf)
    for target in targets:
        texts = tagged_texts(target.text, target.space, font)
        operators = (
            tree.mark(target.page, texts)
            if tree
            else [f"/Artifact BMC\n{one.operators}\nEMC" for one in texts]
        )
        if operators:
            _put_first(pdf, target.page, "\n".join(("q BT 3 Tr", *operators, "ET Q")).encode("ascii"))
    written = font.write(pdf)
    for target in targets:
        _add_font(target.page, font.name, written)
    if tree is not None:
        tree.write()
    if "/Lang" not in pdf.Root:
        pdf.Root.Lang = LANGUAGE


def _free_name(targets: Sequence[_Target]) -> str:
    """A name that no page gives to a font of its own: the source may be a PDF that this program wrote."""
    taken = {name for target in targets for name in target.page.resources.get("/Font", Dictionary())}
    names = (f"{FONT_NAME}{number or ''}" for number in count())
    return next(name for name in names if f"/{name}" not in taken)


def _put_first(pdf: Pdf, page: pikepdf.Page, content: bytes) -> None:
    """Put a content stream before those that the page has, which stay the objects that they are."""
    own = page.obj.get("/Contents", Array())
    streams = list(own) if isinstance(own, Array) else [own]
    page.obj.Contents = Array([pdf.make_indirect(compressed(pdf, content)), *streams])


def _add_font(page: pikepdf.Page, name: str, font: Object) -> None:
    """Name the font in resources of the page's own: those that it has may be shared with others."""
    inherited = page.resources
    resources = Dictionary({key: value for key, value in inherited.items() if key != "/Font"})
    fonts = inherited.get("/Font", Dictionary())
    resources.Font = Dictionary({**dict(fonts.items()), f"/{name}": font})
    page.obj.Resources = resources
