"""Broken and hostile input, a million times over: `python -m fuzz --help`."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "tests"))  # the documents that tests build are seeds here
