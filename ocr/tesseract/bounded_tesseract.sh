#!/bin/sh
# Tesseract within bounds: pytesseract starts one program by name and sets no limits of its own.
ulimit -c 0
ulimit -v "${CHAMRA_TESSERACT_KIB:-unlimited}"
exec tesseract "$@"
