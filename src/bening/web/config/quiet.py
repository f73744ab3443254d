"""The log filter of the counters: a line says which logger, which status, which error; nothing else."""

import logging


class Quiet(logging.Filter):
    """Replaces message and arguments, because Django's defaults put codes and answers into them."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Strip the record; never drop it."""
        kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else ""
        status = getattr(record, "status_code", "")
        record.msg, record.args = f"{record.name} {record.levelname} {status} {kind}".strip(), ()
        record.exc_info = record.stack_info = record.exc_text = None
        record.__dict__.pop("request", None)
        return True
