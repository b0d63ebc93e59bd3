"""Tesseract as a reader: its text, boxes and confidences."""
