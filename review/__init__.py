"""decide: decisions, sign-off, publishing by replay, audit."""
