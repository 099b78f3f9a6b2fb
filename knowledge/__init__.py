"""Words: the corpus of our own clause digests, its index and the hybrid search over it."""
