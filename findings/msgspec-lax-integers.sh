#!/usr/bin/env bash
# msgspec 0.19.0: a text is a whole number also when it says 1.0 or 1e3, once strict is off.
#
# With strict=False numbers may come as text: `1e3` is then 1000 and `1.0` is 1 for a field of whole numbers, while
# `01`, `1_0` and ` 1`, which Python's own int() takes or a form may send, are refused.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q msgspec==0.19.0
cd "$folder"
"$folder/venv/bin/python" - <<'END'
import msgspec


def read(value: object) -> int | None:
    try:
        return msgspec.convert(value, int, strict=False)
    except msgspec.ValidationError:
        return None


found = {text: read(text) for text in ("1e3", "1.0", "1.5", "01", "1_0", " 1")}
print(found)
assert found == {"1e3": 1000, "1.0": 1, "1.5": None, "01": None, "1_0": None, " 1": None}
END
