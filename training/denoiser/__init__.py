"""Makes the network: folds of the training text, damage, learning, export. Needs the extra `train`."""
