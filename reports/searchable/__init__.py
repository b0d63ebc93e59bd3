"""Text that can be searched, laid invisibly into a PDF."""
