// The first view: as large as can be, and no stop lies under the words around the map.

// How the map has to stand so that `bounds` fill the room within four margins.
function look(map, bounds, [left, top, right, bottom], edge) {
  const margin = L.point(left + right, top + bottom).add([2 * edge, 2 * edge]);
  const size = map.getSize();
  if (size.x - margin.x < 80 || size.y - margin.y < 80) return null;
  const zoom = Math.min(14, map.getBoundsZoom(bounds, false, margin));
  const middle = map.project(bounds.getSouthWest(), zoom)
    .add(map.project(bounds.getNorthEast(), zoom)).divideBy(2);
  const center = map.unproject(middle.add(L.point(right - left, bottom - top).divideBy(2)), zoom);
  return { zoom, center };
}

// `panels` are what lies over the map; there is none on paper.
function firstView(map, district, plan, panels, points) {
  const boxes = Object.values(panels || {}).map((panel) => panel.getBoundingClientRect());
  let rooms = [[0, 0, 0, 0]];
  if (panels) {
    const wide = panels.head.offsetWidth + 12, high = panels.head.offsetHeight + 12;
    const beside = panels.layers.offsetWidth + 12, below = panels.credits.offsetHeight + 2;
    const top = Math.max(high, panels.layers.offsetHeight + 12);
    rooms = [
      [wide, 0, beside, below], [0, top, 0, below], [0, high, beside, below],
      [wide, 0, 0, below], [0, high, 0, below], [0, 0, beside, below], [0, 0, 0, below],
    ];
  }
  const isFree = ({ zoom, center }) => {
    const corner = map.project(center, zoom).subtract(map.getSize().divideBy(2));
    return points.every((at) => {
      const { x, y } = map.project(at, zoom).subtract(corner);
      return boxes.every((r) =>
        x < r.left - 26 || x > r.right + 26 || y < r.top - 26 || y > r.bottom + 26);
    });
  };
  const best = (bounds, edge) => rooms.map((room) => look(map, bounds, room, edge))
    .filter((view) => view && isFree(view))
    .reduce((a, b) => (a && a.zoom >= b.zoom ? a : b), null);
  // The whole district, if that costs little.
  const all = best(district, 10), close = best(plan, 28);
  const view = all && (!close || all.zoom > close.zoom - 0.8) ? all : close;
  if (view) map.setView(view.center, view.zoom, { animate: false });
  else map.fitBounds(plan, { animate: false });
}
