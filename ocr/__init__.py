"""read: source file to page images to text with a box and a confidence for every character."""
