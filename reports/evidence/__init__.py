"""The evidence package: a document with everything that a stranger needs to check its text."""
