"""The one error tree.

    TanluError
    ├── BadRequest            unusable arguments; the asker can mend them        exit 2, HTTP 422
    │   ├── UnknownName       a place, sector, year, measure we do not know; carries the nearest names
    │   ├── RefusedQuery      SQL that is not one harmless SELECT, or ran over its limits
    │   └── Incomparable      figures that must not be added or compared
    ├── NotAvailable          well asked, but there is no such data               exit 1, HTTP 404
    ├── Conflict              a turn is running already in this conversation      exit 1, HTTP 409
    ├── DatasetError          the dataset on disk is broken                       exit 1, HTTP 500
    └── StateError            folder, port, host or model in the way              exit 1, HTTP 500

A message is one plain sentence in both languages that names the mend. Users never see a traceback.
"""

from __future__ import annotations

from data.text import Language, Text


class TanluError(Exception):
    """Base of every error a user may see. ``code`` is stable for programs, ``message`` is for people."""

    exit_status = 1
    http_status = 500
    kind = "error"

    def __init__(self, code: str, message: Text, nearest: tuple[str, ...] = ()) -> None:
        super().__init__(message.en)
        self.code = code
        self.message = message
        self.nearest = nearest

    def to(self, language: Language) -> str:
        """The message in one language."""
        return self.message.to(language)


class BadRequest(TanluError):
    """Unusable arguments; the message says what would do."""

    exit_status = 2
    http_status = 422
    kind = "invalid_request"


class UnknownName(BadRequest):
    """A name we do not know; ``nearest`` holds the closest ones, best first. Asked in words it exits 1."""

    exit_status = 1
    kind = "unknown_name"


class RefusedQuery(BadRequest):
    """SQL that is refused or ran over a limit."""

    kind = "refused_query"


class Incomparable(BadRequest):
    """Figures of different accounts, units or overlapping places asked to be combined."""

    exit_status = 1
    kind = "incomparable"


class NotAvailable(TanluError):
    """There is no such data: the message names the limit and the nearest thing there is."""

    http_status = 404
    kind = "no_data"


class Conflict(TanluError):
    """Something is under way that this request would disturb."""

    http_status = 409
    kind = "conflict"


class DatasetError(TanluError):
    """A dataset that cannot be used: missing file, wrong checksum, unreadable package."""

    kind = "dataset"


class StateError(TanluError):
    """The machine is in the way: state folder, port, host, lock or model."""

    kind = "state"
