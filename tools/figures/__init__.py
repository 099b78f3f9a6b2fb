"""The figures tool: every measure in every operation."""
