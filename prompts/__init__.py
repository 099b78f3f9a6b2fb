"""System prompts and tool guidance as text files, one per language. No code."""
