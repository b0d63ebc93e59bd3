"""What axe-core says of every page, in both languages and at both widths.

Runs where the environment names the script, for instance after `npm install axe-core`:
AXE_CORE=node_modules/axe-core/axe.min.js
"""

import os
from pathlib import Path

import pytest

from tests.review.web_desk import Desk, needs_chromium

AXE = Path(os.environ.get("AXE_CORE", "axe.min.js"))

pytestmark = [
    pytest.mark.browser,
    needs_chromium,
    pytest.mark.skipif(not AXE.is_file(), reason="AXE_CORE does not name axe-core's axe.min.js"),
]


def violations(desk):
    desk.page.evaluate(AXE.read_text("utf-8"))
    return desk.page.evaluate(
        """async () => (await axe.run(document)).violations.flatMap(
             one => one.nodes.map(node => `${one.id}: ${node.html}`))"""
    )


@pytest.fixture
def house(web_house):
    return web_house


@pytest.mark.parametrize("language", ["en", "th"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_no_violation(browser, server, house, language, width):
    desk = Desk(browser, server, house, width)
    page = f"/documents/{house.document}/pages/1"
    found = {}
    for path in ("/", f"/documents/{house.document}", f"/documents/{house.document}/letters?letter=ก", page):
        desk.page.goto(f"{desk.root}{path}{'&' if '?' in path else '?'}lang={language}")
        desk.page.wait_for_load_state("networkidle")
        found[path] = violations(desk)
    desk.ready()
    for key in ("e", "Escape", "?", "Escape", "d", "Escape", "Shift+A", "a"):
        desk.press(key)
        found[key] = violations(desk)
    desk.press("g")
    desk.page.wait_for_selector("#alike")
    found["g"] = violations(desk)
    assert {where: said for where, said in found.items() if said} == {}
