"""A user's own files: read in a child process under limits, cut into clauses, kept under TANLU_HOME/knowledge."""
