"""Signatures of files that leave the house, by certificates: in a PDF (PAdES) or beside a file (CMS)."""
