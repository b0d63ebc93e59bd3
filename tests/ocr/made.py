"""Source files made on the spot, good and hostile."""

import io
import struct
import zlib

import numpy as np
import pikepdf
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image

PROMPT = b"BT /F1 24 Tf 72 700 Td (Kamphaeng 2567) Tj ET"


def speckled(width, height, seed=1):
    """An image in which no pixel is like its neighbours, so that any resampling shows."""
    return np.random.default_rng(seed).integers(0, 256, (height, width), dtype=np.uint8)


def pdf(*pages, **save):
    """A PDF of pages given as (width in points, height in points, content, resources)."""
    document = pikepdf.new()
    for width, height, content, resources in pages:
        document.add_blank_page()
        page = document.pages[-1]
        page.MediaBox = Array([0, 0, width, height])
        page.Contents = document.make_stream(content)
        page.Resources = resources(document) if callable(resources) else resources
    out = io.BytesIO()
    document.save(out, **save)
    return out.getvalue()


def font():
    return Dictionary(
        Font=Dictionary(F1=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    )


def text_page(content=PROMPT, width=595, height=842):
    return (width, height, content, font())


def scan_page(pixels, dpi, extra=b""):
    """A page that is one grey image, as scanners make them."""
    height, width = pixels.shape
    points = width / dpi * 72, height / dpi * 72

    def resources(document):
        image = Stream(document, pixels.tobytes())
        image.update(
            {
                "/Type": Name.XObject,
                "/Subtype": Name.Image,
                "/Width": width,
                "/Height": height,
                "/ColorSpace": Name.DeviceGray,
                "/BitsPerComponent": 8,
            }
        )
        found = font()
        found.XObject = Dictionary(Im0=document.make_indirect(image))
        return found

    content = b"q %f 0 0 %f 0 0 cm /Im0 Do Q " % points + extra
    return (*points, content, resources)


def form_pdf(value):
    """A page with a filled-in text field."""
    document = pikepdf.new()
    document.add_blank_page(page_size=(300, 200))
    page = document.pages[0]
    field = document.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Tx,
            T=pikepdf.String("name"),
            V=pikepdf.String(value),
            Rect=Array([20, 80, 280, 120]),
            DA=pikepdf.String("/F1 24 Tf 0 g"),
            F=4,
        )
    )
    page.Annots = Array([field])
    document.Root.AcroForm = Dictionary(
        Fields=Array([field]), DR=font(), DA=pikepdf.String("/F1 24 Tf 0 g"), NeedAppearances=True
    )
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def image_bytes(pixels, kind, **save):
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, kind, **save)
    return out.getvalue()


def tiff(*pages, **save):
    first, *others = [Image.fromarray(page) for page in pages]
    out = io.BytesIO()
    first.save(out, "TIFF", save_all=True, append_images=others, **save)
    return out.getvalue()


def tiff_that_leads_back(pages, last):
    """A TIFF of so many pages whose directory of page `last` names the first page's as the next one."""
    data = bytearray(tiff(*[np.full((60, 80), 255, np.uint8)] * pages))
    [first] = struct.unpack_from("<I", data, 4)
    here = first
    for number in range(1, last + 1):
        [count] = struct.unpack_from("<H", data, here)
        place = here + 2 + 12 * count
        [here] = struct.unpack_from("<I", data, place)
        if number == last:
            struct.pack_into("<I", data, place, first)
    return bytes(data)


def png_header_only(width, height):
    """A PNG of a few bytes that claims to be that large."""

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


def tiff_header_only(width, height):
    """A TIFF of a few bytes that claims to be that large."""
    entries = [
        (256, 4, width),
        (257, 4, height),
        (258, 3, 8),
        (259, 3, 1),
        (262, 3, 1),
        (273, 4, 8),
        (277, 3, 1),
    ]
    entries += [(278, 4, height), (279, 4, 100)]
    body = struct.pack("<H", len(entries))
    for tag, kind, value in entries:
        body += struct.pack("<HHII", tag, kind, 1, value)
    return b"II*\0" + struct.pack("<I", 8) + body + struct.pack("<I", 0) + b"\0" * 100
