"""What follows from sums that somebody knows: linear algebra over exact fractions.

The unknowns are counts, numbered; each sum adds up some of them. Kept is the reduced echelon form of all sums known, so
that what they say of any further sum is read off at once.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from fractions import Fraction
from math import lcm
from typing import TypeVar

K = TypeVar("K", bound=Hashable)

Sum = frozenset[int]
Row = dict[int, Fraction]
Shares = dict[Hashable, Fraction]


class Knowledge:
    """Sums known about counts whose true values are `values`. A sum may be learnt under a name, to be told by it."""

    def __init__(self, values: Sequence[int]) -> None:
        self._values = values
        self._rows: dict[int, Row] = {}
        self._shares: dict[int, Shares] = {}
        self._uses: dict[int, set[int]] = {}

    def copy(self) -> Knowledge:
        """The same knowledge, to which more can be added apart."""
        other = Knowledge(self._values)
        other._rows = {pivot: dict(row) for pivot, row in self._rows.items()}
        other._shares = {pivot: dict(shares) for pivot, shares in self._shares.items()}
        other._uses = {unknown: set(pivots) for unknown, pivots in self._uses.items()}
        return other

    def learn(self, known: Sum, name: Hashable | None = None) -> None:
        """One more sum is known."""
        row, shares = self._reduced(known)
        if not row:
            return
        if name is not None:
            shares[name] = shares.get(name, Fraction()) - 1
        # The largest count: worlds with other counts have most room there.
        pivot = max(row, key=lambda unknown: (self._values[unknown], unknown))
        scale = row.pop(pivot)
        row = {unknown: share / scale for unknown, share in row.items()}
        shares = {each: -share / scale for each, share in shares.items()}
        for other in self._uses.pop(pivot, ()):
            self._substitute(other, pivot, row, shares)
        self._rows[pivot], self._shares[pivot] = row, shares
        for unknown in row:
            self._uses.setdefault(unknown, set()).add(pivot)

    def _substitute(self, other: int, pivot: int, row: Row, shares: Shares) -> None:
        target, times = self._rows[other], self._rows[other].pop(pivot)
        for unknown, share in row.items():
            left = target.get(unknown, Fraction()) - times * share
            if left:
                target[unknown] = left
                self._uses.setdefault(unknown, set()).add(other)
            else:
                del target[unknown]
                self._uses[unknown].discard(other)
        _add(self._shares[other], shares, -times)

    def _reduced(self, asked: Sum) -> tuple[Row, Shares]:
        """The sum without what is known of it, and minus the share that each named sum has in what is known."""
        row: Row = {}
        shares: Shares = {}
        for unknown in asked:
            if unknown not in self._rows:
                _add(row, {unknown: Fraction(1)}, Fraction(1))
                continue
            _add(row, self._rows[unknown], Fraction(-1))
            _add(shares, self._shares[unknown], Fraction(1))
        return row, shares

    def given_away_by(self, asked: Sum) -> frozenset[Hashable] | None:
        """None where counts that fit all that is known give the sum another value than it has. Else the named sums of
        which each would have to be kept back to change that: none where it follows without them.

        An answer of names may be one too many: where fitting counts are not found, they are taken not to exist.
        """
        row, shares = self._reduced(asked)
        if not row:
            return frozenset(name for name, share in shares.items() if share)
        if any(self._fits(move) for unknown in row for move in self._moves(unknown)):
            return None
        near = set(asked).union(*(move.keys() for unknown in row for move in self._moves(unknown)))
        return frozenset(name for each in near for name in self._shares.get(each, ()))

    def _moves(self, unknown: int) -> Iterator[dict[int, int]]:
        """How all counts change with a count that nothing known determines, up and down."""
        pivots = self._uses.get(unknown, ())
        whole = lcm(*(self._rows[pivot][unknown].denominator for pivot in pivots))
        move = {pivot: int(-self._rows[pivot][unknown] * whole) for pivot in pivots}
        move[unknown] = whole
        yield move
        yield {each: -by for each, by in move.items()}

    def _fits(self, move: dict[int, int]) -> bool:
        return all(self._values[each] + by >= 0 for each, by in move.items())


def _add(to: dict[K, Fraction], what: dict[K, Fraction], times: Fraction) -> None:
    for key, share in what.items():
        total = to.get(key, Fraction()) + times * share
        if total:
            to[key] = total
        else:
            to.pop(key, None)
