"""Where troubles are written down: ``TANLU_HOME/logs/tanlu.log``, never the terminal unless TANLU_DEBUG asks for it."""

from __future__ import annotations

import logging
import os
from logging.handlers import RotatingFileHandler

from data.errors import StateError
from data.home import state_folder

_FORM = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_NAME = "tanlu"
_BYTES, _KEPT = 1_000_000, 3


def set_up() -> None:
    """Send warnings to the log file; with TANLU_DEBUG everything to stderr as well."""
    root = logging.getLogger()
    for handler in [h for h in root.handlers if h.get_name() == _NAME]:  # of an earlier command in this process
        root.removeHandler(handler)
        handler.close()
    if os.environ.get("TANLU_DEBUG"):
        _add(root, logging.StreamHandler())
        root.setLevel(logging.DEBUG)
    try:
        path = state_folder("logs") / "tanlu.log"
    except StateError:  # the command itself will say so
        _add(root, logging.NullHandler())
        return
    kept = RotatingFileHandler(path, maxBytes=_BYTES, backupCount=_KEPT, encoding="utf-8", delay=True)
    kept.setLevel(logging.WARNING)
    _add(root, kept)


def _add(root: logging.Logger, handler: logging.Handler) -> None:
    handler.set_name(_NAME)
    handler.setFormatter(logging.Formatter(_FORM))
    root.addHandler(handler)
