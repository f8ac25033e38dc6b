"""Where `ledger` and `python -m ledger` begin."""

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


if __name__ == "__main__":
    main()
