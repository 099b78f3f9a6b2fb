"""Readers of outside files: each format in a module of its own, all giving the forms of ``forms.py``."""
