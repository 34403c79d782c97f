import logging
import re

CONTROL_CHARACTERS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class LineFormatter(logging.Formatter):
    """One event is one line: what a visitor sent can forge no second one and colour no terminal."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the name is logging's
        line = super().formatMessage(record)
        return CONTROL_CHARACTERS.sub(lambda found: repr(found[0])[1:-1], line)
