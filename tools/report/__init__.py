"""Answers as reports: a Word file of any Result with sections, its charts as pictures where a browser can draw them."""
