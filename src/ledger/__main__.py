"""Where `ledger` and `python -m ledger` begin."""


def main() -> None:
    """Run the command line."""
    from ledger.cli import main as run

    run()


if __name__ == "__main__":
    main()
