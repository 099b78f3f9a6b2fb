"""Synthetic question-answer pairs with gold sources, generated from the tables and clauses in use."""
