"""Every glyph that a PDF page draws: which font, which code, where. By pdfminer.six, inside the worker process.

pdfium's public interface gives characters but no glyphs, and with a broken character map the characters are
wrong while the glyphs are right. Facts only: what each glyph means is for `ocr.text_layer` to decide.
"""

from __future__ import annotations

import json
import logging
import math
import re
from collections.abc import Callable, MutableMapping
from importlib import import_module
from itertools import islice
from typing import Any, BinaryIO, TypeAlias
from weakref import WeakKeyDictionary

from ocr.sandbox.protocol import Refusal
from ocr.source.worker_annotations import PAGE, appearances, lacks_appearances
from ocr.source.worker_outlines import FontProgram

MAX_GLYPHS = 60_000
"""Glyphs drawn on one page. The densest page of a newspaper has 20,000."""

MAX_OUTLINES = 1500
"""Glyphs of one font of which outlines are taken: those drawn on the page and those mapped to Thai."""

MAX_CONTENT = 64 * 1024 * 1024
"""Bytes of a font program or a character map after decompression."""

INVISIBLE = 3
"""Text render mode of text that is there to be searched, not seen."""

_NOTHING = 16
"""Bytes that nothing takes when it is compressed."""
_DRAWS = re.compile(rb"/([^\s/<>\[\]()]+)\s+Do\b")

# pdfminer's types stop where resolved PDF objects begin.
pdf_document: Any = import_module("pdfminer.pdfdocument")
pdf_page: Any = import_module("pdfminer.pdfpage")
pdf_parser: Any = import_module("pdfminer.pdfparser")
pdf_interp: Any = import_module("pdfminer.pdfinterp")
pdf_device: Any = import_module("pdfminer.pdfdevice")
pdf_types: Any = import_module("pdfminer.pdftypes")
agl: Any = import_module("fontTools.agl")
utils: Any = import_module("pdfminer.utils")
Handle: TypeAlias = Any
Matrix: TypeAlias = tuple[float, float, float, float, float, float]
_Facts: TypeAlias = dict[tuple[int, bool], str]
"""What a font says of a glyph, by its code and whether with its outline."""

logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # it tells of each oddity of the file


class GlyphFile:
    """A PDF file opened by pdfminer, which reads from it as long as the process lives.

    Raises:
        Refusal: pdfminer cannot make sense of it, or counts other pages in it than the `page_count` that pdfium does:
            then no page of the one could be told to be the same page of the other.
    """

    def __init__(self, file: BinaryIO, password: str | None, page_count: int) -> None:
        try:
            self._document = pdf_document.PDFDocument(pdf_parser.PDFParser(file), password=password or "")
            self._pages = list(islice(pdf_page.PDFPage.create_pages(self._document), page_count + 1))
        except MemoryError:
            raise
        except Exception as error:
            raise Refusal("no glyphs") from error
        if len(self._pages) != page_count:
            raise Refusal("no glyphs")
        self._resources = _PdfResources()
        self._programs: dict[int, Any] = {}
        self._facts: MutableMapping[Any, _Facts] = WeakKeyDictionary()

    def lacks_appearances(self, number: int) -> bool:
        """Has the page a field with a value, or a note, that the file leaves for the viewer to draw?"""
        try:
            return lacks_appearances(self._pages[number - 1])
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001  whatever pdfminer raises on a damaged annotation
            return False

    def lacks_content(self, number: int) -> bool:
        """Has the page content that cannot be read, or that names an image which is not there?"""
        page = self._pages[number - 1]
        try:
            known = pdf_types.dict_value(page.resources.get("XObject") or {})
            for one in page.contents:
                stream = pdf_types.stream_value(one)
                stored = len(stream.get_rawdata() or b"")
                content = stream.get_data()
                named = {name.decode("latin-1") for name in _DRAWS.findall(content)}
                if (stored > _NOTHING and not content.strip()) or named - known.keys():
                    return True
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001  whatever pdfminer raises on a damaged page
            return True
        return False

    def page(self, number: int) -> dict[str, Any]:
        """The page's size as shown in points, its fonts, and its glyphs in the order they are drawn.

        Raises:
            Refusal: pdfminer cannot make sense of the page, or it draws more than a page can hold.
        """
        try:
            page = self._pages[number - 1]
            box = _shown_box(page)
            device = _GlyphDevice(self._resources)
            interpreter = pdf_interp.PDFPageInterpreter(self._resources, device)
            shown = _to_shown(page.rotate, box)
            device.set_ctm(shown)
            interpreter.render_contents(page.resources, page.contents, ctm=shown)
            for appearance in appearances(page):
                device.part = appearance.part
                own = pdf_types.resolve1(appearance.stream.get("Resources"))
                resources = own if isinstance(own, dict) else page.resources
                matrix = utils.mult_matrix(appearance.matrix, shown)
                interpreter.subinterp().render_contents(resources, [appearance.stream], ctm=matrix)
            width, height = box[2] - box[0], box[3] - box[1]
            if page.rotate in (90, 270):
                width, height = height, width
            return {
                "width": width,
                "height": height,
                "images": [_unit_square(matrix) for matrix in device.images],
                "fonts": [self._font_facts(font).facts(codes) for font, codes in device.fonts.values()],
                "glyphs": device.glyphs,
            }
        except (MemoryError, Refusal):
            raise
        except Exception as error:
            raise Refusal("no glyphs") from error

    def _font_facts(self, font: Handle) -> _FontFacts:
        known = self._facts.setdefault(font, {})
        return _FontFacts(font, self._resources.specs.get(font, {}), self._program, known)

    def _program(self, stream: Handle) -> Handle:
        """The font program in a stream, parsed once; None when it is none that fontTools can read."""
        if stream.objid not in self._programs or stream.objid is None:
            try:
                data = stream.get_data()
                self._programs[stream.objid] = FontProgram(data) if len(data) <= MAX_CONTENT else None
            except MemoryError:
                raise
            except Exception:  # noqa: BLE001 - an embedded font of no use is a fact like others
                self._programs[stream.objid] = None
        return self._programs[stream.objid]


class _PdfResources(pdf_interp.PDFResourceManager):  # type: ignore[misc]
    """Remembers each font's dictionary, of which pdfminer's fonts keep only what they use themselves."""

    def __init__(self) -> None:
        super().__init__()
        self.specs: MutableMapping[Any, Any] = WeakKeyDictionary()

    def get_font(self, objid: object, spec: Handle) -> Handle:
        font = super().get_font(objid, spec)
        # Composite fonts come by twice; the inner dictionary, first, is the one with the glyphs.
        self.specs.setdefault(font, spec)
        return font


class _GlyphDevice(pdf_device.PDFTextDevice):  # type: ignore[misc]
    """Notes each glyph: font number, code, origin, the two axes of its em square, render mode, and in which part of the
    page it stands."""

    def __init__(self, resources: Handle) -> None:
        super().__init__(resources)
        self.glyphs: list[tuple[float, ...]] = []
        self.fonts: dict[int, tuple[Any, set[int]]] = {}
        self.images: list[Matrix] = []
        self.part = PAGE
        self._numbers: dict[int, int] = {}

    def render_image(self, name: str, stream: Handle) -> None:
        if len(self.images) < MAX_GLYPHS:
            self.images.append(self.ctm)

    def render_string(self, textstate: Handle, seq: Handle, ncs: Handle, graphicstate: Handle) -> None:
        font, size = textstate.font, float(textstate.fontsize)
        matrix = utils.mult_matrix(textstate.matrix, self.ctm)
        across = float(textstate.scaling) * 0.01
        number, codes = self._font(font)
        a, b, c, d, _, _ = matrix
        axes = (a * size * across, b * size * across, c * size, d * size)
        x, y = textstate.linematrix
        one_byte = not font.is_multibyte()
        for piece in seq:
            if isinstance(piece, int | float):
                x -= piece * 0.001 * size * across
                continue
            if not isinstance(piece, bytes):
                continue
            for code in font.decode(piece):
                origin = utils.apply_matrix_pt(matrix, (x, y + float(textstate.rise)))
                codes.add(code)
                self.glyphs.append((number, code, *origin, *axes, int(textstate.render), self.part))
                if len(self.glyphs) > MAX_GLYPHS:
                    raise Refusal("too many glyphs", glyphs=MAX_GLYPHS)
                advance = font.char_width(code) * size + float(textstate.charspace)
                if one_byte and code == ord(" "):
                    advance += float(textstate.wordspace)
                x += advance * across
        textstate.linematrix = (x, y)

    def _font(self, font: Handle) -> tuple[int, set[int]]:
        if id(font) not in self.fonts:
            self._numbers[id(font)] = len(self.fonts)
            self.fonts[id(font)] = (font, set())
        return self._numbers[id(font)], self.fonts[id(font)][1]


class _FontFacts:
    """What a font says of its glyphs. `known`: what it said on earlier pages."""

    def __init__(
        self, font: Handle, spec: Handle, program: Callable[[Handle], Handle], known: _Facts
    ) -> None:
        self._known = known
        self._font = font
        self._spec = spec
        self._many_bytes = bool(font.is_multibyte())
        descriptor = font.descriptor or {}
        self._program = None
        for key in ("FontFile2", "FontFile3"):
            stream = pdf_types.resolve1(descriptor.get(key))
            if isinstance(stream, pdf_types.PDFStream):
                self._program = program(stream)
        self._to_glyph = self._glyph_numbers() if self._many_bytes else None
        self._names = {} if self._many_bytes else self._differences()

    def facts(self, drawn: set[int]) -> dict[str, Any]:
        """Name and glyphs by code, each as JSON: those drawn and those that the character map gives to Thai letters."""
        others = sorted(self._thai_codes() - drawn)[: max(0, MAX_OUTLINES - len(drawn))]
        return {
            "name": str(self._font.fontname)[:200],
            "glyphs": {
                str(code): self._as_json(code, outlined=place < MAX_OUTLINES)
                for place, code in enumerate([*sorted(drawn), *others])
            },
        }

    def _as_json(self, code: int, *, outlined: bool) -> str:
        if (code, outlined) not in self._known:
            self._known[code, outlined] = json.dumps(self._glyph(code, outlined=outlined))
        return self._known[code, outlined]

    def _glyph(self, code: int, *, outlined: bool) -> dict[str, Any]:
        claim = self._claim(code)
        found: dict[str, Any] = {
            "claim": claim,
            "advance": _number(self._font.char_width(code) * 1000),
            "number": None,
            "own": "",
            "name": "",
            "parts": [],
            "outline": None,
        }
        program = self._program
        if program is None or not outlined:
            return found
        glyph = self._glyph_name(code)
        if glyph is None:
            return found
        try:
            found |= {
                "number": program.number(glyph),
                "own": program.letters(glyph)[:8],
                "name": _named(self._names.get(code) or glyph),
                "parts": program.parts(glyph),
                "outline": program.outline(glyph),
            }
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 - a damaged outline is a glyph without one
            found["outline"] = None
        return found

    def _glyph_name(self, code: int) -> str | None:
        if self._many_bytes:
            number = code if self._to_glyph is None else self._to_glyph(code)
            return None if self._program is None else self._program.by_number(number)
        letter = getattr(self._font, "cid2unicode", {}).get(code)
        return None if self._program is None else self._program.by_code(code, letter, self._names.get(code))

    def _glyph_numbers(self) -> Callable[[int], int] | None:
        """The font's CIDToGIDMap, None where CIDs are glyph numbers."""
        stream = pdf_types.resolve1(self._spec.get("CIDToGIDMap"))
        if not isinstance(stream, pdf_types.PDFStream):
            return None
        table = stream.get_data()
        return lambda code: int.from_bytes(table[2 * code : 2 * code + 2], "big")

    def _differences(self) -> dict[int, str]:
        """Glyph names by code, as the font's encoding lists them."""
        encoding = pdf_types.resolve1(self._spec.get("Encoding"))
        listed = pdf_types.resolve1(encoding.get("Differences")) if isinstance(encoding, dict) else None
        names: dict[int, str] = {}
        code = 0
        for item in listed or ():
            if isinstance(item, int):
                code = item
            elif (name := getattr(item, "name", None)) is not None:
                names[code] = name if isinstance(name, str) else name.decode("latin-1")
                code += 1
        return names

    def _claim(self, code: int) -> str | None:
        try:
            claim = self._font.to_unichr(code)
        except Exception:  # noqa: BLE001 - no claim is a fact like others
            return None
        return claim[:8] if isinstance(claim, str) else None

    def _thai_codes(self) -> set[int]:
        table = getattr(getattr(self._font, "unicode_map", None), "cid2unichr", {})
        return {
            code
            for code, claim in table.items()
            if isinstance(claim, str) and any("\u0e00" <= letter <= "\u0e7f" for letter in claim)
        }


def _shown_box(page: Handle) -> tuple[float, float, float, float]:
    """The part of the page that is shown, in its own coordinates, as pdfium takes it."""
    media, crop = page.mediabox, page.cropbox
    left, bottom = max(media[0], crop[0]), max(media[1], crop[1])
    right, top = min(media[2], crop[2]), min(media[3], crop[3])
    if right <= left or top <= bottom:
        left, bottom, right, top = media
    if right <= left or top <= bottom or not all(map(math.isfinite, (left, bottom, right, top))):
        raise Refusal("no size")
    return left, bottom, right, top


def _to_shown(rotation: int, box: tuple[float, float, float, float]) -> Matrix:
    """From the page's coordinates to points from the top left corner of the page as it is shown, y downwards."""
    left, bottom, right, top = box
    return {
        90: (0.0, 1.0, 1.0, 0.0, -bottom, -left),
        180: (-1.0, 0.0, 0.0, 1.0, right, -bottom),
        270: (0.0, -1.0, -1.0, 0.0, top, right),
    }.get(rotation, (1.0, 0.0, 0.0, -1.0, -left, top))


def _unit_square(matrix: Matrix) -> list[float]:
    corners = [utils.apply_matrix_pt(matrix, corner) for corner in ((0, 0), (1, 0), (0, 1), (1, 1))]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return [min(xs), min(ys), max(xs), max(ys)]


def _named(glyph: str) -> str:
    """The letters that a glyph's name stands for by the Adobe Glyph List; empty for a name without meaning."""
    return str(agl.toUnicode(glyph))[:8]


def _number(value: Handle) -> float:
    number = float(value)
    return round(number, 2) if math.isfinite(number) else 0.0
