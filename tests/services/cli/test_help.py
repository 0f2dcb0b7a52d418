"""Every command explains itself, in Vietnamese first."""

import re

import pytest
from click.testing import CliRunner

from services.cli import PLACES, main

VIETNAMESE = re.compile("[ăâđêôơưáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ]", re.IGNORECASE)


@pytest.mark.parametrize("name", PLACES)
def test_a_command_explains_itself(name: str) -> None:
    told = CliRunner().invoke(main, [name, "--help"])
    assert told.exit_code == 0
    first = told.output.split("\n\n")[1]
    assert VIETNAMESE.search(first.splitlines()[0])


def test_the_command_lists_all_of_them() -> None:
    told = CliRunner().invoke(main, ["--help"])
    assert [name for name in PLACES if not re.search(rf"^  {name} ", told.output, re.MULTILINE)] == []
