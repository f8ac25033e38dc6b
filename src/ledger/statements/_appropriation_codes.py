"""Codes of appropriations as files write them → as the ledger writes them."""

import re

_SEVEN = re.compile(r"(\d{2})(\d{2})(\d{3})", re.ASCII)
_NAMED = re.compile(
    r"(?:UO|utgiftsområde)? ?(\d{1,2})[ :]+(\d{1,3}):(\d{1,3})((?: ap\.\d+(?:\.\d+)*)*)", re.ASCII | re.IGNORECASE
)
_SHORT = re.compile(r"(\d{1,3}):(\d{1,3})((?: ap\.\d+(?:\.\d+)*)*)", re.ASCII | re.IGNORECASE)
_AREA = re.compile(r"(?:UO|utgiftsområde) ?(\d{1,2})", re.ASCII | re.IGNORECASE)


def appropriation_code(text: str, area: str = "") -> str:
    """`1303001`, `13 03 001`, `13 03:01`, or `3:1` of area `13` → `UO13 3:1`; empty when it is no code."""
    text = " ".join(text.split())
    seven = _SEVEN.fullmatch(text.replace(" ", ""))
    if seven:
        uo, group, number = map(int, seven.groups())
        return f"UO{uo} {group}:{number}"
    named = _NAMED.fullmatch(text)
    if named:
        return f"UO{int(named[1])} {int(named[2])}:{int(named[3])}{named[4].lower()}"
    digits, short = re.sub(r"\D", "", area), _SHORT.fullmatch(text)
    return f"UO{int(digits)} {int(short[1])}:{int(short[2])}{short[3].lower()}" if digits and short else ""


def area_code(text: str) -> str:
    """`UO09`, `Utgiftsområde 9` → `UO9`; empty for anything else."""
    match = _AREA.fullmatch(" ".join(text.split()))
    return f"UO{int(match[1])}" if match else ""


def short_code(text: str) -> str:
    """`03:01` → `3:1`, a code whose area is not told; empty for anything else."""
    match = _SHORT.fullmatch(text.strip())
    return f"{int(match[1])}:{int(match[2])}{match[3].lower()}" if match else ""


def item_code(text: str, appropriation: str) -> str:
    """The number of an item, perhaps with its appropriation's digits before it, → `ap.12`; empty when it is none."""
    digits = "".join(text.split()).removeprefix("ap.")
    if len(digits) > len(appropriation) and appropriation.isdigit():
        digits = digits.removeprefix(appropriation)
    return f"ap.{int(digits)}" if digits.isascii() and digits.isdigit() else ""
