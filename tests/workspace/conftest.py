"""Both databases that a ledger may lie in."""

import itertools

import pytest

from tests.workspace import postgres

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def postgres_server():
    """A PostgreSQL server of our own, where one can be started."""
    why_not = postgres.why_not()
    if why_not:
        pytest.skip(why_not)
    with postgres.server() as url:
        yield url


@pytest.fixture
def postgres_url(postgres_server):
    """An empty place for a ledger in PostgreSQL."""
    return postgres.fresh_schema(postgres_server, f"test_{next(_numbers)}")


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request, tmp_path):
    """An empty place for a ledger: the path of a file, or the URL of a database."""
    if request.param == "sqlite":
        return tmp_path / "ledger.sqlite"
    return request.getfixturevalue("postgres_url")
