"""Digitise with the program in another folder: python upgraded_run.py TREE WORKSPACE SOURCE READER.

READER is a reader's name, or `fake`. Prints the pages' outcomes as JSON.
"""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
sys.path.insert(0, sys.argv[1])

import correction
from pipeline.local import digitise_here
from pipeline.run import open_run
from pipeline.settings import Settings
from tests.pipeline.fake_reader import FakeReader
from workspace.workspace import Workspace

tree, workspace, source, reader = sys.argv[1:]
assert Path(correction.__file__).is_relative_to(tree), "another program is at work"

with (
    Workspace.open(Path(workspace)) as opened,
    open_run(
        opened, FakeReader() if reader == "fake" else reader, Settings(jobs=1, second_reader="off")
    ) as run,
):
    result = digitise_here(run, [Path(source)])
print(json.dumps([page["outcome"] for page in result["documents"][0]["pages"]]))  # noqa: T201  the answer
