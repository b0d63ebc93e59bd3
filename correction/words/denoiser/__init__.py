"""A small network that reads a text as a proof-reader does: what belongs at each character, by those on both sides.

The language model sees seven characters back and knows words by heart; it finds what could be wrong. This
network sees some forty characters on both sides and what the language model has found, and says how probable each
correction is. `model_card.md` says what it was made from, `python -m training.denoiser` makes it anew.
"""
