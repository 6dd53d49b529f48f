// Routes side by side: a line whose pieces run beside the road by their lane, in pixels, the
// same at every scale. `lanes` are pairs of a lane and of the number of pieces that keep it.
const Route = L.Polyline.extend({
  _projectLatlngs(latlngs, result, bounds) {
    const points = latlngs.map((at) => this._map.latLngToLayerPoint(at));
    this.drawn = besideRoad(points, this.options.lanes);
    this.drawn.forEach((point) => bounds.extend(point));
    result.push(this.drawn);
  },
});

function besideRoad(points, lanes) {
  const corners = [points[0]];
  const shifts = [];
  let from = 0;
  for (const [lane, pieces] of lanes) {
    // Without the bends that nobody sees; they would tangle beside the road.
    const part = L.LineUtil.simplify(points.slice(from, from + pieces + 1), 1.2);
    for (const point of part.slice(1)) {
      if (point.equals(corners[corners.length - 1])) continue;
      corners.push(point);
      shifts.push((lane * (ROUTE + 0.5)) / 2);
    }
    from += pieces;
  }
  if (!shifts.length) return corners;
  const across = shifts.map((_shift, i) => {
    const way = corners[i + 1].subtract(corners[i]);
    return L.point(-way.y, way.x).divideBy(way.distanceTo([0, 0]));
  });
  return corners.flatMap((corner, i) => {
    const before = Math.max(0, i - 1), after = Math.min(i, shifts.length - 1);
    const a = across[before], b = across[after];
    const turn = a.x * b.x + a.y * b.y;
    if (shifts[before] === shifts[after] && turn > -0.3) {
      return [corner.add(a.add(b).multiplyBy(shifts[before] / (1 + turn)))];
    }
    // A hairpin, or a change of lane.
    return [corner.add(a.multiplyBy(shifts[before])), corner.add(b.multiplyBy(shifts[after]))];
  });
}

// One run of an afternoon: its white casing, and the line itself.
function drawRun(run, tour, on) {
  const corners = unpack(run.line);
  const look = { lanes: run.lanes, lineJoin: "round", noClip: true };
  const casing = new Route(corners, on("casings", {
    ...look, color: "#ffffff", weight: ROUTE + 4, opacity: 0.9, interactive: false,
  }));
  const line = new Route(corners, on("routes", {
    ...look, color: tour.colour, weight: ROUTE, opacity: 1, className: "route",
    lineCap: lineCap(tour.dash), dashArray: dashes(tour.dash),
  }));
  const about = [tour.day, tour.summary, tour.from].filter(Boolean).join(" · ");
  line.bindTooltip(el("span", { class: "name" }, about),
    { sticky: true, className: "tip" });
  return { casing, line };
}
