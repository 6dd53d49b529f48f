"""Where young people live: estimates that add up to the number of each municipality."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import shapely
from conftest import EAST, WEST

from geodata.crs import shapes_in_metres
from geodata.homes import AREA, HOMES, MOST_PER_KM2, PEOPLE, YOUTH, demand_cells, homes_inside
from geodata.region import Region

AGES = (14, 21)
# 1.4 km by 1.1 km in the west; the village in the east is drawn twice, once shifted.
WEST_HOME = shapely.box(10.02, 52.02, 10.04, 52.03)
EAST_HOMES = (shapely.box(10.12, 52.05, 10.14, 52.06), shapely.box(10.13, 52.05, 10.15, 52.06))


def homes(*shapes: shapely.Geometry) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    return np.array(shapes, dtype=np.object_)


def area_km2(shape: shapely.Geometry) -> float:
    return float(shapely.area(shapes_in_metres(homes(shape))[0])) / 1e6


@pytest.mark.parametrize("cell_m", [37.0, 100.0, 250.0])
@pytest.mark.parametrize(
    "known",
    [None, homes(WEST_HOME, *EAST_HOMES), homes(WEST_HOME)],
    ids=["none", "both", "west"],
)
def test_the_cells_of_a_municipality_add_up_to_its_number(
    region: Region, known: np.ndarray[tuple[int], np.dtype[np.object_]] | None, cell_m: float
) -> None:
    cells = demand_cells(region, AGES, known, cell_m=cell_m)
    expected = {ags: region.estimated_youth(ags, AGES) for ags in (WEST, EAST)}
    assert cells.totals() == pytest.approx(expected)
    assert cells.who == YOUTH


def test_people_live_in_residential_areas_only(region: Region) -> None:
    cells = demand_cells(region, AGES, homes(WEST_HOME, *EAST_HOMES))
    outline = shapely.union_all(cells.outline_m)
    wanted = shapely.union_all(shapes_in_metres(homes(WEST_HOME, *EAST_HOMES)))
    assert outline.symmetric_difference(wanted).area < 20
    assert dict(cells.spread) == {WEST: HOMES, EAST: HOMES}


def test_where_areas_overlap_nobody_lives_twice(region: Region) -> None:
    cells = demand_cells(region, AGES, homes(*EAST_HOMES))
    east = cells.ags == EAST
    # Three hundredths of a degree, of which the middle one is in both.
    density = cells.people[east] / shapely.area(cells.outline_m[east])
    assert density == pytest.approx(488 / (3 * area_km2(EAST_HOMES[0]) / 2 * 1e6), rel=1e-3)


def test_without_residential_areas_people_live_everywhere(region: Region) -> None:
    cells = demand_cells(region, AGES, homes(WEST_HOME), cell_m=500)
    east = cells.ags == EAST
    assert shapely.area(cells.outline_m[east]).sum() / 1e6 == pytest.approx(
        area_km2(region.municipalities[EAST].boundary), rel=1e-3
    )
    assert cells.spread[EAST] == AREA


def test_a_hamlet_is_no_home_for_a_town(region: Region) -> None:
    crowded = replace(
        region.municipalities[WEST], population=round(MOST_PER_KM2 * area_km2(WEST_HOME)) + 100
    )
    roomy = replace(crowded, population=crowded.population - 200)
    spreads = [
        demand_cells(replace(region, municipalities={WEST: one}), AGES, homes(WEST_HOME)).spread[
            WEST
        ]
        for one in (crowded, roomy)
    ]
    assert spreads == [AREA, HOMES]


def test_a_residential_area_across_the_border_is_shared(region: Region) -> None:
    across = shapely.box(10.09, 52.04, 10.11, 52.06)
    cells = demand_cells(region, AGES, homes(across))
    east = shapely.get_coordinates(shapely.centroid(cells.outline_m[cells.ags == EAST]))
    west = shapely.get_coordinates(shapely.centroid(cells.outline_m[cells.ags == WEST]))
    assert east[:, 0].min() > west[:, 0].max() - 100
    assert cells.totals() == pytest.approx({WEST: 162, EAST: 488})


def test_without_age_groups_everybody_counts(region: Region) -> None:
    cells = demand_cells(replace(region, age_bands=()), AGES, homes(WEST_HOME))
    assert cells.who == PEOPLE
    assert cells.totals() == pytest.approx({WEST: 1_000, EAST: 3_000})


def test_a_municipality_of_unknown_number_has_no_cells(region: Region) -> None:
    unknown = replace(region.municipalities[WEST], population=0)
    cells = demand_cells(
        replace(region, municipalities={**region.municipalities, WEST: unknown}), AGES
    )
    assert set(cells.spread) == {EAST} == set(cells.ags.tolist())


def test_the_point_of_a_cell_lies_inside(region: Region) -> None:
    horseshoe = shapely.box(10.02, 52.02, 10.03, 52.03) - shapely.box(
        10.0205, 52.0, 10.0295, 52.0295
    )
    cells = demand_cells(region, AGES, homes(horseshoe), cell_m=5_000)
    assert shapely.intersects_xy(cells.outline_m, cells.at_m[:, 0], cells.at_m[:, 1]).all()


def test_a_side_of_nothing_is_refused(region: Region) -> None:
    with pytest.raises(ValueError, match="cell_m must be above 0, got 0"):
        demand_cells(region, AGES, cell_m=0)


def test_homes_outside_the_district_are_left_out_and_crossed_ones_mended(region: Region) -> None:
    bow_tie = shapely.Polygon([(10.01, 52.01), (10.03, 52.03), (10.03, 52.01), (10.01, 52.03)])
    far = shapely.box(11, 52, 11.1, 52.1)
    found = homes_inside([far, bow_tie, shapely.Point(10.05, 52.05), WEST_HOME], region.boundary)
    assert [shape.geom_type for shape in found] == ["Polygon"] * 3
    assert shapely.is_valid(found).all()
