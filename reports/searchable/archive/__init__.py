"""What keeps a PDF from being one for archives (PDF/A-2u, ISO 19005-2)."""
