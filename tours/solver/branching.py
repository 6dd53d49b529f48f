"""How a problem is split in two when its relaxation mixes tours."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Protocol, TypeVar

from tours.problem import Cover, Problem
from tours.solver.columns import Column, counts_once
from tours.solver.master import EPSILON
from tours.solver.pricing import Bans, banned_everywhere, forced_arcs

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Node:
    """A part of the problem.

    Attributes
    ----------
    bans : Bans
    covers : tuple of Cover
        What must be visited here beyond the rules of the problem.
    depth : int
    """

    bans: Bans = field(default_factory=Bans)
    covers: tuple[Cover, ...] = ()
    depth: int = 0


class Mixture(Protocol):
    """Tours with the weights that a linear programme gives them."""

    @property
    def columns(self) -> list[Column]:
        """The tours."""

    @property
    def weights(self) -> list[float]:
        """How much of each is driven."""


def branches(
    node: Node, mixture: Mixture, problem: Problem, alike: Mapping[int, tuple[int, ...]]
) -> list[Node]:
    """Split a node where its relaxation is undecided; empty if there is nothing to split.

    First on whether a rule is served on a kind of day, then on whether a place is visited at
    all, then on which kind of day, then on whether one place follows another.
    """
    split = (
        _on_cover(node, mixture, problem, alike)
        or _on_place(node, mixture, alike)
        or _on_day(node, mixture, alike)
        or _on_arc(node, mixture, problem)
    )
    return list(split or ())


def _most_undecided(shares: Mapping[Key, float]) -> Key | None:
    """Return the key whose share is nearest to one half, if any is between 0 and 1."""
    open_ = {key: share for key, share in shares.items() if EPSILON < share < 1 - EPSILON}
    return min(open_, key=lambda key: abs(open_[key] - 0.5)) if open_ else None


def _without(node: Node, bans: Bans) -> Node:
    joined = Bans(node.bans.places | bans.places, node.bans.arcs | bans.arcs)
    return Node(joined, node.covers, node.depth + 1)


def _with(node: Node, cover: Cover) -> Node:
    return Node(node.bans, (*node.covers, cover), node.depth + 1)


def _on_cover(
    node: Node, mixture: Mixture, problem: Problem, alike: Mapping[int, tuple[int, ...]]
) -> tuple[Node, Node] | None:
    shares: dict[tuple[int, int], float] = {}
    for column, weight in zip(mixture.columns, mixture.weights, strict=True):
        for number, cover in enumerate(problem.covers):
            if counts_once(cover) and any(cover.counts(p, column.shift) for p in column.places):
                key = number, column.shift
                shares[key] = shares.get(key, 0.0) + weight
    chosen = _most_undecided(shares)
    if chosen is None:
        return None
    places, group = problem.covers[chosen[0]].places, chosen[1]
    bans = Bans(places=frozenset((group, place) for place in places))
    return (
        _without(node, bans),
        _with(node, Cover("", places, 1, shifts=frozenset(alike[group]))),
    )


def _on_place(
    node: Node, mixture: Mixture, alike: Mapping[int, tuple[int, ...]]
) -> tuple[Node, Node] | None:
    shares: dict[str, float] = {}
    for column, weight in zip(mixture.columns, mixture.weights, strict=True):
        for place in column.order:
            shares[place] = shares.get(place, 0.0) + weight
    chosen = _most_undecided(shares)
    if chosen is None:
        return None
    return (
        _without(node, Bans(places=banned_everywhere(alike, chosen))),
        _with(node, Cover("", frozenset({chosen}))),
    )


def _on_day(
    node: Node, mixture: Mixture, alike: Mapping[int, tuple[int, ...]]
) -> tuple[Node, Node] | None:
    shares: dict[tuple[str, int], float] = {}
    for column, weight in zip(mixture.columns, mixture.weights, strict=True):
        for place in column.order:
            key = place, column.shift
            shares[key] = shares.get(key, 0.0) + weight
    chosen = _most_undecided(shares)
    if chosen is None:
        return None
    wanted, group = chosen
    return (
        _without(node, Bans(places=frozenset({(group, wanted)}))),
        _with(node, Cover("", frozenset({wanted}), shifts=frozenset(alike[group]))),
    )


def _on_arc(node: Node, mixture: Mixture, problem: Problem) -> tuple[Node, Node] | None:
    # That a place follows another one can be demanded only where both are visited once.
    once = {
        place
        for limit in problem.limits
        if limit.at_most == 1 and len(limit.shifts) == len(problem.shifts)
        for place in limit.places
    }
    shares: dict[tuple[int, str, str], float] = {}
    for column, weight in zip(mixture.columns, mixture.weights, strict=True):
        for a, b in pairwise(column.order):
            if a in once and b in once:
                key = column.shift, a, b
                shares[key] = shares.get(key, 0.0) + weight
    chosen = _most_undecided(shares)
    if chosen is None:
        return None
    places = sorted({candidate.place for candidate in problem.candidates})
    forced = forced_arcs(*chosen, places)
    return _without(node, Bans(arcs=frozenset({chosen}))), _without(node, Bans(arcs=forced))
