#!/usr/bin/env bash
# Babel 2.18.0: strict Swedish parsing takes a point for the decimal mark, and refuses the minus of Swedish itself.
#
# In CLDR's Swedish the decimal mark is a comma, groups are parted by U+00A0, and minus is U+2212. parse_decimal
# with strict=True reads `1.500` as one and a half all the same, refuses the minus that the locale names, and
# refuses an ordinary space between groups.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q babel==2.18.0
cd "$folder"
"$folder/venv/bin/python" - <<'END'
from decimal import Decimal

from babel import Locale
from babel.numbers import NumberFormatError, parse_decimal


def read(text: str) -> Decimal | None:
    try:
        return parse_decimal(text, locale="sv_SE", strict=True)
    except NumberFormatError:
        return None


symbols = Locale("sv").number_symbols["latn"]
found = {text: read(text) for text in ("1,5", "1.500", "1\u00a0500", "1 500", "-23,5", "\u221223,5")}
print(symbols["decimal"], ascii(symbols["group"]), ascii(symbols["minusSign"]), found)
assert (symbols["decimal"], symbols["group"], symbols["minusSign"]) == (",", "\u00a0", "\u2212")
assert found["1,5"] == Decimal("1.5") and found["1.500"] == Decimal("1.500")
assert found["1\u00a0500"] == 1500 and found["1 500"] is None
assert found["-23,5"] == Decimal("-23.5") and found["\u221223,5"] is None
END
