"""`import --prose`: what a page says of itself goes into its source, and what a sentence names into its candidates."""

from pathlib import Path

import pytest
from forked import Asked, many
from running import ledger, run

from ledger.book import Agency, Origin, Source
from ledger.statements.running_text import About, about
from ledger.writing.agencies import names_in_texts
from ledger.writing.page_source import source_fields

ADDRESS = "https://www.regeringen.se/pressmeddelanden/2024/03/mer-pengar/"
NOWHERE = Origin("", "", {})


@pytest.mark.parametrize(
    ("head", "told"),
    [
        (f"<!-- {ADDRESS} -->\n# Mer **pengar**\n\nText", About("Mer pengar", ADDRESS, "2024-03")),
        (f"{ADDRESS}\n\nMer pengar\n===\n", About("Mer pengar", ADDRESS, "2024-03")),
        ("# Mer pengar #\nPublicerad 18 mars 2024\n", About("Mer pengar", "", "2024-03-18")),
        ("# Mer pengar\nPublicerad: 2024-03-18\n", About("Mer pengar", "", "2024-03-18")),
        (
            f'---\ntitle: "Mer pengar"\ndate: 2024-03-18\nurl: {ADDRESS}\n---\nText',
            About("Mer pengar", ADDRESS, "2024-03-18"),
        ),
        (
            f'<html><link rel="canonical" href="{ADDRESS}"><h1>Mer <i>pengar</i> &amp; stöd</h1>',
            About("Mer pengar & stöd", ADDRESS, "2024-03"),
        ),
        (
            (
                f'<html><title>Mer pengar</title><meta property="og:url" content="{ADDRESS}">'
                '<meta property="article:published_time" content="2024-03-18T09:00:00+01:00">'
            ),
            About("Mer pengar", ADDRESS, "2024-03-18"),
        ),
        ('<html><h1>Mer</h1><time datetime="2024-03-18T09:00">18 mars</time>', About("Mer", "", "2024-03-18")),
        ("Bara text om https://example.org/a och annat", About()),
        ("", About()),
    ],
)
def test_a_page_says_its_title_address_and_day(head: str, told: About) -> None:
    assert about(head) == told


def source(url: str, kind: str = "press-release", publisher: str = "Regeringskansliet") -> Source:
    return Source("s", "T", kind, NOWHERE, publisher=publisher, url=url)


def test_kind_and_publisher_are_those_of_the_sources_beside_it() -> None:
    known = [
        source("https://regeringen.se/pressmeddelanden/2023/01/a/"),
        source("https://www.regeringen.se/artiklar/b/", "article"),
    ]
    fields = source_fields(About("Mer pengar", ADDRESS, "2024-03"), "x.md", known)
    assert fields == {
        "title": "Mer pengar",
        "kind": "press-release",
        "publisher": "Regeringskansliet",
        "published": "2024-03",
        "url": ADDRESS,
    }


def test_sources_that_disagree_say_nothing_and_a_text_without_a_title_has_its_name() -> None:
    known = [source("https://a.se/p/1/"), source("https://a.se/p/2/", "other")]
    assert source_fields(About(url="https://a.se/p/3/"), "x.md", known) == {
        "title": "x.md",
        "publisher": "Regeringskansliet",
        "url": "https://a.se/p/3/",
    }


def test_agencies_are_found_by_name_with_its_ending_and_by_abbreviation() -> None:
    agencies = [
        Agency("jamy", "Jämställdhetsmyndigheten", "government-agency", NOWHERE, abbreviation="Jämy"),
        Agency("nck", "Nationellt centrum för kvinnofrid", "university", NOWHERE, abbreviation="NCK"),
        Agency("lst-stockholm", "Länsstyrelsen i Stockholms län", "county-board", NOWHERE),
    ]
    found = names_in_texts(agencies)
    assert found("NCK:s stödlinje och Jämställdhetsmyndighetens arbete, samt NCK igen") == ["nck", "jamy"]
    assert found("länsstyrelsen i Stockholms län får 5 mnkr") == ["lst-stockholm"]
    assert found("anknckt") == []
    assert names_in_texts([])("NCK") == []


PRESS = f"""<!-- {ADDRESS} -->
# Mer pengar till jourerna

Jämställdhetsmyndigheten får 5 miljoner kronor 2024. Jämställdhetsmyndigheten får 5 miljoner kronor 2024.

Stödet förstärks med 7 miljoner kronor per år 2025–2027. Anslaget minskas med 3 miljoner kronor 2025.
"""


def test_a_draft_is_a_ledger_once_what_is_open_is_filled_in(tmp_path: Path) -> None:
    data = ledger(tmp_path)
    (tmp_path / "press.md").write_text(PRESS, encoding="utf-8")
    done = run("import", "--prose", "press.md", "--source", "pr", "--into", "data", folder=tmp_path)
    assert done.returncode == 0
    text = (data / "pr.yaml").read_text(encoding="utf-8")
    for line in (
        "#     title: Mer pengar till jourerna",
        "#     kind: press-release",
        "#     publisher: Regeringskansliet",
        "#     published: 2024-03",
        f"#     url: {ADDRESS}",
        "#     recipient: jamy",
        "#   pr-2-2025:",
        "#   pr-2-2026:",
        "#   pr-2-2027:",
        "#       - {amount: -3 mnkr, words: 3 miljoner kronor}",
    ):
        assert f"{line}\n" in text, line
    assert text.count("total: 5 mnkr") == 1
    filled = text.replace("title:  # what the money is for", "title: Jourerna")
    filled = filled.replace("kind:  # assignment, grant, appropriation …", "kind: grant")
    lines = [line.removeprefix("# ") for line in filled.splitlines() if not line.startswith("##")]
    (data / "pr.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    checked = run("check", "--data", "data", folder=tmp_path)
    assert checked.returncode == 0, checked.stdout


def test_running_text_may_come_from_standard_input(tmp_path: Path) -> None:
    data = ledger(tmp_path)
    [came] = many(
        [Asked(["import", "--prose", "-", "--source", "pr", "--into", "data"], str(tmp_path), given=PRESS)],
    )
    assert came.status == 0
    text = (data / "pr.yaml").read_text(encoding="utf-8")
    assert "## Draft from standard input: " in text
    assert "#     title: Mer pengar till jourerna\n" in text
