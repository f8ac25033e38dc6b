"""An example of what a package can add to ledger: a check, a format and a reader, a module each."""
