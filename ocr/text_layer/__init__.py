"""The text that a PDF carries as a reader: what each glyph draws, whatever the character map says."""
