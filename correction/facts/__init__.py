"""Numbers, dates and sums: what a text says of itself that can be held against itself."""
