"""Files that cannot be used: each a clear error naming file, page and remedy, and nothing left running."""

import io
import os
import re
import signal
import subprocess
import sys
import threading
import time
import zlib
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image

from model.errors import BadInput, PageError
from ocr.sandbox import process, trial
from ocr.sandbox.limits import Limits
from ocr.source.rasterise import open_source
from tests.ocr import made

ROOT = Path(__file__).resolve().parent.parent.parent
GOOD = made.pdf(made.text_page(), made.text_page())
ENCRYPTED = made.pdf(made.text_page(), encryption=pikepdf.Encryption(owner="owner", user="user"))
JPEG = made.image_bytes(made.speckled(400, 400), "JPEG")


def alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def ends_within(pid, seconds):
    deadline = time.monotonic() + seconds
    while alive(pid) and time.monotonic() < deadline:
        time.sleep(0.02)
    return not alive(pid)


@pytest.fixture
def saved(tmp_path):
    def save(data, name="source.pdf"):
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return save


@pytest.mark.parametrize(
    ("data", "reason", "remedy"),
    [
        (b"", "is empty", "Fetch or scan the file again"),
        (b"PK\x03\x04more", "looks like a ZIP archive or an Office document", "Export or print it as PDF"),
        (b"GIF89a...", "looks like a GIF image", "save it as PNG"),
        ("รายงานการประชุม\n".encode(), "looks like text", "chamra correct"),
        ("รายงานการประชุม\n".encode("cp874"), "looks like text", "chamra correct"),
        ("รายงาน".encode("utf-16"), "looks like text", "chamra correct"),
        (
            b"\x00\x01\x02\x03\xfe\xdc\xba\x98tail",
            "begins with the bytes 00 01 02 03 fe dc ba 98",
            "Give a PDF",
        ),
        (GOOD[: len(GOOD) // 2], "is truncated", "Fetch it again"),
        (b"%PDF-1.7\nrubbish\n%%EOF\n", "is damaged", "qpdf"),
        (made.pdf(), "has no pages", "again"),
        (ENCRYPTED, "is encrypted", "--password"),
        (b"\x89PNG\r\n\x1a\nrubbish", "is damaged", "again"),
        (b"II*\0\x08\0\0\0", "is damaged", "again"),
        (b"\xff\xd8\xffrubbish", "is damaged", "again"),
        (made.tiff_that_leads_back(4, 2), "is damaged", "again"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_reason_and_remedy(saved, data, reason, remedy):
    path = saved(data)
    with pytest.raises(BadInput) as caught:
        open_source(path)
    assert caught.value.message.startswith(f"{path} ")
    assert reason in caught.value.message
    assert remedy in caught.value.remedy


def test_a_wrong_password_is_told_from_a_missing_one(saved):
    with pytest.raises(BadInput, match="encrypted with another password"):
        open_source(saved(ENCRYPTED), password="wrong")


def test_a_file_that_is_not_there_a_folder_and_a_pipe_are_refused_at_once(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for name, reason in (
        ("missing.pdf", "does not exist"),
        (".", "is not a file"),
        ("pipe", "is not a file"),
    ):
        with pytest.raises(BadInput, match=reason):
            open_source(tmp_path / name)


def test_a_file_that_may_not_be_read_says_how_to_allow_it(saved, monkeypatch):
    path = saved(GOOD)

    def forbidden(*args, **options):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", forbidden)
    with pytest.raises(BadInput, match="may not be read") as caught:
        open_source(path)
    assert caught.value.remedy == f"Allow it with `chmod u+r {path}`."


@pytest.mark.parametrize("data", [made.pdf(*[made.text_page()] * 4), made.tiff(*[made.speckled(20, 20)] * 4)])
def test_a_file_with_too_many_pages_is_refused(saved, data):
    with pytest.raises(BadInput, match="more than 3 pages"):
        open_source(saved(data), limits=Limits(pages=3))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (made.png_header_only(30_000, 30_000), "would have 30000 x 30000 pixels, more than the 100000000"),
        (made.tiff_header_only(1_000_000, 1_000_000), "would have 1000000 x 1000000 pixels"),
        (made.pdf(made.text_page(width=7200, height=7200)), "would have 30000 x 30000 pixels"),
        (made.pdf(made.text_page(width=1e9, height=1e9)), "pixels, more than"),
        (made.image_bytes(made.speckled(1, 1), "PNG"), "a page of 1 x 1 pixels holds no text"),
        (made.pdf(made.text_page(width=1, height=1)), "a page of 4 x 4 pixels holds no text"),
        (JPEG[: len(JPEG) // 2], "is damaged"),
        (made.image_bytes(made.speckled(50, 50).astype(np.int32), "TIFF"), "has pixels of type I"),
    ],
)
def test_a_page_that_cannot_be_used_fails_by_itself_naming_file_and_page(saved, data, reason):
    path = saved(data)
    with open_source(path) as source, pytest.raises(PageError) as caught:
        source.page(1)
    assert caught.value.message.startswith(f"{path}, page 1: ")
    assert reason in caught.value.message
    assert caught.value.remedy


def test_a_pdf_page_that_is_damaged_does_not_take_the_others_along(saved):
    data = made.pdf(made.text_page(), made.text_page(b"BT /F1 24 Tf 72 700 Td (Trang) Tj ET"))
    with pikepdf.open(io.BytesIO(data)) as document:
        document.Root.Pages.Kids[0] = document.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Nothing))
        out = io.BytesIO()
        document.save(out)
    with open_source(saved(out.getvalue())) as source:
        with pytest.raises(PageError, match="page 1"):
            source.page(1)
        assert source.page(2).width > 0
        # The two libraries count its pages differently: a text of another page would be worse than none.
        with pytest.raises(PageError, match="page 2: its text layer cannot be made out"):
            source.glyphs(2)


def scanned_pages(count, damage=None, at=57):
    """A PDF of scanned pages, of which one is damaged: `damage` changes its page, its picture or its content."""
    with pikepdf.new() as document:
        for number in range(1, count + 1):
            document.add_blank_page(page_size=(72, 36))
            page = document.pages[-1]
            picture = document.make_stream(made.image_bytes(made.speckled(150, 75), "JPEG"))
            picture.Type, picture.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
            picture.Width, picture.Height, picture.BitsPerComponent = 150, 75, 8
            picture.ColorSpace, picture.Filter = pikepdf.Name.DeviceGray, pikepdf.Name.DCTDecode
            page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=picture))
            page.Contents = document.make_stream(b"q 72 0 0 36 0 0 cm /I Do Q")
            if damage and number == at:
                damage(document, page, picture)
        out = io.BytesIO()
        document.save(out)
    return out.getvalue()


def picture_becomes(change):
    def damage(document, page, picture):
        picture.write(change(picture.read_raw_bytes()), filter=pikepdf.Name.DCTDecode)

    return damage


def content_is_garbage(document, page, picture):
    page.Contents.write(b"\xff\x00garbage" * 9, filter=pikepdf.Name.FlateDecode)


def picture_is_missing(document, page, picture):
    page.Resources = pikepdf.Dictionary()


def page_is_none(document, page, picture):
    document.Root.Pages.Kids[56] = document.make_indirect(pikepdf.Dictionary(Nothing=1))


def added_to(pages):
    """A PDF to which each page was added by itself, and the lengths that it had on the way."""
    out, ends = io.BytesIO(), []
    for number in range(pages):
        out.seek(0)
        Image.fromarray(made.speckled(150, 75)).save(out, "PDF", append=number > 0)
        ends.append(len(out.getvalue()))
    return out.getvalue(), ends


@pytest.mark.parametrize("into_the_last", [0.1, 0.5, 0.9])
def test_a_file_that_was_added_to_and_cut_afterwards_is_truncated(saved, into_the_last):
    whole, ends = added_to(3)
    with open_source(saved(whole)) as source:
        assert source.page_count == 3
    cut = whole[: int(ends[1] + into_the_last * (ends[2] - ends[1]))]
    with pytest.raises(BadInput, match="is truncated"):
        open_source(saved(cut, "cut.pdf"))


@pytest.mark.slow
@pytest.mark.parametrize(
    "damage",
    [
        picture_becomes(lambda data: b"\0" * len(data)),
        picture_becomes(lambda data: data[:100]),
        picture_becomes(lambda data: data[: len(data) // 2]),
        content_is_garbage,
        picture_is_missing,
        page_is_none,
    ],
)
def test_page_57_of_100_that_is_damaged_is_no_empty_page_and_the_others_are_read(saved, damage):
    """pdfium draws nothing of what it cannot read: such a page would be signed as an empty one."""
    with open_source(saved(scanned_pages(100, damage))) as source:
        assert source.page_count == 100
        with pytest.raises(PageError, match="page 57: is damaged"):
            source.page(57)
        for number in (56, 58, 100):
            assert np.asarray(Image.open(io.BytesIO(source.page(number).png))).min() < 128


@pytest.mark.parametrize("behind", [b"", b"\r\n", b"\xff", b"\0" * 90])
def test_a_scan_that_lacks_nothing_but_the_mark_of_its_end_is_read(saved, behind):
    with open_source(
        saved(scanned_pages(2, picture_becomes(lambda data: data[:-2] + behind), at=1))
    ) as source:
        pages = [np.asarray(Image.open(io.BytesIO(source.page(number).png))).astype(int) for number in (1, 2)]
    rows, columns = np.nonzero(abs(pages[0] - pages[1]) > 8)
    assert ((rows >= 72) & (columns >= 144)).all(), (
        "pdfium writes the mark over what there is of the last block"
    )


@pytest.mark.parametrize("lacking", [12, 40])
def test_a_scan_that_lacks_more_than_that_is_damaged(saved, lacking):
    file = saved(scanned_pages(1, picture_becomes(lambda data: data[:-lacking]), at=1))
    with open_source(file) as source, pytest.raises(PageError, match="is damaged"):
        source.page(1)


@pytest.mark.parametrize("behind", [b"", b"\r\n", b"\xff", b"\0" * 90])
def test_an_image_that_lacks_nothing_but_the_mark_of_its_end_is_read_as_it_is_with_it(saved, behind):
    with open_source(saved(JPEG)) as source, open_source(saved(JPEG[:-2] + behind, "cut.jpg")) as cut:
        assert np.array_equal(cut.page(1).pixels, source.page(1).pixels)
    with open_source(saved(JPEG[:-40], "less.jpg")) as source, pytest.raises(PageError, match="is damaged"):
        source.page(1)


def nothing_on_it(document, page, picture):
    page.Contents.write(b"q Q")


def no_content(document, page, picture):
    del page.Contents


def compressed_nothing(document, page, picture):
    page.Contents.write(zlib.compress(b""), filter=pikepdf.Name.FlateDecode)


@pytest.mark.parametrize("change", [nothing_on_it, no_content, compressed_nothing])
def test_a_page_that_is_empty_is_not_damaged(saved, change):
    with open_source(saved(scanned_pages(2, change, at=1))) as source:
        assert source.page(1).width > 0
        assert source.page(2).width > 0


def test_a_page_that_needs_more_memory_than_allowed_fails_and_the_next_is_read(saved):
    pages = made.tiff(np.zeros((9000, 9000), np.uint8), made.speckled(60, 60), compression="tiff_lzw")
    with open_source(saved(pages), limits=Limits(memory_mb=110)) as source:
        with pytest.raises(PageError, match=r"page 1: .*memory|page 1: .*crashed"):
            source.page(1)
        assert source.page(2).width == 60


def test_the_child_is_bounded_in_memory_and_leaves_no_core_dump(saved):
    with open_source(saved(GOOD), limits=Limits(memory_mb=1000)) as source:
        limits = Path(f"/proc/{source.worker_pid}/limits").read_text()
    assert re.search(r"Max address space +1048576000 +1048576000 ", limits)
    assert re.search(r"Max core file size +0 +0 ", limits)


def test_a_child_that_is_killed_in_the_middle_of_a_page_fails_that_page_only(saved):
    with open_source(saved(GOOD)) as source:
        first = source.worker_pid
        assert first
        os.kill(first, signal.SIGSTOP)  # so that it is surely in the middle when it is killed
        threading.Timer(0.2, os.kill, (first, signal.SIGKILL)).start()
        with pytest.raises(PageError, match=r"page 1: the process that opens it crashed \(SIGKILL\)"):
            source.page(1)
        assert source.page(2).width == 2479
        assert source.worker_pid != first
        assert not alive(first)


@pytest.mark.slow
def test_a_page_that_takes_too_long_is_stopped_and_the_next_is_read(saved):
    with open_source(saved(GOOD), limits=Limits(seconds=4)) as source:
        first = source.worker_pid
        assert first
        os.kill(first, signal.SIGSTOP)
        with pytest.raises(PageError, match="took longer than 4 s and was stopped"):
            source.page(1)
        assert not alive(first)
        assert source.page(2).width == 2479


def test_a_file_that_takes_too_long_to_open_is_refused(saved, monkeypatch):
    monkeypatch.setattr(process, "_START", "import time; time.sleep(60)")
    with pytest.raises(BadInput, match=r"took longer than 0\.3 s and was stopped"):
        open_source(saved(GOOD), limits=Limits(seconds=0.3))


@pytest.mark.parametrize(
    ("program", "reason"),
    [
        ("print('hello, this is not an answer')", "nonsense|ended"),
        ("import sys; sys.stdout.buffer.write(b'\\xff' * 100)", "answered nonsense"),
        ("import sys; sys.stdout.buffer.write(b'\\0\\0\\0\\x02\\0\\0\\0\\0[]')", "answered nonsense"),
        ("import sys; sys.stdout.buffer.write(b'\\0\\0\\0\\x02\\0\\0\\0\\0{}')", "has no pages"),
        ("import sys; sys.exit('the library is \\x1b[31m missing')", r"the library is \?\[31m missing"),
        ("import os; os.abort()", r"crashed \(SIGABRT\)"),
    ],
)
def test_a_child_that_answers_nonsense_or_crashes_is_refused(saved, monkeypatch, program, reason):
    monkeypatch.setattr(process, "_START", program)
    with pytest.raises(BadInput, match=reason):
        open_source(saved(GOOD), limits=Limits(seconds=10))


@pytest.mark.parametrize(
    "answer",
    [
        '{"width": 100, "height": 100, "dpi": 300}',  # without its pixels
        '{"width": -100, "height": 100, "dpi": 300}',
        '{"width": "100", "height": 100, "dpi": 300}',
        '{"width": 100, "height": 100, "dpi": NaN}',
        '{"refused": "damaged page {0.__class__}", "facts": {"x": 1}}',
    ],
)
def test_a_page_answer_that_cannot_be_true_fails_the_page(saved, monkeypatch, answer):
    program = f"""
import struct, sys
for data in (b'{{"page_count": 1}}', {answer.encode()!r}):
    sys.stdin.buffer.readline()
    sys.stdout.buffer.write(struct.pack(">II", len(data), 0) + data)
    sys.stdout.buffer.flush()
"""
    monkeypatch.setattr(process, "_START", program)
    with (
        open_source(saved(GOOD)) as source,
        pytest.raises(PageError, match=r"page 1: (the process|cannot be used)"),
    ):
        source.page(1)


def test_a_file_that_changes_while_it_is_read_is_refused(saved):
    path = saved(GOOD)
    with open_source(path) as source:
        path.write_bytes(GOOD + b"more")
        with pytest.raises(BadInput, match="changed while it was being read"):
            source.page(1)


def test_closing_ends_the_child_and_a_closed_source_says_so(saved):
    source = open_source(saved(GOOD))
    pid = source.worker_pid
    source.close()
    source.close()
    assert not alive(pid)
    with pytest.raises(ValueError, match="is closed"):
        source.page(1)


def test_a_refused_file_leaves_no_process_and_no_open_file(saved):
    before = len(os.listdir("/proc/self/fd"))  # noqa: PTH208 - Path.iterdir opens one more
    with pytest.raises(BadInput):
        open_source(saved(GOOD[: len(GOOD) // 2]))
    assert len(os.listdir("/proc/self/fd")) == before  # noqa: PTH208


def test_the_child_ends_when_the_parent_is_killed(saved):
    program = (
        "import pathlib, sys, time; from ocr.source.rasterise import open_source\n"
        "source = open_source(pathlib.Path(sys.argv[1])); print(source.worker_pid, flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", program, str(saved(GOOD))]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, text=True) as parent:
        assert parent.stdout
        worker = int(parent.stdout.readline())
        assert alive(worker)
        parent.kill()
    assert ends_within(worker, 5)


def test_threads_may_share_a_source(saved):
    results = {}
    with open_source(saved(GOOD)) as source:
        threads = [
            threading.Thread(target=lambda n=n: results.update({n: source.page(n % 2 + 1, dpi=50).png}))
            for n in range(6)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(results) == 6
    assert len(set(results.values())) == 1


def test_a_request_that_has_no_time_left_is_not_given_all_the_time_there_is():
    with Path(os.devnull).open("rb") as file:
        worker = process.Worker(trial.__name__, "", Limits(), file.fileno())
        with pytest.raises(process.WorkerDied, match="took longer than 0 s"):
            worker.request({"do": "open"}, seconds=0.0)
    assert not alive(worker.pid)
