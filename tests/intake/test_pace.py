"""Appending apart or together, by what both took lately. Times here are told, not measured."""

from services.intake.pace import Pace


def test_few_go_apart_and_many_together() -> None:
    pace = Pace()
    assert not pace.batch_pays(1)
    assert pace.batch_pays(100)


def test_where_a_sync_is_dear_a_batch_pays_sooner() -> None:
    """Each append by itself takes 2 ms, a batch of 20 takes 8: six by themselves cost half as much again."""
    pace = Pace()
    for _ in range(100):
        pace.apart_took(10, 0.020)
        pace.batch_took(20, 0.008)
    assert not pace.batch_pays(3)
    assert pace.batch_pays(8)


def test_where_a_sync_costs_nothing_a_batch_of_hardly_any_size_pays() -> None:
    """An append by itself takes 20 microseconds: 200 of them take 4 ms, a batch of them 9."""
    pace = Pace()
    for _ in range(100):
        pace.apart_took(50, 0.001)
        pace.batch_took(200, 0.009)
    assert not pace.batch_pays(200)


def test_the_way_that_was_slow_once_is_tried_again() -> None:
    """The disk was busy for a while: each append took a second. Only batches since then, of 3 ms."""
    pace = Pace()
    for _ in range(50):
        pace.apart_took(1, 1.0)
    batches = 0
    while pace.batch_pays(40):
        pace.batch_took(40, 0.003)
        batches += 1
        assert batches < 20_000
    assert batches > 1_000
