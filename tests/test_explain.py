"""Looking up the page of a check."""

from ledger.checks import explain, load_checks, page_ids


def test_the_page_of_a_check_is_found_by_its_id() -> None:
    for check in load_checks():
        assert explain(check.id) == check.page
    assert page_ids() == tuple(sorted(page_ids()))
    assert explain("no-such-check") is None
    assert explain("_run") is None
