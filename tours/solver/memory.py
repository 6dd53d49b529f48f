"""What a partial tour remembers: a relaxation that is tightened where the optimum cheats.

A tour that forgets may visit a place twice, or count twice for a cover. Each place keeps a
set of places and of covers that a tour standing there still remembers; both grow between the
two visits, or the two counts, of a tour that the linear programme uses (Roberti and Mingozzi
2014 for places).
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy

import numpy as np

from tours.solver.arrays import ShiftArrays, Words
from tours.solver.bitsets import bits
from tours.solver.columns import Column, Rules

# Nearest places that are remembered at first, and nearest places whose covers are: more of
# either, and the labels grow in number; less, and there are more rounds.
PLACES_REMEMBERED = 14
COVERS_REMEMBERED = 20


class Memory:
    """Memories of all places in all shifts.

    Attributes
    ----------
    recall : dict of (int, str) to set of int
        Per shift and place, the covers that are remembered there.
    """

    def __init__(self, shifts: Sequence[ShiftArrays], rules: Rules) -> None:
        self._shifts = shifts
        self._rules = rules
        self._near: list[list[set[int]]] = []
        self.recall: dict[tuple[int, str], set[int]] = {}
        for number, shift in enumerate(shifts):
            n = shift.num_places
            self._near.append([])
            for j, place in enumerate(shift.places):
                order = np.argsort(shift.gap[:n, j], kind="stable").tolist()
                self._near[number].append({j, *order[: PLACES_REMEMBERED + 1]})
                self.recall[number, place] = {
                    cover
                    for i in {j, *order[: COVERS_REMEMBERED + 1]}
                    for cover in rules.covers_of(shift.places[i], number)
                }

    def extended(self, rules: Rules) -> Memory:
        """Return a memory for rules with more covers, which are never forgotten."""
        memory = copy(self)
        memory._rules = rules
        more = range(len(self._rules.covers), len(rules.covers))
        memory.recall = {key: known | set(more) for key, known in self.recall.items()}
        return memory

    def places(self, number: int) -> Words:
        """Return per place of a shift the places remembered there, shape (n, words)."""
        n = self._shifts[number].num_places
        return np.array([bits(sorted(near), n) for near in self._near[number]])

    def covers(self, number: int) -> Words:
        """Return per place of a shift the covers remembered there, shape (n, words)."""
        size = len(self._rules.covers)
        return np.array(
            [bits(sorted(self.recall[number, p]), size) for p in self._shifts[number].places]
        )

    def grow(self, columns: Sequence[Column]) -> bool:
        """Remember what these tours forgot; tell whether there was anything."""
        grown = [self._grow_places(column) | self._grow_covers(column) for column in columns]
        return any(grown)

    def allows(self, column: Column) -> bool:
        """Tell whether a tour can still be made without noticing that a place comes back."""
        near = self._near[column.shift]
        return not any(
            all(place in near[other] for other in between)
            for place, between in self._cycles(column)
        )

    def _cycles(self, column: Column) -> list[tuple[int, list[int]]]:
        """Return what a tour forgot that it was not to: a place, and the places in between.

        It came back to the place, or to one that has to come before it.
        """
        shift = self._shifts[column.shift]
        index = {place: i for i, place in enumerate(shift.places)}
        path = [index[halt.place] for halt in column.halts]
        cycles: list[tuple[int, list[int]]] = []
        last: dict[int, int] = {}
        for at, place in enumerate(path):
            for other, before in last.items():
                if other == place or shift.after[place, other]:
                    cycles.append((other, path[before + 1 : at]))
            last[place] = at
        return cycles

    def is_sound(self, column: Column) -> bool:
        """Tell whether a tour visits no place twice and keeps all orders."""
        return not self._cycles(column)

    def _grow_places(self, column: Column) -> bool:
        grown = False
        for place, between in self._cycles(column):
            for other in between:
                near = self._near[column.shift][other]
                grown |= place not in near
                near.add(place)
        return grown

    def _grow_covers(self, column: Column) -> bool:
        grown = False
        for cover, count in self._rules.coverage(column, self.recall).items():
            if count < 2 or not self._rules.counts_once(cover):
                continue
            members = self._rules.covers[cover].places
            at = [k for k, halt in enumerate(column.halts) if halt.place in members]
            for halt in column.halts[at[0] : at[-1]]:
                memory = self.recall[column.shift, halt.place]
                grown |= cover not in memory
                memory.add(cover)
        return grown
