"""A document built by hand: pages drawn with Pillow, a reading with OCR errors, findings, decisions."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass, field, replace
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from model.box import Box
from model.decision import AppliedEdit, Decision, Published, SignOff, Subject, Verdict, Who
from model.edit import (
    Edit,
    Expectation,
    Findings,
    Flag,
    Proposal,
    Safety,
    Span,
    Standing,
    apply_edits,
    finding_id,
    text_sha256,
)
from model.evidence import Evidence, EvidenceKind
from model.geometry import to_page
from model.page import FailedPage, Line, Page, Preparation, Quality, Reader, Reading
from model.publication import Edition, PublishedPage
from model.state import DocumentState, Outcome, PageState, Stage

FONTS = [
    Path("/usr/share/fonts/truetype/tlwg/Norasi.ttf"),
    Path("/usr/share/fonts/truetype/tlwg/Loma.ttf"),
    Path("/usr/share/fonts/truetype/noto/NotoSansThai-Regular.ttf"),
]
WIDTH, HEIGHT, LEFT, TOP, PITCH = 2480, 3508, 260, 300, 104
DOCUMENT = hashlib.sha256(b"a sample document").hexdigest()
REVIEWER = Who("ผู้ตรวจทานตัวอย่าง", "reviewer", claimed=True)
SECOND = Who("ผู้ตรวจทานคนที่สอง", "second", claimed=False)
READER = Reader("tesseract", "5.3.0", (("languages", "tha+eng"), ("psm", "3")))

# (as printed, as read)
PROSE = [
    (
        "องค์การบริหารส่วนตำบลห้วยสัก อำเภอเมืองเชียงราย จังหวัดเชียงราย",
        "องค์การบริหารส่วนตําบลห้วยสัก อําเภอเมืองเชียงราย จังหวัดเชียงไหม่",
    ),
    (
        "จัดทำแผนพัฒนาท้องถิ่นสี่ปี โดยให้ประชาชนมีส่วนร่วมในการจำกัดขอบเขต",
        "จัดทําแผนพัฒนาท้องถิ่นสี่ปี โดยให้ประชาชนมีส่วนร่วมในการจํ ากัดขอบเขต",
    ),
    (
        "ของโครงการ และกำหนดให้มีการประชุมประชาคมหมู่บ้านก่อนวันที่ ๒๔ มิถุนายน",
        "ของโครงการ และกําหนดให้มีการประชุมประชาคมหมู่บ้านก่อนวันที่ ๒๕ มิถุนายน",
    ),
    (
        "ประชาชนในพื้นที่ได้ร่วมกันเสนอความต้องการผ่านเวทีประชาคมครบทุกหมู่บ้าน",
        "ประชาชนในพื้นที่ได้ร่วมกันเสนอความต้องการผ่านเวทีประชาคมครบทุกหมู่บ้าน",
    ),
    (
        "แนวทางการพัฒนาที่ยั่งยืน (Sustainable Development) ของเทศบาล",
        "แนวทางการพัฒนาที่ยั่งยืน (5บรเลเทลหเอ Development) ของเทศบาล",
    ),
    (
        "ตำบลศีขรภูมิ เน้นการมีส่วนร่วมของชุมชน และการใช้ทรัพยากรอย่างคุ้มค่า",
        "ตําบลศีขรภูมิ เน้นการมีส่วนร่วมของชุมชน และการใช้ทรัพยากรอย่างคุมค่า",
    ),
    (
        "สำนักปลัดเทศบาลรับผิดชอบการติดตามและประเมินผลเป็นประจำทุกไตรมาส",
        "สํานักปลัดเทศบาลรับผิดชอบการติดตามและประเมินผลเป็นประจําทุกไตรมาส",
    ),
]


@dataclass
class Builder:
    """Collects the findings of one page, each named by its text in the raw reading."""

    number: int
    reading: Reading
    proposals: list[Proposal] = field(default_factory=list)
    flags: list[Flag] = field(default_factory=list)
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    decisions: dict[str, tuple[Decision, ...]] = field(default_factory=dict)
    beaten: dict[str, str] = field(default_factory=dict)

    def span(self, before: str, nth: int = 0) -> Span:
        at = -1
        for _ in range(nth + 1):
            at = self.reading.text.index(before, at + 1)
        return Span(at, at + len(before))

    def propose(
        self,
        rule: str,
        before: str,
        after: str,
        message: str,
        *,
        nth: int = 0,
        safety: Safety = Safety.REVIEW,
        confidence: float = 0.97,
        outcome: Outcome = Outcome.OPEN,
        evidence: tuple[Evidence, ...] = (),
        **more: object,
    ) -> str:
        span = self.span(before, nth)
        identity = finding_id(self.reading.sha256, rule, span, after)
        proposal = Proposal(
            identity, rule, 1, Edit(span, before, after), message, evidence, confidence, safety
        )
        self.proposals.append(replace(proposal, **more))  # type: ignore[arg-type]
        self.outcomes[identity] = outcome
        return identity

    def flag(self, rule: str, before: str, message: str, outcome: Outcome = Outcome.OPEN) -> str:
        span = self.span(before)
        identity = finding_id(self.reading.sha256, rule, span, None)
        self.flags.append(
            Flag(identity, rule, span, message, (Evidence(EvidenceKind.READS, ("line-reader", "๔๕"), 0.8),))
        )
        self.outcomes[identity] = outcome
        return identity

    def decide(
        self, finding: str, verdict: Verdict, outcome: Outcome, *, after: str | None = None, note: str = ""
    ) -> None:
        decision = Decision(
            Subject(DOCUMENT, self.number, finding),
            verdict,
            after,
            REVIEWER,
            "terminal",
            "2026-11-22T03:14:15Z",
            note,
        )
        self.decisions[finding] = (*self.decisions.get(finding, ()), decision)
        self.outcomes[finding] = outcome

    def state(self, page: Page, stage: Stage, signoff: SignOff | None = None) -> PageState:
        proposals = tuple(sorted(self.proposals, key=lambda p: p.edit.span))
        findings = Findings(
            self.reading.sha256,
            proposals,
            tuple(self.flags),
            "rules-7",
            "dictionaries-2026.1",
            Expectation(900, 12.4, 7.6, 18.2),
        )
        standings = tuple(Standing(p, self.beaten.get(p.id)) for p in proposals)
        return PageState(
            number=self.number,
            stage=stage,
            page=page,
            findings=findings,
            standings=standings,
            outcomes=self.outcomes,
            shown=tuple(self._shown(one.proposal) for one in standings if one.stands),
            decisions=self.decisions,
            signoff=signoff,
            people={one.id: one.people for one in findings.all if one.people > 1},
        )

    def _shown(self, proposal: Proposal) -> AppliedEdit:
        own = [one.after for one in self.decisions.get(proposal.id, ()) if one.after is not None]
        edit = replace(proposal.edit, after=own[-1]) if own else proposal.edit
        return AppliedEdit(edit, proposal.id)


def font(size: int = 58) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(next(path for path in FONTS if path.exists())), size)


def drawn_page(number: int, lines: list[tuple[str, str]], skew: float = 0.0) -> tuple[Page, bytes]:
    """A page whose image shows the first texts and whose reading has the second ones, with a box a letter."""
    image = Image.new("L", (WIDTH, HEIGHT), 250)
    draw = ImageDraw.Draw(image)
    face = font()
    boxes: list[Box | None] = []
    confidences: list[float | None] = []
    line_nouns: list[Line] = []
    text = ""
    for index, (printed, read) in enumerate(lines):
        top = TOP + index * PITCH
        draw.text((LEFT, top), printed, font=face, fill=25)
        width = face.getlength(printed)
        whole = max(1.0, face.getlength(read))
        start = len(text)
        for at, letter in enumerate(read):
            left = LEFT + width * face.getlength(read[:at]) / whole
            right = LEFT + width * face.getlength(read[: at + 1]) / whole
            box = Box(int(left), top + 4, max(int(left) + 2, int(right)), top + 84)
            boxes.append(None if letter.isspace() else box)
            confidences.append(None if letter.isspace() else (0.42 if letter in "๒๕" else 0.96))
        text += read + "\n"
        boxes.append(None)
        confidences.append(None)
        line_nouns.append(Line(Span(start, start + len(read)), Box(LEFT, top, LEFT + int(width), top + 90)))
    preparation = Preparation(0, skew, ("straightened +1.40 degrees", "light blur") if skew else ())
    if skew:
        image = image.rotate(skew, fillcolor=250)  # Pillow turns counter-clockwise; preparation turns back
        boxes = [box and to_page(box, preparation, WIDTH, HEIGHT) for box in boxes]
    reading = Reading(
        number, READER, text, tuple(line_nouns), tuple(boxes), tuple(confidences), (None,) * len(text)
    )
    data = io.BytesIO()
    image.save(data, "PNG")
    page = Page(
        document=DOCUMENT,
        number=number,
        image_sha256=hashlib.sha256(data.getvalue()).hexdigest(),
        width=WIDTH,
        height=HEIGHT,
        dpi=300.0,
        quality=Quality(31.0 if text else 0.0, 0.88, 0.011, 0.72, 0.052 if text else 0.0001, blank=not text),
        readings=(reading,),
        preparation=preparation,
    )
    return page, data.getvalue()


def add_findings(builder: Builder) -> None:
    """What rules would find on a page of PROSE, with every kind of outcome."""
    raw = builder.reading.text
    for nth in range(raw.count("ํา")):
        builder.propose(
            "ENC001",
            "ํา",
            "ำ",
            "Sara am stands in two parts",
            nth=nth,
            safety=Safety.SAFE,
            confidence=0.9999,
            outcome=Outcome.POLICY,
            evidence=(Evidence(EvidenceKind.WORD, ("คำ",)),),
        )
    builder.propose(
        "ENC001",
        "ํ า",
        "ำ",
        "Sara am stands in two parts with a space between",
        safety=Safety.SAFE,
        confidence=0.999,
        outcome=Outcome.POLICY,
    )
    place = builder.propose(
        "GAZ002",
        "เชียงไหม่",
        "เชียงราย",
        "อำเภอเมืองเชียงราย lies in จังหวัดเชียงราย, not in จังหวัดเชียงใหม่",
        confidence=0.91,
        evidence=(
            Evidence(EvidenceKind.PLACE, (("อำเภอเมืองเชียงราย", "จังหวัดเชียงราย"),), 1.0),
            Evidence(EvidenceKind.MISREAD_AS, ("เชียงราย", "เชียงไหม่"), 0.89),
        ),
        alternatives=("เชียงใหม่",),
        people=2,
    )
    builder.decide(place, Verdict.ACCEPT, Outcome.SECOND)
    smaller = builder.propose(
        "LEX004", "ไหม่", "ใหม่", "Misspelt word", confidence=0.88, outcome=Outcome.BEATEN
    )
    builder.beaten[smaller] = place
    builder.flag("DIG001", "๒๕", "A Thai digit that the reader cannot know")
    latin = builder.propose(
        "LAT001", "5บรเลเทลหเอ", "Sustainable", "A Latin word read in Thai letters", confidence=0.73
    )
    builder.decide(latin, Verdict.ACCEPT, Outcome.ACCEPTED)
    mark = builder.propose(
        "LEX001",
        "คุมค่า",
        "คุ้มค่า",
        "Misspelt word: a tone mark is missing",
        confidence=0.95,
        evidence=(Evidence(EvidenceKind.LIKELIER, score=9.3),),
    )
    builder.decide(mark, Verdict.EDIT, Outcome.EDITED, after="คุ้มค่าที่สุด", note="ตรวจกับต้นฉบับแล้ว")
    no = builder.propose(
        "SPC010", "ปี โดย", "ปีโดย", "A space between words that belong together", confidence=0.55
    )
    builder.decide(no, Verdict.REJECT, Outcome.REJECTED, note="the space is printed")
    builder.beaten[no] = "rejected"
    builder.propose(
        "SPC020",
        "เทศบาล\nตําบลศีขรภูมิ",
        "เทศบาลตำบลศีขรภูมิ",
        "A name broken over two lines",
        confidence=0.81,
    )
    broken = builder.proposals[-1].id
    for proposal in builder.proposals[:-1]:
        if proposal.edit.span.overlaps(builder.proposals[-1].edit.span):
            builder.beaten[proposal.id] = broken
            builder.outcomes[proposal.id] = Outcome.BEATEN


def sample(name: str = "แผนพัฒนาท้องถิ่น ๒๕๖๙.pdf") -> tuple[DocumentState, dict[str, bytes]]:
    """Six pages: waiting, straightened and published, blank, failed, waived, missing."""
    images: dict[str, bytes] = {}

    def drawn(number: int, lines: list[tuple[str, str]], skew: float = 0.0) -> Page:
        page, data = drawn_page(number, lines, skew)
        images[page.image_sha256] = data
        return page

    first = drawn(1, PROSE)
    builder = Builder(1, first.reading)
    add_findings(builder)
    second = drawn(2, [(printed, printed.replace("ำ", "ํา")) for printed, _ in PROSE[:4]], skew=1.4)
    signed = Builder(2, second.reading)
    for nth in range(second.reading.text.count("ํา")):
        signed.propose(
            "ENC001",
            "ํา",
            "ำ",
            "Sara am stands in two parts",
            nth=nth,
            safety=Safety.SAFE,
            confidence=0.9999,
            outcome=Outcome.ACCEPTED,
        )
    text = apply_edits(second.reading.text, [p.edit for p in signed.proposals])
    signoff = SignOff(
        DOCUMENT, 2, "ab" * 32, text_sha256(text), "safe-changes", SECOND, "2026-11-22T04:00:00Z"
    )
    blank = drawn(3, [])
    no_findings = Findings(blank.reading.sha256, (), (), "rules-7", "dictionaries-2026.1")
    waiver = Decision(
        Subject(DOCUMENT, 5),
        Verdict.WAIVE,
        None,
        REVIEWER,
        "terminal",
        "2026-11-22T05:00:00Z",
        "หน้าปกหลัง ไม่มีข้อความ",
    )
    pages = (
        builder.state(first, Stage.WAITING),
        signed.state(second, Stage.PUBLISHED, signoff),
        PageState(3, Stage.DECIDED, blank, findings=no_findings),
        PageState(
            4, Stage.FAILED, failed=FailedPage(DOCUMENT, 4, "Tesseract was stopped after 300 seconds.")
        ),
        PageState(
            5, Stage.WAIVED, failed=FailedPage(DOCUMENT, 5, "The page image is damaged."), waived=waiver
        ),
        PageState(6, Stage.MISSING),
    )
    return DocumentState(DOCUMENT, name, f"/inbox/{name}", "pdf", 8, pages), images


def published_pages(state: DocumentState) -> dict[int, PublishedPage]:
    """What the publishing of the signed pages would have made."""
    found: dict[int, PublishedPage] = {}
    for page in state.pages:
        if page.stage is Stage.PUBLISHED and page.page and page.findings and page.signoff:
            reading = page.page.reading
            edits = tuple(AppliedEdit(p.edit, p.id) for p in page.findings.proposals)
            text = apply_edits(reading.text, [applied.edit for applied in edits])
            published = Published(
                DOCUMENT, page.number, reading.sha256, "cd" * 32, text, edits, page.signoff.ledger_head
            )
            found[page.number] = PublishedPage(page, published)
    return found


def edition(state: DocumentState) -> Edition:
    """The document with what is published of it."""
    return Edition(state, published_pages(state))


def finished() -> Edition:
    """The sample's published page and its waived one."""
    state, _ = sample()
    return edition(replace(state, pages=(state.pages[1], state.pages[4])))
