"""The YAML of a ledger file → located data, in which every scalar is the text that was written."""
