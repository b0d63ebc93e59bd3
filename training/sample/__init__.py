"""Makes the bundled scan."""
