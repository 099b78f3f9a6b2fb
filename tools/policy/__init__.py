"""Policy: clauses found by meaning, and the targets of documents as figures."""
