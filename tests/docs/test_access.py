"""docs/access.md says what the code says."""

from pathlib import Path

from tests.docs.access_table import rights_table, table

DOCUMENT = Path(__file__).parents[2] / "docs" / "access.md"


def test_the_table_of_rights_is_the_one_that_the_matrix_compares_with() -> None:
    assert rights_table() in DOCUMENT.read_text("utf-8"), "python -m tests.docs.access_table prints the table as it is"


def test_the_table_of_roles_and_routes_is_the_one_that_is_asked() -> None:
    assert table() in DOCUMENT.read_text("utf-8"), "python -m tests.docs.access_table prints the table as it is"
