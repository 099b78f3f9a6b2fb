"""Synthetic tables: the starter's schemas filled with invented, consistent numbers, for training and benches, never for answers."""
