"""What a file is, from its first bytes. The name and its extension say nothing."""

from __future__ import annotations

PDF, TIFF, PNG, JPEG = "pdf", "tiff", "png", "jpeg"

HEAD = 1024
"""How many first bytes `kind_of` wants: a PDF may begin with that many bytes of something else."""

_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
    (b"II+\x00", TIFF),  # BigTIFF
    (b"MM\x00+", TIFF),
)

_KNOWN_OTHERS = (
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"GIF8", "a GIF image"),
    (b"BM", "a BMP image"),
    (b"AT&TFORM", "a DjVu document"),
    (b"\x00\x00\x00\x0cjP", "a JPEG 2000 image"),
    (b"%!PS", "a PostScript document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
)


def kind_of(head: bytes) -> str | None:
    """'pdf', 'tiff', 'png' or 'jpeg', or None when the bytes are none of them."""
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    return PDF if b"%PDF-" in head[:HEAD] else None


def describe(head: bytes) -> tuple[str, str]:
    """What bytes of no known kind look like, in words, and what to do about it."""
    for magic, name in _KNOWN_OTHERS:
        if head.startswith(magic):
            return f"looks like {name}", "Export or print it as PDF, or save it as PNG, JPEG or TIFF."
    if head[4:8] == b"ftyp":
        return "looks like a HEIC image or a film", "Save it as JPEG or PNG."
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "looks like a WebP image", "Save it as PNG or JPEG."
    if _is_text(head):
        return "looks like text", "Correct a text with `chamra correct FILE`."
    shown = " ".join(f"{byte:02x}" for byte in head[:8])
    return f"begins with the bytes {shown}", "Give a PDF, PNG, JPEG or TIFF file."


def _is_text(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):  # UTF-16
        return True
    control = sum(byte < 32 and byte not in b"\t\n\r\f" for byte in head)
    if control:
        return False
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        # The head may end inside a character; and TIS-620 has Thai letters at A1..FB.
        return error.start > len(head) - 4 or all(byte < 0x80 or 0xA1 <= byte <= 0xFB for byte in head)
    return True
