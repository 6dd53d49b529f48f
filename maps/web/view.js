// The first view: as large as can be, and neither the district nor, where that would make it
// small, any stop lies under the words around the map.

const SHIFTS = Array.from({ length: 25 }, (_one, i) => (i - 12) / 12);

// Where `bounds` can stand in the window, those in the middle first: shares of the free room.
const PLACES = SHIFTS.flatMap((y) => SHIFTS.map((x) => [x, y]))
  .sort((a, b) => a[0] ** 2 + a[1] ** 2 - b[0] ** 2 - b[1] ** 2);

// How the map has to stand so that `bounds` fill the window but for an edge and every place is
// free of the boxes; null if there is no such view. `places` are pairs of a point and of how
// far it keeps away from them.
function freeView(map, bounds, edge, places, boxes) {
  const size = map.getSize();
  if (Math.min(size.x, size.y) - 2 * edge < 80) return null;
  const largest = Math.min(14, map.getBoundsZoom(bounds, false, L.point(2 * edge, 2 * edge)));
  for (let zoom = largest; zoom > largest - 4; zoom -= 0.25) {
    const corner = map.project(bounds.getNorthWest(), zoom);
    const room = map.project(bounds.getSouthEast(), zoom).subtract(corner);
    const free = size.subtract(room).subtract([2 * edge, 2 * edge]).divideBy(2);
    const spots = places.map(([at, far]) => [map.project(at, zoom).subtract(corner), far]);
    for (const [x, y] of PLACES) {
      const left = edge + free.x * (1 + x), top = edge + free.y * (1 + y);
      const isFree = spots.every(([spot, far]) => boxes.every((r) =>
        left + spot.x < r.left - far || left + spot.x > r.right + far ||
        top + spot.y < r.top - far || top + spot.y > r.bottom + far));
      if (!isFree) continue;
      return { zoom, center: map.unproject(corner.subtract([left, top])
        .add(size.divideBy(2)), zoom) };
    }
  }
  return null;
}

// Points along closed lines, no two further apart than `step` degrees, few of them nearer.
function pointsOf(rings, step) {
  const points = [];
  for (const ring of rings) {
    let [lat, lon] = ring[0];
    points.push(ring[0]);
    for (const [y, x] of ring) {
      const far = Math.hypot(y - lat, x - lon);
      if (far < step / 2) continue;
      const parts = Math.ceil(far / step);
      for (let k = 1; k <= parts; k++) {
        points.push([lat + ((y - lat) * k) / parts, lon + ((x - lon) * k) / parts]);
      }
      [lat, lon] = [y, x];
    }
  }
  return points;
}

// How far one may move away, in each direction alike: a window is wider than a narrow district.
function roomAround(bounds) {
  const [south, west, north, east] =
    [bounds.getSouth(), bounds.getWest(), bounds.getNorth(), bounds.getEast()];
  const far = 4 * Math.max(north - south, east - west);
  return L.latLngBounds([south - far, west - far], [north + far, east + far]);
}

// What lies over the map: panels, and the buttons and the scale in its corners.
const boxesOver = (panels) =>
  [...panels, ...document.querySelectorAll("#head .wide, .leaflet-control")]
    .map((part) => part.getBoundingClientRect()).filter(({ width }) => width);

// `boxes` are what lies over the map; there is none on paper. `rings` bound the district,
// `points` are the stops and depots.
function firstView(map, rings, plan, boxes, points) {
  const district = L.latLngBounds(rings.flat());
  const step = (district.getNorth() - district.getSouth()) / 80;
  const border = pointsOf(rings, step).map((at) => [at, 6]);
  const stops = points.map((at) => [at, 26]);
  // The whole district, if that costs little; covered in part, if that gains much.
  const views = [
    freeView(map, district, 10, [...stops, ...border], boxes),
    freeView(map, district, 10, stops, boxes),
    freeView(map, plan, 28, stops, boxes),
  ];
  const view = views.filter(Boolean)
    .reduce((a, b) => (a && a.zoom > b.zoom - 1.2 ? a : b), null);
  if (view) map.setView(view.center, view.zoom, { animate: false });
  else map.fitBounds(plan, { animate: false });
}
