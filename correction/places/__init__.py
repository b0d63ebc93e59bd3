"""Places: found in damaged text, coded, repaired, and held against each other.

`mentions` lists what a page mentions, `protected_spans` (`protected_in` a context) says which spans other rules must
leave alone,
`place_rules` makes the rules (on the user's own gazetteer if need be).
"""

from correction.places.mentions import mentions, protected_in, protected_spans
from correction.places.rules import place_rules

__all__ = ["mentions", "place_rules", "protected_in", "protected_spans"]
