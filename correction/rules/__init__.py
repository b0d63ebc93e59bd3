"""One rule a file, named as its code; `correction/catalogue.py` finds them by their being here."""
