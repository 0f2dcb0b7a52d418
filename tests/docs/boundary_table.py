"""The table of docs/boundaries.md, from the catalogue. `python -m tests.docs.boundary_table` prints it."""

import sys
from collections.abc import Iterator

from events.catalogue import BODIES
from events.upcasting import UPCASTERS

HEADER = ("Fact", "Boundary (literal subject)", "Append")


def rows() -> Iterator[tuple[str, str, str]]:
    """Every fact that is still written, by boundary."""
    for name, body in sorted(BODIES.items(), key=lambda item: (item[1].BOUNDARY, item[0])):
        if body in UPCASTERS:
            continue
        area, field = body.BOUNDARY
        append = "a report: no expectation" if body.REPORT else "expects the boundary's last position"
        yield f"`{name}`", f"`facts.{area}.<{field}>`", append


def table() -> str:
    """The table in Markdown."""
    lines = [HEADER, ("---",) * len(HEADER), *rows()]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


if __name__ == "__main__":
    sys.stdout.write(table() + "\n")
