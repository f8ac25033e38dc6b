"""How fast the program is beside hledger, Ledger and beancount, on equal data: `python -m benchmarks --help`."""
