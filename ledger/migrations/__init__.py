"""How a ledger of an older revision becomes one of the newest."""
