"""The child process that reads a stranger's file. Started as a script by ``extract.py`` with the file as standard input.

Its one argument is a JSON object (kind, limits). It writes JSON lines: ``{"page", "of"}`` as it goes, at the end
``{"done": {...}}`` or ``{"error": code, "detail"}``. It opens no other file for writing and has no environment.
"""

from __future__ import annotations

import contextlib
import json
import sys
from pathlib import Path
from typing import IO, Any


def limit_process(memory: int, seconds: int) -> None:
    """Limit address space and processor time and forbid writing files, where the system knows such limits."""
    with contextlib.suppress(ImportError):  # not a Unix: the parent's clock remains
        import resource

        for limit, value in (
            (resource.RLIMIT_AS, memory),
            (resource.RLIMIT_CPU, seconds),
            (resource.RLIMIT_FSIZE, 0),
            (resource.RLIMIT_CORE, 0),
        ):
            with contextlib.suppress(ValueError, OSError):  # macOS knows RLIMIT_AS but does not let it be set
                resource.setrlimit(limit, (value, value))


def read(kind: str, opened: IO[bytes], wanted: dict[str, int], say: Any) -> dict[str, Any]:
    """The extract of a file of a kind, as JSON. Raises Unreadable."""
    from knowledge.ingest.blocks import Extract, Unreadable
    from knowledge.ingest.decode import decode
    from knowledge.ingest.limits import Limits

    limits = Limits(**wanted)
    found: Extract
    if kind == "pdf":
        from knowledge.ingest.read_pdf import read_pdf

        found = read_pdf(opened, limits, lambda page, of: say({"page": page, "of": of}))  # type: ignore[arg-type]
    elif kind == "docx":
        from knowledge.ingest.read_docx import read_docx

        found = read_docx(opened, limits)  # type: ignore[arg-type]
    else:
        text = decode(opened.read())
        if kind == "html":
            from knowledge.ingest.read_html import read_html

            found = read_html(text, limits)
        else:
            from knowledge.ingest.read_text import read_markdown, read_plain

            found = read_markdown(text, limits) if kind == "markdown" else read_plain(text, limits)
    if not found.characters:
        raise Unreadable("no_text")
    return found.as_json()


def main() -> None:
    """Read the one file."""
    request = json.loads(sys.argv[1])
    limit_process(request["limits"]["memory"], request["limits"]["seconds"])
    sys.path.append(str(Path(__file__).resolve().parents[2]))  # last, so that nothing there can stand in for a library
    import logging
    import warnings

    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")  # libraries warn of odd fonts and the like; what matters ends in a refusal

    def say(item: dict[str, Any]) -> None:
        sys.stdout.write(json.dumps(item) + "\n")
        sys.stdout.flush()

    from knowledge.ingest.blocks import Unreadable
    from knowledge.ingest.kinds import NAMES

    try:
        say({"done": read(request["kind"], sys.stdin.buffer, request["limits"], say)})
    except Unreadable as error:
        say({"error": error.code, "detail": error.detail})
    except MemoryError:
        say({"error": "too_hungry", "detail": ""})
    except RecursionError:
        say({"error": "too_deep", "detail": ""})
    except Exception:  # noqa: BLE001 - a parser may raise anything on a hostile file; it is refused as broken
        say({"error": "broken", "detail": NAMES.get(request["kind"], "")})


if __name__ == "__main__":
    main()
