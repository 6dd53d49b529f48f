// Marks become smaller where they would cover the map.
const FILLED = 0.09; // share of the map that they may cover before they do
const LEAST = 0.4; // share of their usual diameter that they keep in any case

// How much smaller marks are at a scale. `spots` have a position and a usual diameter.
function shareAt(map, spots) {
  if (!spots.length) return 1;
  const points = spots.map(({ at }) => map.project(at));
  const room = L.bounds(points).getSize();
  const inked = spots.reduce((sum, { size }) => sum + Math.PI * (size / 2) ** 2, 0);
  const share = Math.sqrt((FILLED * Math.max(room.x, 300) * Math.max(room.y, 300)) / inked);
  return Math.max(LEAST, Math.min(1, share));
}
