"""What others have written is quoted in a few words."""

import pytest

from model.quoted import quoted
from workspace import checked
from workspace.carried_codec import carried_in


def deep(value, levels):
    for _ in range(levels):
        value = [value] * 50
    return value


@pytest.mark.parametrize("value", [3, -0.5, "ก", None, True, [1, "a"], {"a": 1}])
def test_what_is_short_stands_as_python_writes_it(value):
    assert quoted(value) == repr(value)


LONG = [
    "x" * 10**6,
    list(range(10**5)),
    {str(at): "x" * 999 for at in range(999)},
    deep("x" * 999, 3),
    10**4000,
]


@pytest.mark.parametrize("value", LONG, ids=lambda one: type(one).__name__)
def test_what_is_long_is_cut(value):
    assert "..." in quoted(value)
    assert len(quoted(value)) < 500


@pytest.mark.parametrize(
    "reading",
    [
        checked.truth,
        lambda value: checked.whole([value]),
        lambda value: checked.text([value]),
        lambda value: carried_in([value]),
        lambda value: carried_in({"headings": [], "table": [value]}),
        lambda value: carried_in({"headings": [{"code": str(value), "page": 1, "text": ""}], "table": None}),
    ],
)
@pytest.mark.parametrize("value", LONG[:4], ids=lambda one: type(one).__name__)
def test_an_error_about_a_blob_does_not_say_it_all(reading, value):
    with pytest.raises((TypeError, ValueError)) as error:
        reading(value)
    assert len(str(error.value)) < 600
