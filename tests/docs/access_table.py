"""The tables of docs/access.md: what is right about what (`tests/services/http/rights.py`), and the routes with their
roles. `python -m tests.docs.access_table` prints them."""

import sys
from collections.abc import Iterable, Iterator

from services.decisions.asking import Role
from services.http.access import ROUTES
from services.http.app import HANDLERS
from tests.services.http.moved import Relation
from tests.services.http.rights import KINDS, LETTERS, LEVELS, RIGHTS

HEADER = ("Route", *(f"`{role.value}`" for role in Role))


def rows() -> Iterator[tuple[str, ...]]:
    """Every route that needs a token, by its address."""
    routes = {str(handler.name): handler for handler in HANDLERS}
    for name in sorted(ROUTES, key=lambda name: min(routes[name].paths)):
        (path,) = routes[name].paths
        (method,) = routes[name].http_methods
        place = path.replace(":uuid", "").replace(":str", "").replace(":int", "")
        yield f"`{method} {place}`", *("yes" if role in ROUTES[name] else "–" for role in Role)


def rights() -> Iterator[tuple[str, ...]]:
    """What each level gets about each kind of thing, by how that stands to it."""
    for kind in KINDS:
        for level, letters in zip(LEVELS, RIGHTS[kind], strict=True):
            if letters.strip("·"):
                roles = ", ".join(f"`{role}`{what}" for role, what in map(_told, level.split(", ")))
                yield kind, roles, *(LETTERS[letter].value for letter in letters)


def _told(level: str) -> tuple[str, str]:
    """The role, and what its mandate is for."""
    role, bracket, what = level.partition(" (")
    return role, bracket + what


def table() -> str:
    """The table of routes in Markdown."""
    return _markdown(HEADER, rows())


def rights_table() -> str:
    """The table of rights in Markdown."""
    return _markdown(("About", "Who asks", *(relation.value for relation in Relation)), rights())


def _markdown(header: tuple[str, ...], lines: Iterable[tuple[str, ...]]) -> str:
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (header, ("---",) * len(header), *lines))


if __name__ == "__main__":
    sys.stdout.write(f"{rights_table()}\n\n{table()}\n")
