"""Plan a week as it is set and in variants of its settings, all else being the same."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace

from geodata.errors import Fault, OutreachError
from geodata.language import translator
from geodata.region import Area
from tours.calendar import week_dates
from tours.compare.variants import Variant
from tours.cycle import asked_of_week
from tours.district import District
from tours.errors import InfeasibleError
from tours.history import read_history
from tours.plan import NOTHING_ASKED, Asked, Plan
from tours.planning import plan_week
from tours.solver.solution import Progress
from tours.wishes import read_wishes

_ = translator("tours")

Watching = Callable[[str], AbstractContextManager[Callable[[Progress], None] | None]]
Announced = Collection[tuple[str, int, int]]


@dataclass(frozen=True, slots=True)
class Tally:
    """What a plan amounts to, and how much of what is asked for it keeps.

    Attributes
    ----------
    value, bound, expected : int
        What the plan earns, the most that any plan can earn, and contacts expected; hundredths.
    afternoons, stops : int
        An afternoon counts once for each bus that drives it.
    dwell_s, drive_s, length_m : int
    municipalities, served : int
        How many municipalities are visited, of those that the service is for.
    areas_kept, areas : int
        How many areas get what they are owed, of those that are owed something this week.
    overdue : int
        Municipalities that the cycle asks for and that are not visited in time.
    announced : int or None
        Stops of the same place, weekday and start as in the valid roster; None without one.
    crew_s : int
        Hours of the shifts times persons.
    """

    value: int
    bound: int
    expected: int
    afternoons: int
    stops: int
    dwell_s: int
    drive_s: int
    length_m: int
    municipalities: int
    served: int
    areas_kept: int
    areas: int
    overdue: int
    announced: int | None
    crew_s: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What comes of a variant: a plan, or why there is none.

    Attributes
    ----------
    name, text : str
        Of the variant, and what it alters, as it is typed; both empty for the settings as they
        are.
    plan : Plan or None
    tally : Tally or None
        Of the plan.
    faults : tuple of Fault
        Why there is no plan.
    """

    name: str
    text: str
    plan: Plan | None = None
    tally: Tally | None = None
    faults: tuple[Fault, ...] = ()

    def __post_init__(self) -> None:
        if (self.plan is None) == (not self.faults) or (self.plan is None) != (self.tally is None):
            raise ValueError("an outcome must hold a plan with its tally, or faults, not both")

    @property
    def title(self) -> str:
        """What it is called."""
        return self.name or _("unchanged")


@dataclass(frozen=True, slots=True)
class Comparison:
    """A week as it is set and in variants.

    Attributes
    ----------
    week : str
    outcomes : tuple of Outcome
        The settings as they are come first.
    crew : int
        Persons on a bus.
    wishes : Asked
        What all of them were planned with.
    is_stored : bool
        Whether the week has a stored plan that the wishes are from.
    roster : str
        Week of the valid roster; empty if there is none.
    seed : int
    time_limit : float or None
        Seconds for each.
    """

    week: str
    outcomes: tuple[Outcome, ...]
    crew: int
    wishes: Asked
    is_stored: bool
    roster: str
    seed: int
    time_limit: float | None

    @property
    def plans(self) -> tuple[Plan, ...]:
        """Those that exist, in order."""
        return tuple(outcome.plan for outcome in self.outcomes if outcome.plan)


def _unwatched(_name: str) -> AbstractContextManager[None]:
    return nullcontext()


def compare_variants(
    district: District,
    week: str,
    variants: Sequence[Variant],
    *,
    earlier: Sequence[Plan] = (),
    stored: Plan | None = None,
    seed: int = 0,
    time_limit: float | None = None,
    watching: Watching = _unwatched,
    on_outcome: Callable[[Outcome], None] | None = None,
) -> Comparison:
    """Return the plans of a week as it is set and of each variant.

    Parameters
    ----------
    district : District
    week : str
        ISO week.
    variants : sequence of Variant
    earlier : sequence of Plan
        See `tours.planning.build_task`; the same for all.
    stored : Plan or None
        The plan that the week has, whose wishes hold for all. Planning begins with it, and that
        of the variants with the plan of the week as it is set.
    seed : int
    time_limit : float or None
        Seconds for each plan.
    watching : callable
        Called with a name before each plan; yields what is told of its progress.
    on_outcome : callable or None
        Called with what comes of each as soon as it is known.

    Raises
    ------
    ConfigError
        If a variant does not fit the settings.
    InfeasibleError
        If there is no plan at all.
    """
    history = read_history(earlier)
    announced = history.announced(week) if earlier else None
    asked = asked_of_week(stored) if stored else NOTHING_ASKED
    wishes = read_wishes(asked)

    def outcome_of(name: str, text: str, changed: District, known: Sequence[Plan]) -> Outcome:
        found = found_of(name, text, changed, known)
        if on_outcome is not None:
            on_outcome(found)
        return found

    def found_of(name: str, text: str, changed: District, known: Sequence[Plan]) -> Outcome:
        try:
            with watching(name or _("unchanged")) as on_progress:
                plan = plan_week(
                    changed,
                    week,
                    earlier=earlier,
                    known=known,
                    wishes=wishes,
                    seed=seed,
                    time_limit=time_limit,
                    on_progress=on_progress,
                )
        except OutreachError as error:
            return Outcome(name, text, faults=error.faults)
        return Outcome(name, text, plan, tally_of(plan, changed, announced))

    # All variants are applied before the first is planned, since planning takes long.
    config, places = district.config, district.places
    changed = [(v, replace(district, config=v.applied(config, places))) for v in variants]
    base = outcome_of("", "", district, (stored,) if stored else ())
    begun = (base.plan,) if base.plan else (stored,) if stored else ()
    outcomes = [base, *(outcome_of(v.name, v.text, other, begun) for v, other in changed)]
    if not any(outcome.plan for outcome in outcomes):
        raise InfeasibleError.collected(
            replace(fault, where=outcome.title) for outcome in outcomes for fault in outcome.faults
        )
    rosters = history.rosters(week)
    return Comparison(
        week=week,
        outcomes=tuple(outcomes),
        crew=district.config.crew,
        wishes=asked,
        is_stored=stored is not None,
        roster=rosters[0].week if rosters else "",
        seed=seed,
        time_limit=time_limit,
    )


def tally_of(plan: Plan, district: District, announced: Announced | None) -> Tally:
    """Return what a plan amounts to.

    Parameters
    ----------
    plan : Plan
    district : District
        What it was made from.
    announced : collection of (str, int, int) or None
        Place, weekday and start of each stop that the public knows; None without a roster.
    """
    config = district.config
    stops = [(tour, stop) for tour in plan.tours for stop in tour.stops]
    with_place = {place.ags for place in district.places}
    served = {
        ags
        for ags, municipality in district.region.municipalities.items()
        if (municipality.population or ags in with_place) and ags not in config.not_served
    }
    visited = {stop.ags for _tour, stop in stops if not stop.is_appointment}
    owed = [area for area in config.areas if _is_owed(area, plan.week)]
    return Tally(
        value=plan.value,
        bound=plan.bound,
        expected=plan.expected,
        afternoons=len(plan.tours),
        stops=len(stops),
        dwell_s=plan.dwell_s,
        drive_s=plan.drive_s,
        length_m=plan.length_m,
        municipalities=len(visited & served),
        served=len(served),
        areas_kept=sum(_is_kept(area, plan) for area in owed),
        areas=len(owed),
        overdue=len(plan.overdue),
        announced=None
        if announced is None
        else sum((s.place_id, t.date.weekday(), s.start_s) in announced for t, s in stops),
        crew_s=sum(tour.shift_end_s - tour.shift_start_s for tour in plan.tours) * config.crew,
    )


def _is_owed(area: Area, week: str) -> bool:
    is_asked = bool(area.at_least or area.at_least_s)
    return is_asked and any(map(area.is_valid, week_dates(week)))


def _is_kept(area: Area, plan: Plan) -> bool:
    dwells_s = [
        stop.departure_s - stop.start_s
        for tour in plan.tours
        if area.is_valid(tour.date)
        for stop in tour.stops
        if stop.ags in area.municipalities and not stop.is_appointment
    ]
    return len(dwells_s) >= area.at_least and sum(dwells_s) >= area.at_least_s
