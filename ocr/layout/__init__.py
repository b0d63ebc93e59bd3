"""Where things stand on a page: columns, bands, ruling lines, paragraphs."""
