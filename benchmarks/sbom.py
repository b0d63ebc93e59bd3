"""What the program is made of, as a bill of materials in CycloneDX's JSON: written from the lock file and from NOTICE.

python -m benchmarks.sbom [-o FILE]

Every Python package with its version, hashes and licence, and the programs that it starts. The same lock gives the same
bytes.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import uuid
from pathlib import Path
from typing import Any

from model.program import NAME, program_version
from reports.atomic import write_atomically

ROOT = Path(__file__).resolve().parents[1]
_PACKAGE = re.compile(r"^([a-z0-9][a-z0-9._-]*)(?:\[[a-z0-9,_-]+\])?==([^\s;\\]+)")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_LICENCE = re.compile(r"^    ([a-z0-9][a-z0-9._-]*) +(\S.*)$", re.MULTILINE)
_PROGRAMS = (("tesseract-ocr", "Tesseract 5 with the languages tha and eng", "Apache-2.0"),)


def packages(lock: str) -> dict[tuple[str, str], list[str]]:
    """The hashes of each package that a lock file names, by name and version: for another Python it may name two."""
    found: dict[tuple[str, str], list[str]] = {}
    for block in re.split(r"\n(?=[a-z0-9])", lock):
        named = _PACKAGE.match(block)
        if named:
            found[named[1], named[2]] = sorted(_HASH.findall(block))
    return found


def bill(lock: str, notice: str, version: str) -> dict[str, Any]:
    """The bill of materials."""
    licences = dict(_LICENCE.findall(notice))
    components = [
        {
            "type": "library",
            "bom-ref": f"pkg:pypi/{name}@{number}",
            "name": name,
            "version": number,
            "purl": f"pkg:pypi/{name}@{number}",
            "licenses": [{"license": {"name": licences.get(name, "unknown")}}],
            "hashes": [{"alg": "SHA-256", "content": one} for one in hashes],
        }
        for (name, number), hashes in sorted(packages(lock).items())
    ]
    components += [
        {"type": "application", "bom-ref": f"deb:{name}", "name": name, "description": what,
         "licenses": [{"license": {"id": licence}}]}
        for name, what, licence in _PROGRAMS
    ]  # fmt: skip
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, lock + version)}",
        "version": 1,
        "metadata": {"component": {"type": "application", "bom-ref": NAME, "name": NAME, "version": version}},
        "components": components,
    }


def main() -> int:
    """Write it."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("-o", "--output", type=Path, default=None)
    given = options.parse_args()
    made = bill(
        (ROOT / "requirements.lock").read_text("utf-8"),
        (ROOT / "NOTICE").read_text("utf-8"),
        program_version(),
    )
    data = f"{json.dumps(made, indent=1, ensure_ascii=False)}\n".encode()
    if given.output is None:
        sys.stdout.buffer.write(data)
    else:
        write_atomically(given.output, data)
    return 0


if __name__ == "__main__":
    sys.exit(main())
