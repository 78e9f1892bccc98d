"""Keep what people typed, and the secrets in links, out of the log."""

from __future__ import annotations

import logging
import re

# What stands before a secret in the addresses of the site.
_BEFORE = ("begin", "confirm", "founders", "join", "ours", "reset/key", "translate", "unsubscribe")
_TOKEN = re.compile(rf"(/(?:{'|'.join((*_BEFORE, 'partner', 'yours'))})/)[^/\s]+")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"no_addresses": {"()": "undersigned.config.quiet.NoRequestDetails"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["no_addresses"],
        },
    },
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        # Django's own handlers would mail or print the request with what was typed into it.
        "django": {"handlers": [], "level": "INFO"},
        "django.request": {"level": "ERROR"},
        # Robots send made-up host names all day; the answer is 400, and their words are not kept.
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        "django.server": {"handlers": [], "level": "ERROR"},
    },
}


class NoRequestDetails(logging.Filter):
    """Drop the request from log records and shorten links that carry a token.

    Django attaches the whole request to its error records; a traceback's message may repeat
    a value. The exception's type and place stay, its words do not.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        record.__dict__.pop("request", None)
        message = record.getMessage()
        if record.name == "asyncio":
            # Its second line shows the task, with the exception and its words.
            message = message.partition("\n")[0]
        record.msg = _TOKEN.sub(r"\1…", message)
        record.args = ()
        if record.exc_info and record.exc_info[1] is not None:
            record.exc_text = describe(record.exc_info[1])
            record.exc_info = None
        return True


def describe(error: BaseException) -> str:
    """Where an error came from, without its message: `ValueError at listing.py:42 in list_one`."""
    steps = []
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        steps.append(f"  {code.co_filename}:{trace.tb_lineno} in {code.co_name}")
        trace = trace.tb_next
    return "\n".join([*steps, type(error).__qualname__])
