#!/bin/sh
# Tesseract within bounds: pytesseract starts one program by name and sets no limits of its own.
ulimit -c 0
# Blocks of 512 bytes or of 1024, as the shell has it: text and hOCR of the fullest page are a hundredth of that.
ulimit -f "${CHAMRA_TESSERACT_BLOCKS:-524288}"
ulimit -v "${CHAMRA_TESSERACT_KIB:-unlimited}"
exec tesseract "$@"
