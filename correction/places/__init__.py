"""Places: found in damaged text, coded, repaired, and held against each other."""
