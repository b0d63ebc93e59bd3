"""Lines joined, broken, put in order and inserted at the station; letters gone through and chosen by number."""

import pytest
from playwright.sync_api import expect

from audit.audit import audit
from ledger.events.added import Added
from model.box import Box
from model.edit import Span
from model.page import Line, Page, Reading
from model.state import Outcome
from review.state import page_state
from tests.review.station_page import AS_SHOWN, KATHU, furnished
from tests.review.web_desk import Desk, needs_chromium
from tests.workspace import samples
from workspace.store import recipe_key

pytestmark = [pytest.mark.browser, needs_chromium]


@pytest.fixture
def house(web_house):
    return furnished(web_house)


@pytest.fixture
def desk(browser, server, house):
    return Desk(browser, server, house)


def texts(desk):
    return desk.page.locator("#text .line:not(.writing)").all_inner_texts()


def writes(desk, act):
    """Do something that writes, and wait until it is on record."""
    with desk.page.expect_response("**/texts"):
        act()
    desk.recorded()


def lit(desk, index):
    desk.line(index).locator(".gutter").click()


def further(desk, name):
    """A command by its button."""
    if not desk.page.locator("#further").evaluate("one => one.open"):
        desk.page.locator("#further summary").click()
    desk.page.locator(f"#further button[data-command={name}]").click()


def shown_text(house):
    return page_state(house.ws, house.document, 1).shown_text.split("\n")


def test_lines_are_joined_with_a_key_and_with_a_button_and_come_back(desk, house):
    lit(desk, 3)
    writes(desk, lambda: desk.press("l"))
    assert texts(desk) == [*AS_SHOWN[:3], "| | ลงชื่อ นายก"]
    assert desk.page.locator("#text > li").count() == 4
    expect(desk.line(3)).to_contain_class("current")
    desk.sends("u")
    assert texts(desk) == AS_SHOWN
    lit(desk, 0)
    writes(desk, lambda: further(desk, "join"))
    assert shown_text(house)[0] == AS_SHOWN[0] + AS_SHOWN[1]
    assert desk.outcome(KATHU) is Outcome.OPEN
    assert audit(house.ws).holds
    assert desk.complaints == []


def test_backspace_at_a_lines_beginning_and_delete_at_its_end_join_it(desk, house):
    lit(desk, 4)
    desk.press("e")
    desk.press("Home")
    writes(desk, lambda: desk.press("Backspace"))
    assert texts(desk)[3] == "| | ลงชื่อ นายก"
    lit(desk, 1)
    desk.press("e")
    desk.press("End")
    writes(desk, lambda: desk.press("Delete"))
    assert texts(desk)[1] == f"{AS_SHOWN[1]}{AS_SHOWN[2]}"


def test_a_line_that_is_typed_in_is_not_joined_before_that_is_saved(desk, house):
    lit(desk, 4)
    desk.press("e")
    desk.page.keyboard.type("ฯ")
    desk.press("Home")
    desk.press("Backspace")
    expect(desk.page.locator("#trouble")).to_contain_text("not saved")
    assert not list(house.ws.ledger.events(Added))
    expect(desk.page.locator("textarea.writing")).to_have_value("ลงชื่อ นายกฯ")


def test_a_line_is_broken_at_the_letter_that_is_pointed_at_or_written(desk, house):
    lit(desk, 4)
    desk.press("b")
    expect(desk.page.locator("#announce")).to_contain_text("Point at a letter")
    for _ in range(6):
        desk.press("ArrowRight")
    writes(desk, lambda: desk.press("b"))
    assert shown_text(house)[4:] == ["ลงชื่อ", "นายก"]
    desk.sends("u")
    desk.press("e")
    desk.press("Home")
    for _ in range(3):
        desk.press("ArrowRight")
    desk.press("Shift+Enter")
    writes(desk, lambda: desk.press("Enter"))
    assert shown_text(house)[4:] == ["ลงชื่", "อ นายก"]


def test_lines_are_put_in_order_with_keys_as_one_record_and_taken_back_as_one(desk, house):
    lit(desk, 1)
    desk.sends("Shift+A")
    lit(desk, 1)
    desk.press("p")
    items = desk.page.locator("#order-list li")
    expect(items).to_have_count(5)
    expect(items.nth(1)).to_be_focused()
    desk.press("Shift+ArrowUp")
    expect(items.nth(0)).to_be_focused()
    expect(desk.page.locator("#order-said")).to_have_text("Line 1/5")
    writes(desk, lambda: desk.page.locator("#ordering button[value=yes]").click())
    assert shown_text(house) == [AS_SHOWN[1], AS_SHOWN[0], *AS_SHOWN[2:]]
    assert texts(desk)[0] == f"{AS_SHOWN[1]}\n{AS_SHOWN[0]}"
    assert len(list(house.ws.ledger.events(Added))) == 1
    assert audit(house.ws).holds
    desk.sends("u")
    assert texts(desk) == AS_SHOWN
    assert desk.outcome(KATHU) is Outcome.ACCEPTED


def test_lines_are_put_in_order_with_the_mouse_and_not_while_something_is_open_on_them(desk, house):
    further(desk, "order")
    handle = desk.page.locator("#order-list li").nth(4).locator(".handle")
    target = desk.page.locator("#order-list li").nth(3).bounding_box()
    box = handle.bounding_box()
    desk.page.mouse.move(box["x"] + 5, box["y"] + 5)
    desk.page.mouse.down()
    desk.page.mouse.move(box["x"] + 5, target["y"] + 4, steps=4)
    desk.page.mouse.up()
    expect(desk.page.locator("#order-list li").nth(3)).to_contain_text("ลงชื่อ")
    writes(desk, lambda: desk.page.locator("#ordering button[value=yes]").click())
    expect(desk.page.locator("#trouble")).to_contain_text("Something is open on one of these lines.")
    desk.press("Escape")
    lit(desk, 3)
    desk.sends("a")
    further(desk, "order")
    desk.page.locator("#order-list li").nth(4).get_by_role("button", name="Move up").click()
    writes(desk, lambda: desk.page.locator("#ordering button[value=yes]").click())
    assert shown_text(house)[3:] == ["ลงชื่อ นายก", "| |"]


def test_a_missed_line_is_inserted_with_the_button_below_the_line_that_is_lit(desk, house):
    lit(desk, 0)
    desk.page.locator("#insert").click()
    desk.page.keyboard.type("เรื่อง สอบราคา")
    writes(desk, lambda: desk.press("Enter"))
    assert shown_text(house)[:2] == [AS_SHOWN[0], "เรื่อง สอบราคา"]
    desk.sends("u")
    assert shown_text(house) == AS_SHOWN


def test_the_cursor_goes_by_letter_and_by_mark_and_a_number_takes_what_it_may_be(desk, house):
    lit(desk, 4)
    for _ in range(3):
        desk.press("ArrowRight")
    expect(desk.page.locator("#letter b")).to_have_text("ชื่")
    desk.press(".")
    desk.press(".")
    expect(desk.page.locator("#letter")).to_contain_text("U+0E48")
    lights = desk.page.evaluate("[...(CSS.highlights.get('letter') ?? [])].map(String)")
    assert lights == ["\u0e48"]
    first = desk.page.locator("#alternatives button").first
    expect(first).to_contain_text("็")
    writes(desk, lambda: desk.press("2"))
    assert texts(desk)[4] == "ลงชื้อ นายก"
    expect(desk.page.locator("#letter")).to_contain_text("U+0E49")
    desk.press("e")
    assert desk.page.locator("textarea.writing").evaluate(
        "one => [one.selectionStart, one.selectionEnd]"
    ) == [4, 5]
    desk.press("Escape")
    desk.press("Escape")
    expect(desk.page.locator("#letter")).to_be_hidden()
    assert desk.complaints == []


def test_a_click_on_a_letter_offers_what_it_may_be_to_the_mouse(desk, house):
    line = desk.line(4).locator(".line")
    box = line.bounding_box()
    line.click(position={"x": box["width"] - 3, "y": box["height"] / 2})
    desk.press("ArrowLeft")
    expect(desk.page.locator("#letter b")).to_have_text("ก")
    choice = desk.page.locator("#alternatives button", has_text="ถ").first
    writes(desk, choice.click)
    assert texts(desk)[4] == "ลงชื่อ นายถ"


def test_the_other_readers_letter_comes_first_and_a_digits_others_are_all_there(desk, house):
    lit(desk, 4)
    for _ in range(7):
        desk.press("ArrowRight")
    desk.press("ArrowRight")
    expect(desk.page.locator("#letter b")).to_have_text("ย")
    expect(desk.page.locator("#alternatives button").first).to_contain_text("ช")
    lit(desk, 2)
    for _ in range(6):
        desk.press("ArrowRight")
    expect(desk.page.locator("#letter b")).to_have_text("๒")
    shown = desk.page.locator("#alternatives ins").all_inner_texts()
    assert sorted(shown) == sorted("๐๑๓๔๕๖๗๘๙")
    writes(desk, lambda: desk.press("1"))
    assert texts(desk)[2] == AS_SHOWN[2].replace("๒", shown[0])


def test_alt_and_an_arrow_go_by_mark_in_a_line_that_is_written(desk, house):
    lit(desk, 4)
    desk.press("e")
    desk.press("Home")
    place = desk.page.locator("textarea.writing")
    for _ in range(4):
        desk.press("Alt+ArrowRight")
    assert place.evaluate("one => one.selectionStart") == 4
    desk.press("Alt+ArrowLeft")
    assert place.evaluate("one => one.selectionStart") == 3


def test_which_digits_of_a_number_differ_is_marked(desk, house):
    lit(desk, 2)
    desk.press("e")
    desk.page.locator("textarea.writing").fill("พ.ศ. ๒๕๖๗")
    writes(desk, lambda: desk.press("Enter"))
    lit(desk, 2)
    chip = desk.line(2).locator(".finding-chip").first
    assert chip.locator("del b").all_inner_texts() == ["๕๕"]
    assert chip.locator("ins b").all_inner_texts() == ["๖๗"]
    assert chip.locator("del").inner_text() == "๒๕๕๕"


def test_every_key_has_a_button_or_a_link_and_the_buttons_do_the_same(desk, house):
    commands = desk.page.locator("#key-list .key").count()
    assert commands > 30
    without = desk.page.evaluate(
        """async () => {
          const page = document.querySelector('script[src$="page.js"]').src;
          const { GROUPS } = await import(page.replace('page.js', 'shortcuts.js'));
          const all = Object.values(GROUPS).flatMap(Object.keys);
          return all.filter((one) => !document.querySelector(`[data-command="${one}"]`));
        }"""
    )
    elsewhere = {
        "remark": "#remark", "sign": "#page-box", "waive": "#page-box", "next_page": "#next-page",
        "previous_page": "#previous-page", "document": "#to-document", "zoom_in": "#zoom-in", "zoom_out": "#zoom-out",
        "zoom_fit": "#zoom-fit", "pan": "#scan",
    }  # fmt: skip
    assert set(without) == set(elsewhere)
    for place in elsewhere.values():
        assert desk.page.locator(place).count() == 1
    further(desk, "next_line")
    further(desk, "least_sure")
    expect(desk.page.locator("#head")).to_contain_text("open")
    further(desk, "next_letter")
    expect(desk.page.locator("#letter")).to_be_visible()
    assert desk.complaints == []


def read_at(house, rows, tops=None):
    """Read the second page as these lines, each a text with where its letters begin; they are 6 pixels wide and 30
    high, from these heights on."""
    text = "\n".join(row for row, _ in rows)
    boxes, lines, start = [], [], 0
    for index, (row, lefts) in enumerate(rows):
        top = 200 + 60 * index if tops is None else tops[index]
        boxes += [None if letter.isspace() else Box(left, top, left + 6, top + 30)
                  for letter, left in zip(row, lefts, strict=True)] + [None]  # fmt: skip
        lines.append(Line(Span(start, start + len(row)), Box(min(lefts), top, max(lefts) + 6, top + 30)))
        start += len(row) + 1
    sure = tuple(None if box is None else 0.99 for box in boxes[:-1])
    found = Reading(2, samples.READER, text, tuple(lines), tuple(boxes[:-1]), sure, (None,) * len(text))
    image = house.ws.store.put(house.image(2))
    page = Page(house.document, 2, image, 2480, 3508, 300.0, samples.QUALITY, (found,))
    blob = house.ws.record_page(page, recipe_key(step="read", text=text))
    house.examine(2, blob, samples.findings(text), run=7)


def test_a_wide_cell_stays_under_its_ink_and_does_not_go_on_below_the_first(desk, house):
    first, last = "ที่", "สำนักงานเทศบาลตำบลกะทู้ อำเภอกะทู้"
    lefts = [*(200 + 9 * at for at in range(len(first))), 250, *(1500 + 6 * at for at in range(len(last)))]
    read_at(house, [(f"{first}\t{last}", lefts)])
    desk.open(2)
    left, *starts = desk.page.evaluate(
        """() => {
          const words = document.querySelector("#text .line");
          const range = document.createRange();
          range.setStartAfter(words.querySelector(".tab"));
          range.setEndAfter(words.lastChild);
          const seen = [...range.getClientRects()].filter((one) => one.width > 1).map((one) => one.left);
          return [words.closest(".body").getBoundingClientRect().left, ...seen];
        }"""
    )
    ink = desk.line(0).locator(".ink").bounding_box()
    paper = 0.012 * 2480
    wide = 1500 + 6 * len(last) - 200 + 2 * paper
    wanted = ink["x"] + (1500 - 200 + paper) / wide * ink["width"]
    assert starts[0] == pytest.approx(wanted, abs=3)
    assert min(starts) >= wanted - 3 > left
    assert desk.page.locator("#text .line").evaluate("one => one.scrollWidth - one.clientWidth") <= 1


PALE = """() => [...document.querySelectorAll("#text > li")].map((row) => {
  const ink = row.querySelector(".ink").getBoundingClientRect();
  return [...row.querySelectorAll(".of-others")].map((one) => {
    const box = one.getBoundingClientRect();
    return [box.left - ink.left, box.top - ink.top, box.right - ink.left, box.bottom - ink.top].map((edge, at) =>
      Math.round(100 * edge / (at % 2 ? ink.height : ink.width)));
  });
})"""


def test_what_of_a_lines_image_belongs_to_other_lines_is_pale_and_its_own_ink_and_what_no_line_has_is_not(
    desk, house
):
    """Two columns, the right one half a line lower, and a line that is askew to the one above it."""
    wide = 0.62 * 2480
    left, right = list(range(200, 440, 12)), list(range(1200, 1440, 12))
    row = "ก" * 20
    read_at(house, [(row, left), (row, right), (row, left)], tops=[200, 218, 226])
    desk.open(2)
    first, second, third = desk.page.evaluate(PALE)
    begins = 200 - 0.012 * 2480

    def across(x):
        return pytest.approx(100 * (x - begins) / wide, abs=1)

    ends = [(across(200), across(434)), (across(1200), across(1434))]
    edge = round(30 * 0.28) + 2
    high = 30 + 2 * edge
    down = [pytest.approx(100 * (30 + edge) / high, abs=2), pytest.approx(100 * edge / high, abs=2)]
    assert len(first) == 2
    beside, below = sorted(first, key=lambda one: -one[0])
    assert (beside[0], beside[2]) == ends[1]
    assert (below[0], below[2]) == ends[0]
    assert below[1] == down[0], "of the line below what lies under the letters of the first, and no more"
    assert below[3] == 100
    assert sorted((one[0], one[2]) for one in second) == [ends[0], ends[0]]
    above = next(one for one in third if one[0] < 50)
    assert (above[1], above[3]) == (0, down[1])
    assert desk.complaints == []


def test_on_a_phone_the_image_of_a_line_begins_where_its_ink_does(desk, house):
    title, number = "ประกาศเทศบาลตำบลกะทู้", "หน้า ๒"
    left, right = range(200, 200 + 60 * len(title), 60), range(1600, 1600 + 6 * len(number), 6)
    read_at(house, [(title, list(left)), (number, list(right))])
    desk.page.set_viewport_size({"width": 390, "height": 844})
    desk.open(2)
    for index, begins in ((0, 200), (1, 1600)):
        at = desk.line(index).locator(".line-image").evaluate(
            """(image, begins) => {
              const ink = image.firstElementChild.getBoundingClientRect();
              const [left, right] = [200 - 0.012 * 2480, Math.max(1600 + 6 * 6, 200 + 60 * 21) + 0.012 * 2480];
              const place = ink.left + ((begins - left) / Math.max(right - left, 0.62 * 2480)) * ink.width;
              return [place - image.getBoundingClientRect().left, image.clientWidth];
            }""", begins
        )  # fmt: skip
        assert 0 <= at[0] < at[1] - 10
