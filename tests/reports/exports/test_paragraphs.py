"""Text by paragraphs: lines are joined as Thai is written, rows of a table stay rows."""

from tests.reports.made_pages import blank_pdf, corrected, edition, page
from tests.reports.round_trip import exported
from tests.reports.sample_document import finished

TEXT = """เทศบาลตำบลป่าบงได้จัดทำแผนพัฒนาท้องถิ่นโดยให้ประชา
ชนมีส่วนร่วมในการประชุมประชาคมของทุกหมู่บ้านในเขต
ที่\tจังหวัด
๑\tกระบี่\t๓
ลงชื่อ\tนายก"""


def made(found) -> str:
    return exported("paragraphs", found).decode()


def test_a_table_keeps_its_rows_and_each_row_has_as_many_cells() -> None:
    read = page(TEXT)
    text = made(edition(blank_pdf([read]), "pdf", [corrected(read)]))
    assert "ที่\tจังหวัด\t\n๑\tกระบี่\t๓\nลงชื่อ\tนายก\t\n" in text


def test_no_letter_of_a_body_is_lost_or_added() -> None:
    read = page(TEXT)
    text = made(edition(blank_pdf([read]), "pdf", [corrected(read)]))
    assert "".join(text.split()) == "".join(TEXT.split())


def test_pages_are_parted_by_a_form_feed_and_one_that_was_left_out_is_empty() -> None:
    first, second = made(finished()).split("\f")
    assert first.strip()
    assert second == ""
