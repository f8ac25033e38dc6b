"""The command line as users see it: pages of transcripts, the README's among them, are run and compared.

After a wanted change, `UPDATE_TRANSCRIPTS=1 pytest tests/test_transcripts.py` rewrites the pages; read the diff.
"""

import os
from pathlib import Path

import pytest
from transcript import ROOT, played

PAGES = [*sorted((ROOT / "tests" / "transcripts").glob("*.md")), ROOT / "README.md"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_page_is_what_the_command_line_prints(page: Path, tmp_path: Path) -> None:
    """Every console block of the page is what its commands print, and every status what they end with."""
    text = page.read_text(encoding="utf-8")
    folder = ROOT if page.name == "README.md" else tmp_path
    made = played(text, folder)
    if os.environ.get("UPDATE_TRANSCRIPTS"):
        page.write_text(made, encoding="utf-8")
    assert made == text
