"""Where `ledger` and `python -m ledger` begin."""

import sys


def main() -> None:
    """Run the command line. Ctrl-C ends it quietly, also while it is still being imported."""
    try:
        from ledger.cli import main as run

        run()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
