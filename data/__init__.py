"""Figures: the starter dataset, classifications, readers, the builder and the read-only warehouse."""
