"""Source files: opened in a confined process, as page images and glyphs."""
