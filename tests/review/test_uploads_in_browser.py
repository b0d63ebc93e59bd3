"""Scans are dropped on a page in a browser."""

import base64

import pytest
from playwright.sync_api import expect

from ledger.events.scan_uploaded import ScanUploaded
from tests.reports.made_pages import blank_pdf, page
from tests.review.web_desk import needs_chromium

pytestmark = [pytest.mark.browser, pytest.mark.server, needs_chromium]
PDF = blank_pdf([page("", 1)])
DROP = """([name, data]) => {
  const bytes = Uint8Array.from(atob(data), (one) => one.charCodeAt(0));
  const carried = new DataTransfer();
  carried.items.add(new File([bytes], name));
  const drop = new DragEvent("drop", { dataTransfer: carried, bubbles: true, cancelable: true });
  document.getElementById("drop").dispatchEvent(drop);
}"""


@pytest.fixture
def inbox(tmp_path, monkeypatch):
    folder = tmp_path / "inbox"
    folder.mkdir()
    monkeypatch.setenv("CHAMRA_INBOX", str(folder))
    return folder


def test_what_is_dropped_or_chosen_lies_in_the_inbox_and_what_is_no_scan_is_said_to_be_none(
    inbox, desk, web_house
):
    shown = desk.page
    shown.goto(f"{desk.root}/")
    shown.get_by_role("link", name="Add scans").click()
    expect(shown.get_by_text("or drop them here")).to_be_visible()
    shown.wait_for_load_state()  # until then nobody listens to what is dropped
    shown.evaluate(DROP, ["ประกาศ.pdf", base64.b64encode(PDF).decode()])
    expect(shown.locator("#sent li").first).to_contain_text("In the inbox (1")
    shown.set_input_files("#files", {"name": "notes.pdf", "mimeType": "", "buffer": b"no scan at all"})
    expect(shown.locator("#sent li").nth(1)).to_contain_text("Not done.")
    assert [one.name for one in inbox.iterdir()] == ["ประกาศ.pdf"]
    assert (inbox / "ประกาศ.pdf").read_bytes() == PDF
    assert web_house.ws.ledger.newest(ScanUploaded).event.name == "ประกาศ.pdf"
