"""The command ``tanlu``. Every error is one plain sentence on stderr; exit 0 done, 1 could not, 2 unusable arguments."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main() -> None:
    """The console script."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command; the exit status."""
    from assistant.cli.start import start

    return start(list(arguments))
