"""Places: found in damaged text, coded, repaired, and held against each other.

`mentions` lists what a page mentions, `protected_spans` (`protected_in` a context) says which spans other rules must
leave alone. The rules that report what is wrong with places are the files `gaz*.py` of `correction/rules`.
"""

from correction.places.mentions import mentions, protected_in, protected_spans

__all__ = ["mentions", "protected_in", "protected_spans"]
