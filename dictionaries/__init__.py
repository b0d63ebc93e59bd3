"""know: gazetteer and word data with their provenance, linter and typed loaders."""
