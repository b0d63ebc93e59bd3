"""PDFs as a scanner makes them, each changed in one way."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

AS_THEY_ARE: dict[str, Any] = {
    "stream_decode_level": pikepdf.StreamDecodeLevel.none, "compress_streams": False,
}  # fmt: skip
"""How streams are saved."""


def scan(change: Callable[[Pdf], None] = lambda _: None, **saving: Any) -> bytes:
    """A PDF as a scanner makes it, of one grey image, changed."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        image = pdf.make_stream(bytes(100))
        image.Type, image.Subtype, image.ColorSpace = Name.XObject, Name.Image, Name.DeviceGray
        image.Width = image.Height = 10
        image.BitsPerComponent = 8
        pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(Im=image))
        pdf.pages[0].obj.Contents = pdf.make_stream(b"q 595 0 0 842 0 0 cm /Im Do Q")
        change(pdf)
        data = io.BytesIO()
        pdf.save(data, **(saving or AS_THEY_ARE))
    return data.getvalue()


def image_of(pdf: Pdf) -> pikepdf.Object:
    return pdf.pages[0].Resources.XObject.Im


def drawn(content: bytes, **resources: object) -> Callable[[Pdf], None]:
    """Something drawn besides the image."""

    def change(pdf: Pdf) -> None:
        page_ = pdf.pages[0].obj
        page_.Contents = Array([page_.Contents, pdf.make_stream(content)])
        for name, value in resources.items():
            page_.Resources[f"/{name}"] = value

    return change


def both(*changes: Callable[[Pdf], None]) -> Callable[[Pdf], None]:
    def change(pdf: Pdf) -> None:
        for one in changes:
            one(pdf)

    return change


def rooted(name: str, value: object) -> Callable[[Pdf], None]:
    def change(pdf: Pdf) -> None:
        pdf.Root[f"/{name}"] = value(pdf) if callable(value) else value

    return change


def imaged(name: str, value: object) -> Callable[[Pdf], None]:
    def change(pdf: Pdf) -> None:
        image_of(pdf)[f"/{name}"] = value

    return change


def annotated(**entries: object) -> Callable[[Pdf], None]:
    def change(pdf: Pdf) -> None:
        made = {key: value(pdf) if callable(value) else value for key, value in entries.items()}
        one = Dictionary({f"/{key}": value for key, value in made.items()} | {"/Type": Name.Annot})
        if "Rect" not in entries:
            one.Rect = Array([10, 10, 90, 30])
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(one)])
        if "FT" in entries:
            pdf.Root.AcroForm = Dictionary(Fields=pdf.pages[0].obj.Annots)

    return change


def look(pdf: Pdf, content: bytes = b"0 g 0 0 80 20 re f") -> pikepdf.Object:
    form = pdf.make_stream(content)
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 80, 20])
    return Dictionary(N=form)


def stated(space: str, name: str, value: object) -> Callable[[Pdf], None]:
    def change(pdf: Pdf) -> None:
        with pdf.open_metadata(set_pikepdf_as_editor=False) as meta:
            meta.register_xml_namespace(space, "t")
            meta[f"{{{space}}}{name}"] = value

    return change


def act(**entries: object) -> Dictionary:
    return Dictionary({f"/{key}": value for key, value in entries.items()})


def profile(kind: bytes = b"mntr", space: bytes = b"CMYK", version: int = 2) -> bytes:
    head = bytearray(132)
    head[8], head[12:16], head[16:20], head[36:40] = version, kind, space, b"acsp"
    return bytes(head)


def intent(data: bytes, components: int) -> Callable[[Pdf], Array]:
    def made(pdf: Pdf) -> Array:
        stream = pdf.make_stream(data)
        stream.N = components
        return Array([Dictionary(S=Name.GTS_PDFA1, OutputConditionIdentifier="x", DestOutputProfile=stream)])

    return made


def group(name: str) -> Callable[[Pdf], None]:
    def change(pdf: Pdf) -> None:
        pdf.pages[0].obj.Group = Dictionary(S=Name.Transparency, CS=Name(name))

    return change


def sized(width: float, height: float) -> Callable[[Pdf], None]:
    def change(pdf: Pdf) -> None:
        pdf.pages[0].obj.MediaBox = Array([0, 0, width, height])

    return change


def inked(pdf: Pdf) -> None:
    tint = pdf.make_stream(b"{}")
    space = Array([Name.DeviceN, Array([Name.A, Name.B]), Name.DeviceGray, tint])
    drawn(b"/C0 cs", ColorSpace=Dictionary(C0=space))(pdf)


def packed(name: str) -> Callable[[Pdf], None]:
    def change(pdf: Pdf) -> None:
        image_of(pdf).Filter = Name(name)

    return change


def jpeg_2000(*boxes: tuple[bytes, bytes]) -> bytes:
    def box(kind: bytes, body: bytes) -> bytes:
        return (len(body) + 8).to_bytes(4, "big") + kind + body

    return box(b"jP  ", b"\r\n\x87\n") + box(b"jp2h", b"".join(box(*one) for one in boxes))


HEAD = (b"ihdr", bytes(8) + b"\x00\x01\x07\x07\x00\x00")
GREY = (b"colr", b"\x01\x00\x00" + (17).to_bytes(4, "big"))
STRANGE = (b"colr", b"\x01\x00\x00" + (19).to_bytes(4, "big"))


def in_jpeg_2000(data: bytes) -> Callable[[Pdf], None]:
    def change(pdf: Pdf) -> None:
        image = image_of(pdf)
        image.write(data, filter=Name.JPXDecode)
        del image.ColorSpace

    return change


def layered(**entries: object) -> Callable[[Pdf], None]:
    def change(pdf: Pdf) -> None:
        one = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="ตรา"))
        shown = Dictionary({f"/{key}": value for key, value in entries.items()})
        pdf.Root.OCProperties = Dictionary(OCGs=Array([one]), D=shown)

    return change
