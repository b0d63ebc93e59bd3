"""HTML: well formed, loads nothing, and says what the text says."""

from lxml import html

from tests.reports.made_pages import blank_pdf, corrected, edition, page
from tests.reports.round_trip import IN_PICTURE, document, exported
from tests.reports.sample_document import finished

TEXT = '<script>alert(1)</script> & "น้ำ"\nที่\tจังหวัด\n๑\t<กระบี่>'


def made(found) -> str:
    return exported("html", found).decode()


def test_what_a_text_says_is_shown_and_never_run() -> None:
    read = page(TEXT)
    source = made(edition(blank_pdf([read]), "pdf", [corrected(read)]))
    root = html.fromstring(source)
    assert root.get("lang") == "th"
    assert not root.xpath("//script | //link | //img | //iframe")
    assert "http" not in source
    assert root.xpath("//p")[0].text == '<script>alert(1)</script> & "น้ำ"'
    assert [cell.text for cell in root.xpath("//table//td")] == ["ที่", "จังหวัด", "๑", "<กระบี่>"]


def test_each_page_has_a_section_also_one_that_was_left_out() -> None:
    root = html.fromstring(made(finished()))
    assert [one.get("id") for one in root.xpath("//section/h2")] == ["page-2", "page-5"]


def test_what_stands_in_a_picture_is_shown_apart_as_proofread_by_nobody() -> None:
    root = html.fromstring(made(document()))
    pictured, unread = root.xpath("//section[1]/aside[@class='picture']")
    assert "ยังไม่มีผู้ตรวจ" in pictured[0].text
    assert "\n".join(pictured[1].itertext()) == IN_PICTURE
    assert [one.tag for one in unread] == ["p"]
    assert not any("แผนที่" in "".join(one.itertext()) for one in root.xpath("//section/p | //section/table"))
