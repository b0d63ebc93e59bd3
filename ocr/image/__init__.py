"""Page images: measured, and made ready for reading."""
