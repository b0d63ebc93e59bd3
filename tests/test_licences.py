"""Everything that is installed or shipped may go with an Apache-2.0 program, and NOTICE says under what it comes."""

import re
import tomllib
from functools import cache
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
NOTICE = (ROOT / "NOTICE").read_text(encoding="utf-8")
RUNTIME = "Packages of requirements.lock:"
DEVELOPMENT = "Further packages of requirements-dev.lock"

# Names of licences as SPDX, classifiers and authors write them. The first that fits a place of the text counts.
NAMES = (
    ("LGPL-3.0", r"LGPL-3\.0|GNU Lesser General Public License v3"),
    ("GPL-2.0", r"\bGPL-2\.0|GNU General Public License"),
    ("MPL-2.0", r"MPL-2\.0|Mozilla Public License 2\.0"),
    ("MIT", r"MIT-0|MIT-CMU|\bMIT\b"),
    ("BSD", r"BSD-[23]-Clause|0BSD|BSD License|[23]-Clause BSD|BSD [23]-Clause|\bBSD\b"),
    ("Apache-2.0", r"Apache[- ]2\.0|Apache (?:Software )?License"),
    ("ISC", r"\bISC\b"),
    ("PSF-2.0", r"PSF-2\.0|\bPSFL\b|Python Software Foundation License"),
    ("CNRI-Python", r"CNRI-Python"),
    ("Zlib", r"\bZlib\b"),
    ("CC0-1.0", r"CC0-1\.0"),
    ("CC-BY-4.0", r"CC-BY-4\.0"),
    ("Artistic", r"Artistic"),
)
ALLOWED = {"MIT", "BSD", "Apache-2.0", "ISC", "PSF-2.0", "CNRI-Python", "Zlib", "CC0-1.0"}
EXCEPTIONS = {
    # These oblige somebody to something, and it is known why that does no harm here.
    "certifi": "MPL-2.0, used unchanged: the licence covers changes to its own files alone",
    "pathspec": "MPL-2.0, used unchanged; comes with Prefect",
    "orjson": "MPL-2.0 in part, used unchanged; comes with Prefect",
    "text-unidecode": "Artistic or GPL at the user's choice: taken under the Artistic License; comes with Prefect",
    "geothai": "its data are CC BY 4.0: NOTICE gives the credit",
    "psycopg": "LGPL-3.0, an extra that is imported, never changed or copied",
    "psycopg-binary": "LGPL-3.0, an extra that is imported, never changed or copied",
    "hypothesis": "MPL-2.0, for tests alone",
    "ocrmypdf": "MPL-2.0, for benchmarks alone",
    "pikepdf": "MPL-2.0, used unchanged: the licence covers changes to its own files alone",
    "fpdf2": "LGPL-3.0, comes with ocrmypdf, for benchmarks alone",
    "img2pdf": "LGPL-3.0, comes with ocrmypdf, for benchmarks alone",
}
FOR_DEVELOPMENT = {"hypothesis", "ocrmypdf", "fpdf2", "img2pdf", "psycopg", "psycopg-binary"}


def licences_in(text: str) -> set[str]:
    """The licences that a text names."""
    found = set()
    for name, pattern in NAMES:
        text, times = re.subn(pattern, " ", text)
        if times:
            found.add(name)
    return found


def licences_of(expression: str) -> set[str]:
    """The licences of an SPDX expression. One that is not known here stands for itself."""
    parts = [part.strip() for part in re.split(r"\bAND\b|\bOR\b|[()]", expression)]
    return set().union(*(licences_in(part) or {part} for part in parts if part))


@cache
def stated_by(package: str) -> set[str]:
    """The licences that an installed package names in its metadata."""
    about = metadata.metadata(package)
    for expression in about.get_all("License-Expression") or ():
        return licences_of(expression)
    classifiers = [line.removeprefix("License :: OSI Approved ::").strip() for line in about.get_all("Classifier") or ()
                   if line.startswith("License :: OSI Approved ::")]  # fmt: skip
    field = "".join(about.get_all("License") or ()).partition("\n")[0]
    return licences_in(field).union(*(licences_in(line) or {line} for line in classifiers))


@cache
def locked(name: str) -> set[str]:
    """The packages of a lock file."""
    text = (ROOT / name).read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z0-9][a-z0-9._-]*)(?:\[[^]]*\])?==", text, flags=re.MULTILINE))


@cache
def listed(heading: str) -> dict[str, str]:
    """The packages that NOTICE lists under a heading, with their licences."""
    block = NOTICE.split(heading, 1)[1].split("\n\n", 2)[1]
    return dict(line.split(maxsplit=1) for line in block.splitlines())


@cache
def installed() -> list[str]:
    """The locked packages that this environment has: some are for other systems or other Pythons."""
    present = {re.sub(r"[-_.]+", "-", one.metadata["Name"]).lower() for one in metadata.distributions()}
    return sorted(present & locked("requirements-dev.lock"))


def test_notice_lists_every_package_of_the_lock_files():
    assert set(listed(RUNTIME)) == locked("requirements.lock")
    assert set(listed(DEVELOPMENT)) == locked("requirements-dev.lock") - locked("requirements.lock")


@pytest.mark.parametrize("package", installed())
def test_notice_gives_the_licence_that_a_package_states(package):
    noted = licences_of((listed(RUNTIME) | listed(DEVELOPMENT))[package])
    # A few state nothing that can be read, or the same twice with different words.
    assert noted <= (stated_by(package) or noted), f"{package} states {stated_by(package)}"


@pytest.mark.parametrize("package", sorted(locked("requirements-dev.lock")))
def test_every_licence_goes_with_that_of_the_program_or_is_a_known_exception(package):
    text = (listed(RUNTIME) | listed(DEVELOPMENT))[package]
    stated = licences_of(text) | (stated_by(package) if package in installed() else set())
    assert stated, f"no licence is known of {package}"
    assert (stated <= ALLOWED) == (package not in EXCEPTIONS), f"{package}: {stated}"


def test_what_is_excepted_for_development_is_no_part_of_an_installation():
    assert not FOR_DEVELOPMENT & locked("requirements.lock")
    assert set(EXCEPTIONS) - FOR_DEVELOPMENT <= locked("requirements.lock")


def test_an_unknown_licence_is_not_taken_for_an_allowed_one():
    assert licences_of("MIT AND (AGPL-3.0-or-later OR BSD-3-Clause)") - ALLOWED == {"AGPL-3.0-or-later"}
    assert licences_of("LGPL-3.0-only") - ALLOWED == {"LGPL-3.0"}
    assert licences_of("MIT AND GPL-2.0-or-later") - ALLOWED == {"GPL-2.0"}


def test_the_licence_and_the_notice_are_part_of_what_is_installed():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["license"] == "Apache-2.0"
    assert project["license-files"] == ["LICENSE", "NOTICE"]
    assert "Private :: Do Not Upload" in project["classifiers"]
    assert "Version 2.0, January 2004" in (ROOT / "LICENSE").read_text(encoding="utf-8")


def test_the_table_of_sources_has_every_table_with_its_rows_and_a_licence():
    sources = (ROOT / "dictionaries/SOURCES.md").read_text(encoding="utf-8")
    data = ROOT / "dictionaries/data"
    rows = {
        cells[0].strip(" `"): cells[1:]
        for line in sources.splitlines()
        if line.startswith("| `") and len(cells := [cell.strip() for cell in line.strip("|").split("|")]) == 5
    }
    assert {path.name for path in data.iterdir()} <= set(rows)
    for path in data.glob("*.tsv"):
        count = len(path.read_text(encoding="utf-8").splitlines()) - 1  # the header
        assert rows[path.name][0] == f"{count:,}", path.name
    assert all(cells[-1] for cells in rows.values())
