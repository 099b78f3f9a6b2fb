"""Tests of the corpus, the search over it, the targets table and the policy tools."""
