"""What whoever comes next reads first is true: links, versions, the glossary, the list of decisions."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
DECISIONS = sorted((ROOT / "docs/decisions").glob("[0-9]*.md"))
VERSION: str = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]


def documents() -> list[Path]:
    """Every page of the project, wherever it lies."""
    found = sorted(ROOT.glob("*.md"))
    for folder in sorted(ROOT.iterdir()):
        if folder.is_dir() and not folder.name.startswith(".") and folder.name not in {"build", "dist"}:
            found.extend(sorted(folder.rglob("*.md")))
    return found


def headings(document: Path) -> set[str]:
    """The anchors of a page's headings."""
    found = re.findall(r"^#+ (.+)$", document.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {one.lower().replace(" ", "-") for one in found}


@pytest.mark.parametrize("document", documents(), ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_between_the_pages_leads_somewhere(document: Path) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)]+)\)", document.read_text(encoding="utf-8")):
        path, _, heading = target.partition("#")
        linked = (document.parent / path).resolve() if path else document
        assert linked.exists(), target
        assert not heading or heading in headings(linked), target


ROOMS = [path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".")]
FILE = re.compile(rf"(?<![\w/.])(?:{'|'.join(ROOMS)})/[\w./-]*\.(?:py|md|tsv|csv|json|npz|onnx|pdf)\b")


@pytest.mark.parametrize(
    "document", [*documents(), ROOT / "NOTICE"], ids=lambda path: str(path.relative_to(ROOT))
)
def test_every_file_that_is_named_in_full_is_there(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    written = {
        name for name in FILE.findall(text) if f"\n`{name}`:\n\n```" in text
    }  # the reader is to write it
    assert [
        name
        for name in FILE.findall(text)
        if name not in written and not (ROOT / name).exists() and not (document.parent / name).exists()
    ] == []


def test_every_page_below_docs_can_be_reached_from_the_readme() -> None:
    reached, ahead = set(), [ROOT / "README.md"]
    while ahead:
        page = ahead.pop()
        if page not in reached:
            reached.add(page)
            targets = re.findall(r"\]\((?!https?:)([^)#]+\.md)", page.read_text(encoding="utf-8"))
            ahead.extend((page.parent / target).resolve() for target in targets)
    assert set((ROOT / "docs").rglob("*.md")) <= reached
    assert {ROOT / name for name in ("SECURITY.md", "CHANGELOG.md")} <= reached


def test_the_citation_is_of_this_version() -> None:
    lines = (ROOT / "CITATION.cff").read_text(encoding="utf-8").splitlines()
    fields = dict(line.split(": ", 1) for line in lines if re.match(r"[a-z-]+: ", line))
    assert fields["version"] == VERSION
    assert fields["license"] == "Apache-2.0"
    released = re.search(rf"^## \[{re.escape(VERSION)}\] - (\S+)$", changelog(), flags=re.MULTILINE)
    assert released
    assert fields["date-released"] == released[1]


def changelog() -> str:
    return (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_changelog_begins_with_what_is_unreleased_and_then_has_this_version() -> None:
    found = re.findall(r"^## \[([^]]+)\](.*)$", changelog(), flags=re.MULTILINE)
    assert found[0] == ("Unreleased", "")
    assert found[1][0] == VERSION
    assert all(re.fullmatch(r" - \d{4}-\d\d-\d\d", date) for _, date in found[1:])


def test_every_decision_is_in_the_index_with_its_title() -> None:
    index = (ROOT / "docs/decisions/README.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| \[(\d{4})\]\(([^)]+)\) \| (.+?) \|$", index, flags=re.MULTILINE)
    assert [name for _, name, _ in listed] == [path.name for path in DECISIONS]
    for path, (number, name, title) in zip(DECISIONS, listed, strict=True):
        head = path.read_text(encoding="utf-8").partition("\n")[0]
        assert name.startswith(f"{number}-")
        assert head == f"# {number} {title}"


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_says_why_what_follows_and_what_was_rejected(path: Path) -> None:
    parts = re.split(r"^## (.+)$", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert parts[1::2] == ["Context", "Decision", "Consequences", "Rejected"]
    assert all(part.strip() for part in parts[2::2])


def terms() -> list[list[str]]:
    """The rows of the glossary: word, Thai, meaning, where."""
    text = (ROOT / "docs/glossary.md").read_text(encoding="utf-8")
    rows = [[cell.strip() for cell in line[1:-1].split("|")] for line in text.splitlines() if line[:1] == "|"]
    return [row for row in rows if row[0] != "word" and not row[0].startswith("---")]


def test_the_glossary_has_each_word_once_with_a_meaning() -> None:
    words = [row[0] for row in terms()]
    assert len(words) == len(set(words)) > 50
    assert all(len(row) == 4 and row[2] for row in terms())


@pytest.mark.parametrize("term", terms(), ids=lambda term: term[0])
def test_what_a_word_stands_for_is_where_the_glossary_says(term: list[str]) -> None:
    path, *names = re.findall(r"`([^`]+)`", term[3])
    assert (ROOT / path).exists(), path
    for name in names:
        assert re.search(
            rf"^(?:class|def) {name}\b", (ROOT / path).read_text(encoding="utf-8"), flags=re.MULTILINE
        )


def test_the_thai_words_of_the_glossary_are_those_that_reviewers_see() -> None:
    folders = ("review/web", "correction/rules", "reports")
    sources = (path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    shown = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    assert {row[1] for row in terms() if row[1] and row[1] not in shown} == set()
