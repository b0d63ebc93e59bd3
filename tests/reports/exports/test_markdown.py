"""Markdown: what a text says is never taken for Markdown's own marks."""

import re

from markdown_it import MarkdownIt

from tests.reports.made_pages import blank_pdf, corrected, edition, page
from tests.reports.round_trip import exported

TEXT = """# ไม่ใช่หัวข้อ *ตัวเอียง* _x_ <b>[ลิงก์](x)</b> `รหัส`
1. ไม่ใช่รายการ
- ขีด
+ บวก
ที่\tจังหวัด | เขต
๑\tกระบี่ ~~ลบ~~"""


def made() -> str:
    read = page(TEXT)
    return exported("markdown", edition(blank_pdf([read]), "pdf", [corrected(read)])).decode()


def rendered() -> str:
    return str(MarkdownIt("commonmark", {"html": True}).enable("table").render(made()))


def test_a_text_is_rendered_as_it_reads() -> None:
    html = rendered()
    assert "<em>" not in html
    assert "<li>" not in html
    assert "<a " not in html
    assert "<code>" not in html
    assert html.count("<h1>") == 1
    shown = re.sub(r"<!--.*?-->|<[^>]+>", "", html).replace("&lt;", "<").replace("&gt;", ">")
    for part in ("# ไม่ใช่หัวข้อ *ตัวเอียง* _x_ <b>[ลิงก์](x)</b> `รหัส`", "1. ไม่ใช่รายการ", "- ขีด", "+ บวก"):
        assert part in shown


def test_lines_with_tabs_are_a_table() -> None:
    html = rendered()
    assert "<th>ที่</th>" in html
    assert "<th>จังหวัด | เขต</th>" in html
    assert "<td>กระบี่ ~~ลบ~~</td>" in html
