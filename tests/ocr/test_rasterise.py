import io
import struct

import cv2
import numpy as np
import pikepdf
import pytest
from PIL import Image

from model.errors import PageError, UsageError
from ocr.image.png import encode_grey
from ocr.sandbox.limits import Limits
from ocr.source.rasterise import open_source
from tests.ocr import made


@pytest.fixture
def opened(tmp_path):
    """Open bytes as a source file; every source is closed at the end."""
    sources = []

    def open_bytes(data, name="source.bin", **options):
        path = tmp_path / name
        path.write_bytes(data)
        sources.append(open_source(path, **options))
        return sources[-1]

    yield open_bytes
    for source in sources:
        source.close()


def decoded(png):
    return np.asarray(cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_UNCHANGED))


def pixels_of(raster):
    return decoded(raster.png)


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("pdf", made.pdf(made.text_page(), made.text_page())),
        ("png", made.image_bytes(made.speckled(300, 200), "PNG")),
        ("jpeg", made.image_bytes(made.speckled(300, 200), "JPEG")),
        ("tiff", made.tiff(made.speckled(300, 200), made.speckled(100, 50))),
    ],
)
def test_the_kind_comes_from_the_bytes_and_not_from_the_name(opened, kind, data):
    source = opened(data, "misleading.txt")
    assert source.kind == kind
    assert source.page_count == (2 if kind in ("pdf", "tiff") else 1)


def test_a_drawn_pdf_page_is_rendered_at_300_dpi(opened):
    raster = opened(made.pdf(made.text_page())).page(1)
    assert (raster.width, raster.height, raster.dpi) == (2479, 3508, 300)
    image = pixels_of(raster)
    assert image.shape == (3508, 2479)
    assert image[10, 10] == 255
    assert image.min() < 50


@pytest.mark.parametrize("dpi", [100, 200, 300, 400])
def test_a_scanned_pdf_page_comes_out_pixel_for_pixel(opened, dpi):
    scan = made.speckled(410, 587)
    raster = opened(made.pdf(made.scan_page(scan, dpi))).page(1)
    assert raster.dpi == pytest.approx(dpi, abs=0.2)
    assert np.array_equal(pixels_of(raster), scan)


def test_invisible_text_over_a_scan_does_not_change_its_resolution(opened):
    page = made.scan_page(made.speckled(400, 500), 150, b"BT 3 Tr /F1 12 Tf 9 9 Td (hidden) Tj ET")
    assert opened(made.pdf(page)).page(1).dpi == pytest.approx(150, abs=0.2)


def test_visible_text_over_a_picture_makes_the_page_a_drawn_one(opened):
    page = made.scan_page(made.speckled(400, 500), 72, b"BT /F1 12 Tf 9 9 Td (visible) Tj ET")
    assert opened(made.pdf(page)).page(1).dpi == 300


@pytest.mark.parametrize(("scan", "rendered"), [(30, 72), (1200, 600)])
def test_the_resolution_of_a_scan_is_bounded(opened, scan, rendered):
    assert opened(made.pdf(made.scan_page(made.speckled(500, 500), scan))).page(1).dpi == rendered


def test_a_resolution_can_be_asked_for(opened):
    raster = opened(made.pdf(made.text_page(width=72, height=144))).page(1, dpi=100)
    assert (raster.width, raster.height, raster.dpi) == (100, 200, 100)


def test_a_poster_is_rendered_at_the_highest_resolution_that_fits(opened):
    source = opened(made.pdf(made.text_page(width=1440, height=1440)), limits=Limits(pixels=20_000_000))
    raster = source.page(1)
    assert raster.dpi == 223
    assert raster.width * raster.height <= 20_000_000


def test_what_was_filled_into_a_form_is_drawn(opened):
    empty = pixels_of(opened(made.form_pdf(""), "empty.pdf").page(1))
    filled = pixels_of(opened(made.form_pdf("KAMPHAENG"), "filled.pdf").page(1))
    assert np.count_nonzero(filled < 100) > np.count_nonzero(empty < 100) + 500


def test_the_page_image_is_a_grey_png_with_its_resolution_and_the_same_every_time(opened):
    data = made.image_bytes(made.speckled(321, 123), "PNG", dpi=(240, 240))
    first, second = (opened(data, name).page(1) for name in ("a.png", "b.png"))
    assert (first.png, first.dpi) == (second.png, second.dpi)
    assert first.dpi == pytest.approx(240, abs=0.1)
    width, height, depth, colour = struct.unpack(">IIBB", first.png[16:26])
    assert (width, height, depth, colour) == (321, 123, 8, 0)
    at = first.png.index(b"pHYs")
    assert struct.unpack(">IIB", first.png[at + 4 : at + 13]) == (9449, 9449, 1)


@pytest.mark.parametrize("shape", [(1, 1), (1, 7), (9, 1), (50, 31)])
def test_an_encoded_image_decodes_to_its_pixels(shape):
    image = made.speckled(shape[1], shape[0])
    png = encode_grey(image.tobytes(), shape[1], shape[0], 300)
    assert np.array_equal(decoded(png), image)


def test_the_pages_of_a_tiff_keep_their_order_and_sizes(opened):
    pages = [made.speckled(40 + 10 * n, 60, n) for n in range(3)]
    source = opened(made.tiff(*pages, compression="tiff_lzw"))
    for number in (3, 1, 2):
        assert np.array_equal(pixels_of(source.page(number)), pages[number - 1])


def test_the_thumbnail_in_a_tiff_is_not_a_page(opened):
    page = Image.fromarray(made.speckled(100, 80))
    thumbnail = page.resize((20, 16))
    thumbnail.encoderinfo = {"tiffinfo": {254: 1}}
    out = io.BytesIO()
    page.save(out, "TIFF", save_all=True, append_images=[thumbnail])
    source = opened(out.getvalue())
    assert source.page_count == 1
    assert source.page(1).width == 100


def test_transparent_parts_are_paper(opened):
    image = np.zeros((40, 60, 4), np.uint8)
    image[:, 30:, 3] = 255
    shown = pixels_of(opened(made.image_bytes(image, "PNG")).page(1))
    assert (shown[:, :30] == 255).all()
    assert (shown[:, 30:] == 0).all()


def test_sixteen_bits_of_grey_are_scaled_and_not_clipped(opened):
    image = np.full((30, 40), 0x8000, np.uint16)
    assert (pixels_of(opened(made.image_bytes(image, "PNG")).page(1)) == 0x80).all()


@pytest.mark.parametrize("kind", ["JPEG", "TIFF"])
def test_a_photograph_is_turned_as_its_camera_says(opened, kind):
    page = Image.fromarray(np.repeat(np.repeat(np.array([[0, 255]], np.uint8), 32, 0), 32, 1))
    exif = Image.Exif()
    exif[274] = 6  # shown after a quarter turn clockwise
    out = io.BytesIO()
    several = {"save_all": True, "append_images": [page]} if kind == "TIFF" else {}
    page.save(out, kind, exif=exif, **several)
    source = opened(out.getvalue())
    for number in range(1, source.page_count + 1):
        shown = pixels_of(source.page(number))
        assert shown.shape == (64, 32)
        assert shown[5, 16] < 50
        assert shown[60, 16] > 200


def test_the_oblong_pixels_of_a_fax_are_made_square(opened):
    raster = opened(made.tiff(made.speckled(1728, 1100), dpi=(204, 98))).page(1)
    assert (raster.width, raster.height) == (1728, round(1100 * 204 / 98))
    assert raster.dpi == pytest.approx(204, abs=0.1)


@pytest.mark.parametrize(
    ("width", "height", "stored", "dpi"),
    [
        (2480, 3508, 300, 300),
        (2480, 3508, None, 300),
        (1240, 1754, None, 150),
        (1654, 2339, 72, 200),  # 72 would make the page 82 cm high
        (595, 842, 72, 72),
        (3000, 400, None, 300),  # no page shape: taken for a cut-out
        (2900, 4100, None, 351),  # A4 at no usual resolution
    ],
)
def test_an_image_has_its_stored_resolution_when_that_is_plausible(opened, width, height, stored, dpi):
    white = np.full((height, width), 255, np.uint8)
    save = {} if stored is None else {"dpi": (stored, stored)}
    assert opened(made.image_bytes(white, "PNG", **save)).page(1).dpi == pytest.approx(dpi, abs=0.1)


def test_a_pages_glyphs_are_where_they_are_drawn_in_points_from_the_top_left(opened):
    page = opened(made.pdf(made.text_page())).glyphs(1)
    assert (page.width, page.height) == (595, 842)
    assert [page.glyph(drawn).claim for drawn in page.glyphs] == list("Kamphaeng 2567")
    assert (page.glyphs[0].x, page.glyphs[0].y) == pytest.approx((72, 842 - 700))
    assert page.glyphs[0].up == pytest.approx((0, -24))
    assert [drawn.x for drawn in page.glyphs] == sorted(drawn.x for drawn in page.glyphs)


def test_the_glyphs_of_the_page_asked_about_last_are_kept(opened, monkeypatch):
    source = opened(made.pdf(made.text_page(), made.text_page(b"")))
    asked = []
    request = source._request

    def noted(number, *what, **how):
        asked.append(number)
        return request(number, *what, **how)

    monkeypatch.setattr(source, "_request", noted)
    first = source.glyphs(1)
    assert source.glyphs(1) is first
    assert asked == [1, 1]  # which glyphs, and what of them is to be seen
    assert source.glyphs(2) is None
    assert source.glyphs(2) is None
    assert source.glyphs(1) == first
    assert asked == [1, 1, 2, 1, 1]


def test_what_is_kept_of_a_font_from_page_to_page_is_no_other_fonts(opened):
    other = b"BT /F1 24 Tf 72 500 Td (amp 25) Tj ET"

    renamed = made.font()
    renamed.Font.F1.Encoding = pikepdf.Dictionary(Differences=pikepdf.Array([97, pikepdf.Name.b]))
    pages = [made.text_page(), (595, 842, other, renamed), made.text_page(other)]
    source = opened(made.pdf(*pages))
    for number, page in enumerate(pages, 1):
        alone = opened(made.pdf(page), f"{number}.pdf").glyphs(1)
        assert source.glyphs(number) == alone
    said = [[page.glyph(drawn).claim for drawn in page.glyphs] for page in map(source.glyphs, (2, 3))]
    assert said == [list("bmp 25"), list("amp 25")]


def test_a_page_without_text_and_an_image_have_no_glyphs(opened):
    assert opened(made.pdf(made.text_page(b"")), "a.pdf").glyphs(1) is None
    assert opened(made.image_bytes(made.speckled(50, 50), "PNG"), "b.png").glyphs(1) is None


def test_a_password_opens_an_encrypted_pdf(opened):
    secret = pikepdf.Encryption(owner="owner", user="ระนอง")
    source = opened(made.pdf(made.text_page(), encryption=secret), password="ระนอง")
    assert len(source.glyphs(1).glyphs) == len("Kamphaeng 2567")


@pytest.mark.parametrize("number", [0, 2, -1])
def test_a_page_that_is_not_there_is_wrong_usage(opened, number):
    with pytest.raises(UsageError, match=f"no page {number}: its pages are 1 to 1"):
        opened(made.pdf(made.text_page())).page(number)


def test_a_failed_page_does_not_spoil_the_next(opened):
    source = opened(made.tiff(made.speckled(5, 5), made.speckled(100, 100)))
    with pytest.raises(PageError, match="page 1"):
        source.page(1)
    assert source.page(2).width == 100


@pytest.mark.parametrize("dpi", [0, -300])
def test_a_resolution_that_is_none_is_refused_and_not_taken_for_the_pages_own(opened, dpi):
    with pytest.raises(UsageError, match=f"cannot be rendered at {dpi} dpi"):
        opened(made.pdf(made.text_page())).page(1, dpi=dpi)
