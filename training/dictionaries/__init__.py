"""Makes the files of `dictionaries/data` from their sources."""
