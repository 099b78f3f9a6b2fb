"""Questions to the corpus among generated documents: recall and mean reciprocal rank of the search and of others."""
