"""The kinds of events: one file each, found by being here. `ledger/catalogue.py` lists them."""
