"""Python's cyclic garbage collector, kept from walking through every batch of facts."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

OBJECTS = 1_000_000
"""New objects, less those freed, before the collector looks: more than the chunks of facts at hand hold at a time."""


@contextmanager
def seldom() -> Iterator[None]:
    """While inside, the collector runs only when the heap has grown by `OBJECTS`.

    Facts and rows have no cycles: counting references frees them. At its usual setting the collector walks through a
    chunk of them hundreds of times, and takes twice as long as all the folding.
    """
    usual = gc.get_threshold()
    gc.set_threshold(OBJECTS, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


@contextmanager
def paused() -> Iterator[None]:
    """While inside, the collector does not run. For work that nothing else interleaves with: no `await` inside."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
