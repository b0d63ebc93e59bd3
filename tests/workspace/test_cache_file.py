"""A cache of another version of the program is made anew, whatever its tables are."""

import sqlite3

import pytest

from workspace.cache_file import open_cache

NEW = "CREATE TABLE IF NOT EXISTS pages (id INTEGER PRIMARY KEY, rows TEXT);"


@pytest.mark.parametrize(
    "old",
    [
        "CREATE TABLE IF NOT EXISTS pages (document TEXT, page INTEGER);",
        "CREATE TABLE IF NOT EXISTS other (id INTEGER);",
        NEW + "CREATE INDEX IF NOT EXISTS by_rows ON pages (rows);",
    ],
)
@pytest.mark.parametrize("marked", [True, False])
def test_other_tables_are_thrown_away_and_the_same_are_kept(tmp_path, old, marked):
    path = tmp_path / "cache.sqlite"
    if marked:
        open_cache(path, old, writable=True).close()
    else:
        with sqlite3.connect(path) as database:
            database.executescript(old)
    writable = open_cache(path, NEW, writable=True)
    writable.execute("INSERT INTO pages VALUES (1, 'ก')")
    writable.commit()
    writable.close()
    for may_write in (True, False):
        kept = open_cache(path, NEW, writable=may_write)
        assert kept.execute("SELECT * FROM pages").fetchall() == [(1, "ก")]
        kept.close()
    open_cache(path, old, writable=False).close()
    kept = open_cache(path, NEW, writable=False)
    assert kept.execute("SELECT * FROM pages").fetchall() == [(1, "ก")]
