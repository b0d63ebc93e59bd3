import base64
import io
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from model.errors import DamagedBlob
from model.page import FailedPage
from model.page_numbers import ranges
from model.publication import Edition
from model.state import DocumentState, Stage
from reports.diff import AsOf, DiffForm, diff_pieces, render_diff, write_diff
from reports.diff_words import _WORDS
from tests.reports.sample_document import PROSE, SECOND, drawn_page, edition, published_pages, sample


@pytest.fixture(scope="module")
def report() -> str:
    state, images = sample()
    return render_diff(edition(state), images.__getitem__, form=DiffForm(all_lines=True))


class Elements(HTMLParser):
    """All start tags with their attributes, and all text outside style sheets."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._in_style = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._in_style = tag == "style"

    def handle_endtag(self, tag: str) -> None:
        self._in_style = False

    def handle_data(self, data: str) -> None:
        if not self._in_style:
            self.text += data


def test_every_page_that_was_asked_for_has_its_section(report: str) -> None:
    sections = [attrs["id"] for tag, attrs in Elements(report).tags if tag == "section" and "id" in attrs]
    assert sections == [f"page-{number}" for number in range(1, 7)]


def test_failed_waived_missing_and_blank_pages_are_said_in_words(report: str) -> None:
    text = Elements(report).text
    assert "Tesseract was stopped after 300 seconds." in text
    assert "หน้าปกหลัง ไม่มีข้อความ" in text
    assert "has not been read yet" in text
    assert "This page is blank." in text


def test_each_printed_line_is_embedded_as_a_picture_and_nothing_is_fetched(report: str) -> None:
    elements = Elements(report)
    sources = [attrs["src"] or "" for tag, attrs in elements.tags if tag == "img"]
    lines = len(PROSE) + 4  # of the two pages with text; they and the blank page add their thumbnails
    assert len(sources) == lines + 3
    assert all(source.startswith("data:image/jpeg;base64,") for source in sources)
    assert not [tag for tag, _ in elements.tags if tag in ("script", "link", "iframe", "object")]
    assert not re.search(r"https?://", report)
    assert "default-src 'none'" in report


def test_the_regions_of_a_page_are_drawn_on_a_picture_of_it_and_counted(report: str) -> None:
    first = report[report.index('id="page-1"') : report.index('id="page-2"')]
    layout = first[first.index('class="layout"') : first.index("</details>")]
    assert re.search(r"<summary>Layout: \d+ text", layout)
    places = re.findall(r'<i class="text" title="text · ข้อความ" style="left:([\d.]+)%;top:([\d.]+)%', layout)
    assert places
    assert all(0 < float(left) < 100 and 0 < float(top) < 100 for left, top in places)
    assert [top for _, top in places] == sorted((top for _, top in places), key=float)


def test_a_finding_shows_rule_message_evidence_confidence_alternatives_and_decision(report: str) -> None:
    text = Elements(report).text
    for part in (
        "GAZ002", "not in จังหวัดเชียงใหม่",
        "how often the reader takes เชียงราย for เชียงไหม่", "อำเภอเมืองเชียงราย จังหวัดเชียงราย", "91 %",
        "Other possibilities: เชียงใหม่", "waits for a second person", "needs 2 people", "ผู้ตรวจทานตัวอย่าง",
        "name as claimed", "2026-11-22 03:14 UTC", "another proposal for the same place",
    ):  # fmt: skip
        assert part in text


def test_like_findings_of_a_line_are_shown_once_with_all_their_ids(report: str) -> None:
    first = report[report.index('aria-label="Page 1, line 1"') : report.index('aria-label="Page 1, line 2"')]
    assert "×2" in first
    assert first.count("Sara am stands in two parts") == 1
    assert len(re.findall(r"<code>[0-9a-f]{16}</code>", first)) == 4  # two sara am, two others


def test_lines_on_which_only_safe_changes_were_found_take_little_room(report: str) -> None:
    rows = {attrs["aria-label"]: attrs["class"] for tag, attrs in Elements(report).tags if tag == "article"}
    assert rows["Page 1, line 7"] == "row quiet"
    assert rows["Page 1, line 1"] == "row waits"
    assert rows["Page 1, line 2"] == "row done"
    assert rows["Page 1, line 4"] == "row plain"


def test_lines_without_findings_are_counted_and_left_out_unless_they_are_asked_for() -> None:
    state, images = sample()
    short = render_diff(edition(state), images.__getitem__)
    labels = [attrs["aria-label"] for tag, attrs in Elements(short).tags if tag == "article"]
    assert "Page 1, line 4" not in labels
    assert "Page 1, line 5–6" in labels
    assert "1 of 6 lines of the page has no finding and is not in this file" in Elements(short).text
    assert '<label for="all">' not in short


def test_the_head_says_in_a_sentence_how_it_stands_who_signed_and_as_of_when(report: str) -> None:
    state, images = sample()
    text = Elements(report).text
    assert "Not finished: 2 of 5 pages have no text, 3 findings wait for a person." in text
    done = DocumentState(state.id, state.name, state.path, state.kind, 8, (state.pages[1], state.pages[4]))
    form = DiffForm(as_of=AsOf(81, "2026-11-22T06:00:00Z", "ef" * 32))
    head = Elements(render_diff(edition(done), images.__getitem__, form=form)).text.split("Read by")[0]
    assert "Finished: 1 of 1 page is signed and published." in head
    assert f"{SECOND.name} account {SECOND.account}" in head
    assert "claimed, not signed" in head
    assert f"As of record 81, 2026-11-22 06:00 UTC, SHA-256 {'ef' * 32}" in head


def test_in_thai_everything_that_is_ours_is_thai() -> None:
    state, images = sample()
    html = render_diff(edition(state), images.__getitem__, form=DiffForm("th", all_lines=True))
    text = Elements(html).text
    assert '<html lang="th">' in html
    assert "ยังไม่เสร็จ: 2 จาก 5 หน้ายังไม่มีข้อความ และมี 3 รายการรอตัดสินใจ" in text
    for part in ("รอผู้ตรวจคนที่สอง", "ต้องมี 2 คน", "ทางเลือกอื่น: เชียงใหม่", "ชื่อตามที่กล่าวอ้าง", "ยังไม่ได้อ่าน"):
        assert part in text
    for english, _ in _WORDS.values():
        if len(english.split()) > 3 and "{" not in english:
            assert english not in text


def test_a_row_says_what_it_can_be_filtered_by(report: str) -> None:
    elements = Elements(report)
    row = next(
        attrs for tag, attrs in elements.tags if tag == "article" and attrs["aria-label"] == "Page 1, line 1"
    )
    assert {"ENC", "GAZ"} <= set((row["data-family"] or "").split())
    options = {attrs.get("value") for tag, attrs in elements.tags if tag == "option"}
    assert {"ENC", "GAZ", "safe", "review"} <= options
    for person in (row["data-person"] or "").split():
        assert person in options
        assert f'option[value="{person}"]:checked' in report


def test_numbers_in_order_are_ranges() -> None:
    assert ranges([1, 2, 3, 5, 7, 8], "–") == "1–3, 5, 7–8"
    assert ranges([]) == ""


def test_a_persons_own_wording_is_the_corrected_text(report: str) -> None:
    assert re.search(r"<ins[^>]*>คุ้มค่าที่สุด</ins>", report)


def test_what_was_rejected_is_not_in_the_corrected_line(report: str) -> None:
    row = report[report.index('aria-label="Page 1, line 2"') : report.index('aria-label="Page 1, line 3"')]
    corrected = row[row.index("<dt>corrected</dt>") : row.index("</dl>")]
    assert "ปี โดย" in corrected
    assert "Set aside" not in row, "what a person rejected was not beaten by another proposal"


def test_an_edit_over_a_line_end_shows_both_printed_lines(report: str) -> None:
    row = report[report.index('aria-label="Page 1, line 5–6"') : report.index('aria-label="Page 1, line 7"')]
    assert row.count("<img ") == 2
    assert "เทศบาลตำบลศีขรภูมิ" in row


def test_a_published_page_shows_the_published_edits() -> None:
    state, images = sample()
    published = published_pages(state)
    page = published[2]
    published[2] = replace(page, published=replace(page.published, edits=page.published.edits[:1], text=""))
    html = render_diff(Edition(state, published), images.__getitem__)
    section = html[html.index('id="page-2"') : html.index('id="page-3"')]
    assert section.count("<dt>corrected</dt>") == 1


def test_a_published_page_that_was_read_anew_shows_what_was_published_and_says_so() -> None:
    state, images = sample()
    anew, data = drawn_page(2, [("อื่น", "อื่นๆ ทั้งหมด")])
    images[anew.image_sha256] = data
    published = {2: replace(published_pages(state)[2], read_anew=True)}
    now = replace(
        state.pages[1], stage=Stage.WAITING, page=anew, findings=None, standings=(), shown=(), signoff=None
    )
    html = render_diff(Edition(replace(state, pages=(now,)), published), images.__getitem__)
    assert "A newer reading exists." in html
    assert f"Signed by {SECOND.name}" in html
    assert html.count("<dt>corrected</dt>") == 3
    assert "อื่นๆ" not in html
    assert "A newer reading exists." not in render_diff(edition(state), images.__getitem__)


HOSTILE = '"><script>alert(1)</script><img src=x onerror="alert(2)">'


def test_hostile_text_and_names_stay_text() -> None:
    state, images = sample(name=f"{HOSTILE}\u202e.pdf")
    page, data = drawn_page(4, [(HOSTILE, HOSTILE + "\u202eกข")])
    images[page.image_sha256] = data
    failed = FailedPage(state.id, 5, HOSTILE)
    pages = (
        replace(state.pages[0], page=page, findings=None, standings=(), shown=()),
        replace(state.pages[3], failed=failed),
    )
    html = render_diff(Edition(replace(state, pages=pages)), images.__getitem__)
    elements = Elements(html)
    assert not [tag for tag, _ in elements.tags if tag == "script"]
    assert not [name for _, attrs in elements.tags for name in attrs if name.startswith("on")]
    assert elements.text.count("<script>alert(1)</script>") >= 3
    assert "\u202e" not in html
    assert "[U+202E]" in html


def test_the_report_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    state, images = sample()
    path = tmp_path / "reports" / "diff.html"
    write_diff(Edition(state), images.__getitem__, path)
    before = path.read_bytes()
    assert before.decode("utf-8") == render_diff(Edition(state), images.__getitem__)
    with pytest.raises(DamagedBlob, match="page 1"):
        write_diff(Edition(state), lambda _: b"not a picture", path)
    assert path.read_bytes() == before
    assert [entry.name for entry in path.parent.iterdir()] == ["diff.html"]


def test_pages_are_laid_out_one_at_a_time() -> None:
    state, images = sample()
    asked: list[str] = []

    def image(sha: str) -> bytes:
        asked.append(sha)
        return images[sha]

    written = ""
    for piece in diff_pieces(Edition(state), image):
        written += piece
        if 'id="page-1"' in written:
            break
    assert len(asked) == 1


def test_a_page_of_text_costs_some_tens_of_kilobytes() -> None:
    state, images = sample()
    page, data = drawn_page(1, (PROSE * 5)[:30])
    images[page.image_sha256] = data
    html = render_diff(
        Edition(replace(state, pages=(replace(state.pages[2], page=page),))), images.__getitem__
    )
    assert len(html) < 350_000


def test_a_crop_of_a_straightened_page_shows_a_level_line() -> None:
    state, images = sample()
    html = render_diff(Edition(replace(state, pages=(state.pages[1],))), images.__getitem__)
    source = re.search(r'src="data:image/jpeg;base64,([^"]+)"', html)
    assert source
    picture = np.asarray(Image.open(io.BytesIO(base64.b64decode(source[1]))).convert("L"))
    ink = picture < 128
    third = picture.shape[1] // 3
    rows_left, rows_right = (np.nonzero(part.any(axis=1))[0] for part in (ink[:, :third], ink[:, -third:]))
    assert abs(float(np.median(rows_left)) - float(np.median(rows_right))) < 6
