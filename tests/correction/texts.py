"""Readings of plain texts, and texts full of Thai marks in all the wrong places."""

from hypothesis import strategies as st

from dictionaries.private_use import PRIVATE_USE
from model.page import Reader, Reading

READER = Reader("example", "1")
_ODD = "".join(PRIVATE_USE) + "\u200b\u200d\u2060\ufeff\u00ad\u0003\u0097\u009f\u00a0"
_THAI = "กขตนทสผปญ" + "ัิีึืฺุู็่้๊๋์ํ๎" + "ะาำเแโใไๅๆ" + "๐๕๙12"

# Any text without lone surrogates, which no reading can hold.
ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60)
# Texts in which every rule of the families ENC and SPC finds something sooner or later.
DAMAGED = st.one_of(
    st.text(alphabet=st.sampled_from(_THAI + "  \n\r\t" + _ODD), max_size=40),
    st.text(alphabet=st.sampled_from("กนำาํ้่ ี์เ"), max_size=24),
)


def reading(text: str) -> Reading:
    """The text as a reader without an image would give it."""
    return Reading.of_text(text, READER)
