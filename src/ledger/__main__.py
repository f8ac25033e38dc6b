"""Where `ledger` and `python -m ledger` begin, and where they end."""

import atexit
import gc
import os
import sys


def main() -> None:
    """Run the command line, unless its answer is known. Ctrl-C ends it quietly, also while it is still imported."""
    try:
        from ledger.cache.answer import key, tell

        question = key()
        try:
            status = tell(question) if question else None
        except OSError as error:
            from ledger.cli import not_printed

            status = not_printed(error)
        if status is None:
            from ledger.cli import main as run

            run(question)
        sys.exit(status)
    except KeyboardInterrupt:
        sys.exit(130)


def program() -> None:
    """Run the command line in a process of its own, which is short: nothing in it is collected or taken apart.

    The collector of cycles, and the interpreter's own end, would each cost a tenth of the time.
    """
    gc.disable()
    try:
        main()
    except SystemExit as ended:
        atexit._run_exitfuncs()  # noqa: SLF001 - what would be run at the end is run
        os._exit(ended.code if isinstance(ended.code, int) else 0)


if __name__ == "__main__":
    program()
