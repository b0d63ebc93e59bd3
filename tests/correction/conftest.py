"""Properties are judged by what holds, not by how busy the machine is."""

import pytest
from hypothesis import settings

from correction.engine import propose
from tests.correction.texts import reading

settings.register_profile("correction", deadline=None)
settings.load_profile("correction")


@pytest.fixture(scope="session", autouse=True)
def loaded_dictionaries():
    """The first page loads the dictionaries; no test's time shall depend on being the first."""
    propose(reading("ก"))
