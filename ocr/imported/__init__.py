"""Another engine's output as a reading: hOCR, ALTO, PAGE-XML, plain text."""
