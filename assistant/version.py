"""The version of the application."""

from __future__ import annotations

from importlib import metadata


def version() -> str:
    """As the package was installed."""
    return metadata.version("tanlu")
