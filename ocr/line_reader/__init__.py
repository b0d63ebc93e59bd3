"""The second reader: a small line recogniser with the whole Thai alphabet, run by onnxruntime on one thread.

No Thai model of Tesseract knows ๔ ๖ ๗ ๘ ๙, ฌ ฃ ฅ ฦ ๅ or ฿; this one does. It reads the lines that Tesseract found and
is a witness beside it, never a judge: what it says becomes evidence, proposals and flags.
"""
