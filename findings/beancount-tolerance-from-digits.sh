#!/usr/bin/env bash
# beancount 3.2.3: 22.0 + 1.5 balances against 23.54.
#
# The tolerance of a transaction comes from the digits of its own numbers: half of the last digit of the least
# exact one. One amount with a single decimal lets all others be off by 0.05; `bean-check` is silent and ends with
# 0. With two decimals in every number the same gap is an error.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q beancount==3.2.3
cd "$folder"
"$folder/venv/bin/python" - <<'END'
import subprocess
import sys
from pathlib import Path

LEDGER = """
2024-01-01 open Assets:Budget
2024-01-01 open Income:Riksdag
2024-03-27 * "base and top-up"
  Assets:Budget     {0} SEK
  Assets:Budget     {1} SEK
  Income:Riksdag  -23.54 SEK
"""


def status(base: str, top_up: str) -> int:
    Path("a.beancount").write_text(LEDGER.format(base, top_up))
    program = Path(sys.executable).with_name("bean-check")
    return subprocess.run([program, "a.beancount"], capture_output=True, check=False).returncode


found = {"one decimal": status("22.0", "1.5"), "two decimals": status("22.00", "1.50")}
print(found)
assert found == {"one decimal": 0, "two decimals": 1}
END
