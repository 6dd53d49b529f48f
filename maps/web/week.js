// What the plan of a week puts on the map, the lines that switch its layers, and its times.
function weekOf(map, plan, text, on, onChange) {
  const tours = plan.tours.map((tour) => {
    const runs = tour.runs.map((run) => drawRun(run, tour, on));
    const stops = tour.stops.map((stop) => stopMarker(stop, tour, text));
    const group = L.layerGroup([
      ...runs.flatMap(({ casing, line }) => [casing, line]), ...stops.map(({ pin }) => pin)]);
    return { ...tour, group, lines: runs.map(({ line }) => line), discs: stops };
  });
  const depots = plan.depots.map((depot) => depotMarker(depot, text));
  const left = L.layerGroup(plan.left.map((place) => leftOutMarker(place, text)));
  const rows = tours.map((tour) => {
    const row = layerRow(map, tour.group, swatch(tour), tour.weekday,
      [tour.summary, tour.from], true, onChange);
    // Who points at an afternoon sees it alone.
    const fade = (strength) => tours.filter((other) => other !== tour).forEach((other) => {
      other.lines.forEach((line) => line.setStyle({ opacity: strength }));
      other.discs.forEach(({ pin }) => pin.setOpacity(strength));
    });
    row.item.addEventListener("mouseenter", () => fade(0.2));
    row.item.addEventListener("mouseleave", () => fade(1));
    return { ...row, layer: tour.group };
  });
  const leftRow = plan.left.length ? { layer: left, ...layerRow(map, left,
    el("span", { class: "sign" }, el("span", { class: "dot" })), text.left, [plan.left.length],
    false, onChange) } : null;
  return { plan, tours, depots, left, rows, leftRow };
}

// Each table of times; `goTo` is told the number of a tour and of a stop in it.
function tablesOf(week, text, goTo) {
  return week.tours.map((tour, i) => timetable(tour, text, (stop) => goTo(i, stop)));
}

// The lines of a week among the layers, those of its afternoons first.
const linesOf = (week) => [...week.rows, ...(week.leftRow ? [week.leftRow] : [])];

// All that belongs to a week alone: its lines and tables in the panels, and its layers.
function listWeek(week, isListed) {
  for (const part of [...linesOf(week).map(({ item }) => item), ...week.tables]) {
    part.hidden = !isListed;
  }
}

function showWeek(map, week, isShown) {
  listWeek(week, isShown);
  const layers = linesOf(week).filter(({ box }) => box.checked).map(({ layer }) => layer);
  for (const layer of [...layers, ...week.depots.map(({ pin }) => pin)]) {
    if (isShown) map.addLayer(layer);
    else map.removeLayer(layer);
  }
}
