"""The pictures of the documentation, made anew from the bundled scan in Debian's Chromium.

    .venv/bin/python -m benchmarks.pictures [--workspace DIR] [--every DIR [--only NAME ...]]

Writes `docs/pictures/`. With `--every` it also writes each page of the site, in four sizes of window and both
languages, into that folder: to be looked at for what is cut off.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from audit.sampling.draw import draw_sample
from audit.sampling.plans import SampleUnit, scheme_asked_for
from benchmarks.review_server import ARGUMENTS, CHROMIUM, review_server
from model.decision import Verdict, Who
from model.edit import Proposal
from review.decide import DecisionRequest, decide
from review.publish import publish
from review.sign import sign
from review.state import document_ids, page_state
from workspace.workspace import Workspace

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
SCAN = ROOT / "cli" / "sample" / "scan.pdf"
SIZES = ((1280, 800), (1366, 768), (1920, 1080), (390, 844))
LANGUAGES = ("en", "th")
PAGE = 3
"""The page of the scan that is shown: prose with misspelt places."""
SIGNED = 1
"""The page that is signed and published, so that a sample can be drawn."""

Step = Callable[[Page], None]


def furnish(folder: Path) -> tuple[str, str, str]:
    """A workspace with the bundled scan, one page of it published and a sample drawn; the ids of the document, of a
    finding of that page that stands in several places if any does, and of the sample."""
    command = [sys.executable, "-m", "cli.app", "digitise", str(SCAN), "--pages", "1-4", "-w", str(folder)]
    subprocess.run(command, check=True, capture_output=True)
    who, other = (
        Who(name, account, claimed=True) for name, account in (("สมชาย", "somchai"), ("มาลี", "malee"))
    )
    with Workspace.open(folder) as ws:
        (document,) = document_ids(ws)
        state = page_state(ws, document, PAGE)
        changes = [one for one in state.all_findings if isinstance(one, Proposal)]
        most = max(changes, key=lambda one: sum(1 for each in changes if _same(one, each)))
        for person in (who, other):
            open_ones = page_state(ws, document, SIGNED).open_findings
            decide(
                ws,
                document,
                [DecisionRequest(f"{SIGNED}:{one}", Verdict.ACCEPT) for one in open_ones],
                person,
            )
        sign(ws, document, who, pages=[SIGNED])
        publish(ws, document)
        lines = scheme_asked_for("10%", "95%", 0, None, "II", SampleUnit.LINES)
        return document, most.id, draw_sample(ws, [document], lines, other).id


def _same(one: Proposal, other: Proposal) -> bool:
    return (one.rule, one.edit.before, one.edit.after) == (other.rule, other.edit.before, other.edit.after)


def visits(report: Path, document: str, finding: str, sample: str) -> dict[str, tuple[str, Step]]:
    """What is shown, by name: the address, and what is done there first."""
    page = f"/documents/{document}/pages"
    return {
        "queue": ("/", _nothing),
        "document": (f"/documents/{document}", _nothing),
        "review": (f"{page}/{PAGE}", _lit),
        "letter": (f"{page}/{PAGE}", _at_a_letter),
        "order": (f"{page}/{PAGE}", _in_order),
        "keys": (f"{page}/{PAGE}", _with_keys),
        "trace": (f"{page}/{PAGE}", _traced),
        "alike": (f"{page}/{PAGE}/alike/{finding}", _nothing),
        "letters": (f"/documents/{document}/letters?letter=๔", _nothing),
        "exports": (f"/documents/{document}/exports", _nothing),
        "publishing": ("/publishing", _nothing),
        "samples": ("/samples", _nothing),
        "sample": (f"/samples/{sample}", _nothing),
        "audits": ("/audits", _nothing),
        "learning": ("/learning", _nothing),
        "users": ("/users", _nothing),
        "report": (report.resolve().as_uri(), _nothing),
    }


def _nothing(tab: Page) -> None:
    del tab


def _lit(tab: Page) -> None:
    tab.wait_for_selector("#stage:not(:empty)")
    tab.wait_for_load_state("networkidle")


def _at_a_letter(tab: Page) -> None:
    _lit(tab)
    for _ in range(4):
        tab.keyboard.press("ArrowRight")


def _with_keys(tab: Page) -> None:
    _lit(tab)
    tab.keyboard.press("?")


def _in_order(tab: Page) -> None:
    _lit(tab)
    tab.keyboard.press("p")


def _traced(tab: Page) -> None:
    _at_a_letter(tab)
    tab.keyboard.press("o")
    tab.wait_for_selector("#trace-rows img, #trace-rows canvas, #trace-rows dd")


_PATIENCE_MS = 300_000

DOCUMENTED = {
    "queue-1280": ("queue", (1280, 800), "en"),
    "report-1280": ("report", (1280, 800), "en"),
    "review-1280": ("review", (1280, 800), "en"),
    "review-390": ("review", (390, 844), "th"),
    "review-alike": ("alike", (1280, 800), "en"),
    "review-letters": ("letters", (1280, 800), "en"),
    "review-order": ("order", (1280, 800), "en"),
    "review-trace": ("trace", (1280, 800), "en"),
    "sample-1280": ("sample", (1280, 800), "en"),
}
"""The pictures of the documentation: what they show, in which size and language."""


def take(
    browser: Browser, url: str, where: tuple[str, Step], size: tuple[int, int], language: str, to: Path
) -> int:
    """One picture; returns by how many pixels the page is wider than the window."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="en-GB")
    context.set_default_timeout(_PATIENCE_MS)
    tab = context.new_page()
    tab.goto(url)
    path, step = where
    asked = f"{tab.url.rstrip('/')}{path}{'&' if '?' in path else '?'}lang={language}"
    tab.goto(path if path.startswith("file:") else asked)
    step(tab)
    tab.wait_for_timeout(400)
    tab.screenshot(path=str(to))
    wider = int(tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
    context.close()
    return wider


def main() -> None:
    """Make them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--workspace", type=Path, help="where the workspace is made, and left")
    parser.add_argument("--every", type=Path, help="a folder for all pages in all sizes and languages")
    parser.add_argument("--only", nargs="+", help="of these pages alone, by name")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        folder = given.workspace or Path(scratch) / "work"
        names = furnish(folder)
        report = next((folder / "reports").glob("*.html"))
        shown = visits(report, *names)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        with review_server(folder, Path(scratch) / "state", "สมชาย") as served:
            for name, (what, size, language) in DOCUMENTED.items():
                take(browser, served.url, shown[what], size, language, PICTURES / f"{name}.png")
            if given.every is not None:
                given.every.mkdir(parents=True, exist_ok=True)
                for what, where in ((one, shown[one]) for one in given.only or shown):
                    for size in SIZES:
                        for language in LANGUAGES:
                            file = given.every / f"{what}-{size[0]}-{language}.png"
                            wider = take(browser, served.url, where, size, language, file)
                            if wider > 0:
                                print(f"{file.name}: {wider} px wider than the window")
        browser.close()


if __name__ == "__main__":
    main()
