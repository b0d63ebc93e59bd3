"""record: the append-only chain of what happened, and the catalogue of its events."""
