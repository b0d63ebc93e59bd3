import pytest

from tests.review.house import House


@pytest.fixture
def house(tmp_path):
    made = House(tmp_path)
    yield made
    made.ws.close()
