"""One rule a file; `correction/catalogue.py` lists them."""
