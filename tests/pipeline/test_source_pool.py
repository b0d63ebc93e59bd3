import pytest

from ocr.sandbox.limits import DEFAULT_LIMITS
from pipeline import source_pool
from pipeline.source_pool import SourcePool


class FakeSource:
    def __init__(self, path, **_):
        self.path, self.closed = path, False

    def close(self):
        self.closed = True


@pytest.fixture
def pool(monkeypatch):
    monkeypatch.setattr(source_pool, "open_source", FakeSource)
    return SourcePool(DEFAULT_LIMITS, keep=1)


def borrowed(pool, name):
    with pool.borrow(name, name) as source:
        return source


def test_a_source_that_is_idle_is_borrowed_again(pool):
    assert borrowed(pool, "a") is borrowed(pool, "a")


def test_two_who_borrow_the_same_file_at_once_get_two_sources(pool):
    with pool.borrow("a", "a") as first, pool.borrow("a", "a") as second:
        assert first is not second


def test_what_was_idle_longest_makes_room(pool):
    first, second = borrowed(pool, "a"), borrowed(pool, "b")
    assert (first.closed, second.closed) == (True, False)


def test_a_closed_pool_keeps_nothing_that_is_given_back_later(pool):
    idle = borrowed(pool, "a")
    with pool.borrow("b", "b") as at_work:
        pool.close()
        assert (idle.closed, at_work.closed) == (True, False)
    assert at_work.closed
