"""The HTTP API: the same answers as everywhere, with one shape of error and only for this machine."""
