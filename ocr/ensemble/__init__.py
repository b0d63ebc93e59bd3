"""Who reads what, and one reading out of several."""
