"""keep: content-addressed store, codecs and the append-only ledger."""
