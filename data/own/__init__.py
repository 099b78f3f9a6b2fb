"""A user's own figures and scenario files: read strictly, checked, and kept private to their owner."""
