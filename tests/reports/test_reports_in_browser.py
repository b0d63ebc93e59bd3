"""The reports as a reader sees them: in Debian's Chromium, at phone and desktop width and on paper."""

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from reports.diff import DiffForm, render_diff
from reports.evaluate import evaluate
from reports.evaluation_batch import BatchEvaluation, EvaluatedPair, pair_folders
from reports.evaluation_html import EvaluatedText, batch_html, evaluation_html
from tests.reports.sample_document import edition, sample

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Debian's chromium is not installed"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    state, images = sample()
    path = tmp_path_factory.mktemp("report") / "diff.html"
    path.write_text(render_diff(edition(state), images.__getitem__, form=DiffForm(all_lines=True)), "utf-8")
    return path


def opened(browser: Browser, path: Path, width: int, *, scripts: bool = True) -> Page:
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=scripts)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on(
        "request", lambda request: complaints.append(request.url) if request.url.startswith("http") else None
    )
    page.goto(path.as_uri())
    assert complaints == []
    return page


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_hangs_over_the_edge(browser: Browser, report: Path, width: int) -> None:
    page = opened(browser, report, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_pictures_are_drawn(browser: Browser, report: Path) -> None:
    page = opened(browser, report, 1280)
    assert page.evaluate("[...document.images].every(image => image.complete && image.naturalWidth > 0)")


def test_lines_are_filtered_without_any_script(browser: Browser, report: Path) -> None:
    page = opened(browser, report, 1280, scripts=False)
    rows = page.locator(".row:visible")
    with_findings = rows.count()
    page.locator("label[for=all]").click()
    everything = rows.count()
    page.locator("label[for=waiting]").click()
    waiting = rows.count()
    assert (waiting, with_findings, everything) == (3, 8, 10)


def test_findings_are_filtered_by_family_level_and_person_without_any_script(
    browser: Browser, report: Path
) -> None:
    page = opened(browser, report, 1280, scripts=False)
    rows = page.locator(".row:visible")
    every = rows.count()
    for name in ("family", "level", "person"):
        options = page.locator(f"#{name} option")
        assert options.count() >= 2
        value = options.last.get_attribute("value")
        page.locator(f"#{name}").select_option(index=options.count() - 1)
        shown = rows.count()
        assert 0 < shown < every
        assert all(value in (one.get_attribute(f"data-{name}") or "").split() for one in rows.all())
        page.locator(f"#{name}").select_option(index=0)
        assert rows.count() == every


def test_a_keyboard_reaches_the_filter(browser: Browser, report: Path) -> None:
    page = opened(browser, report, 1280)
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    assert page.locator("#all").is_checked()


def test_a_printed_row_is_not_broken_and_the_filter_is_not_printed(browser: Browser, report: Path) -> None:
    page = opened(browser, report, 794)
    page.emulate_media(media="print")
    assert page.locator(".sticky").is_hidden()
    assert page.evaluate("getComputedStyle(document.querySelector('.row')).breakInside") == "avoid"
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")


def test_no_sheet_ends_with_the_head_of_a_page_and_none_is_empty(browser: Browser, report: Path) -> None:
    """On sheets of many heights, so that heads come to stand at the foot of some."""
    page = opened(browser, report, 794)
    page.emulate_media(media="print")
    for head in (".page > header", ".page .meta"):
        broken = f"getComputedStyle(document.querySelector('{head}'))"
        assert [page.evaluate(f"{broken}.{side}") for side in ("breakInside", "breakAfter")] == [
            "avoid",
            "avoid",
        ]
    for height in range(170, 300, 26):
        printed = page.pdf(width="210mm", height=f"{height}mm")
        with pypdfium2.PdfDocument(printed) as sheets:
            texts = [sheet.get_textpage().get_text_range().split("\n") for sheet in sheets]
        lines = [[line.strip() for line in text if line.strip()] for text in texts]
        assert all(lines), height
        feet = [sheet[-1] for sheet in lines]
        assert not [foot for foot in feet if foot.startswith(("Page ", "Read by ")) or "dpi" in foot], height


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(browser: Browser, report: Path, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(report.as_uri())
    ratios = page.evaluate(
        """() => {
          const numbers = colour => colour.match(/[\\d.]+/g).map(Number);
          const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
            .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
            .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
          const ground = element => {
            for (let e = element; e; e = e.parentElement) {
              const colour = numbers(getComputedStyle(e).backgroundColor);
              if (colour.length < 4 || colour[3] > 0) return colour;
            }
            return [255, 255, 255];
          };
          return [...document.querySelectorAll('del, ins, mark, .chip, .soft, dd, th, td, a, .num')]
            .filter(e => e.offsetParent && e.textContent.trim())
            .map(e => {
              const pair = [light(numbers(getComputedStyle(e).color)), light(ground(e))];
              const [a, b] = pair.sort((x, y) => y - x);
              return (a + 0.05) / (b + 0.05);
            });
        }"""
    )
    assert len(ratios) > 100
    assert min(ratios) >= 4.5  # WCAG 2.2, 1.4.3


def test_the_evaluation_view_fits_and_filters(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "evaluation.html"
    truth = "เทศบาลตำบลท่าศาลา ประชุมสภา\nสมัยสามัญ\nครั้งที่ ๒"
    found = EvaluatedText("read.txt", "truth.txt", evaluate(truth.replace("ำ", "ํา"), truth))
    path.write_text("".join(evaluation_html(found)), "utf-8")
    page = opened(browser, path, 390)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.locator(".arow:visible").count() == 3
    page.locator("label[for=wrong]").click()
    assert page.locator(".arow:visible").count() == 1


def test_the_view_of_many_texts_fits_a_phone_and_leads_to_each_file(browser: Browser, tmp_path: Path) -> None:
    read, truth = tmp_path / "read", tmp_path / "truth"
    for folder in (read, truth):
        folder.mkdir()
        for name in ("a" * 90, "b"):
            (folder / f"{name}.txt").write_text("ก", "utf-8")
    (truth / "without.txt").write_text("ก", "utf-8")
    pairing = pair_folders(read, truth)
    measured = evaluate("คุมค่า", "คุ้มค่า")
    batch = BatchEvaluation(tuple(EvaluatedPair(pair, measured) for pair in pairing.pairs), (), pairing)
    path = tmp_path / "evaluation.html"
    path.write_text("".join(batch_html(batch, str(read), str(truth))), "utf-8")
    page = opened(browser, path, 390)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator('a[href="#f2"]').click()
    assert page.locator("#f2").inner_text() == "b"
    assert page.locator(".arow:visible").count() == 2
