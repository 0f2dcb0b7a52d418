"""The table of docs/access.md, from the routes and their roles. `python -m tests.docs.access_table` prints it."""

import sys
from collections.abc import Iterator

from services.decisions.asking import Role
from services.http.access import ROUTES
from services.http.app import HANDLERS

HEADER = ("Route", *(f"`{role.value}`" for role in Role))


def rows() -> Iterator[tuple[str, ...]]:
    """Every route that needs a token, by its address."""
    routes = {str(handler.name): handler for handler in HANDLERS}
    for name in sorted(ROUTES, key=lambda name: min(routes[name].paths)):
        (path,) = routes[name].paths
        (method,) = routes[name].http_methods
        place = path.replace(":uuid", "").replace(":str", "")
        yield f"`{method} {place}`", *("yes" if role in ROUTES[name] else "–" for role in Role)


def table() -> str:
    """The table in Markdown."""
    lines = [HEADER, ("---",) * len(HEADER), *rows()]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


if __name__ == "__main__":
    sys.stdout.write(table() + "\n")
