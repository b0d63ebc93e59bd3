"""Signatures by keys of the signers' own: what is signed, in which form, by whose key, and whether it holds."""
