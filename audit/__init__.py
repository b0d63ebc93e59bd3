"""verify: replays what the ledger says and compares; draws samples. Knows no rule, no dictionary and no reader."""
