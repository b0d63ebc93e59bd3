"""The forms that the documentation gives are those that lie in a workspace: its own program reads them."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from review.decide import accept_remaining
from review.publish import publish
from review.rework import revoke
from review.sign import sign
from tests.ledger import raw
from tests.review.house import MALEE, SOMCHAI, House
from tests.review.tamper import rewrite, spoil
from workspace.codec import VERSIONS

PAGE = (Path(__file__).parents[2] / "docs" / "formats.md").read_text("utf-8")


@pytest.fixture
def program(tmp_path):
    (code,) = re.findall(r"^```python\n(.*?)^```$", PAGE, flags=re.MULTILINE | re.DOTALL)
    path = tmp_path / "read.py"
    path.write_text(code, "utf-8")

    def run(workspace):
        done = subprocess.run(
            [sys.executable, "-I", str(path), str(workspace)], capture_output=True, text=True, check=False
        )
        assert not done.stderr
        return done.returncode, done.stdout.splitlines()

    return run


@pytest.fixture
def done(tmp_path):
    house = House(tmp_path / "house")
    house.two_pages()
    for who in (SOMCHAI, MALEE):
        accept_remaining(house.ws, house.document, who)
    sign(house.ws, house.document, SOMCHAI)
    publish(house.ws)
    yield house
    house.ws.close()


def newest(house, kind):
    record = raw.newest(house.ws.ledger, kind, document=house.document, page=1)
    assert record is not None
    return record.payload


def test_the_documented_program_follows_every_published_text_to_its_source(program, done):
    assert program(done.ws.path) == (0, ["Every published text follows from its reading."])


@pytest.mark.parametrize(
    ("which", "told"),
    [
        (lambda house: house.document, "is not what its name says"),
        (lambda house: newest(house, "page")["image"], "is not what its name says"),
        (lambda house: newest(house, "page")["blob"], "is not what its name says"),
        (lambda house: newest(house, "published")["blob"], "is not what its name says"),
    ],
)
def test_it_names_a_blob_that_was_changed(program, done, which, told):
    spoil(done.ws, which(done), b"another")
    status, lines = program(done.ws.path)
    assert status == 1
    assert any("page 1" in line and told in line for line in lines)


def test_it_names_a_text_that_its_edits_do_not_give_and_one_that_was_not_signed(program, done):
    body = json.loads(done.ws.store.get(newest(done, "published")["blob"]))
    for changed, told in (({"text": body["text"] + "x"}, "do not lead"), ({"page": 2}, "another page")):
        forged = done.ws.store.put(json.dumps({**body, **changed}).encode())

        def change(rows, forged=forged):
            for row in rows:
                if row["kind"] == "published" and row["page"] == 1:
                    row["payload"]["blob"] = forged
            return rows

        rewrite(done.ws, change, rehash=False)
        assert any(told in line for line in program(done.ws.path)[1])


def test_what_was_revoked_is_no_published_text(program, done):
    spoil(done.ws, newest(done, "published")["blob"], b"another")
    revoke(done.ws, done.document, [1], "ผิดฉบับ", MALEE)
    assert program(done.ws.path)[0] == 0


def test_every_field_of_every_form_is_documented(done):
    for kind, noun in (("page", "page"), ("findings", "findings"), ("published", "published")):
        body = json.loads(done.ws.store.get(newest(done, kind)["blob"]))
        assert body["schema"] == f"chamra/{noun}/{VERSIONS[noun]}"
        assert f"`chamra/{noun}/{VERSIONS[noun]}`" in PAGE
        fields = set(body) - {"schema"}
        for part in (body.get("readings"), body.get("proposals"), body.get("flags"), body.get("edits")):
            fields |= set(part[0]) if part else set()
        assert {name for name in fields if f"`{name}`" not in PAGE} == set(), noun
