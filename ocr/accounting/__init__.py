"""Ink held against letters: whether all print of a page is in its text, and all of the text on the page."""
