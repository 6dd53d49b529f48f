// Names of municipalities: those of larger ones choose first where they stand.

function nameLabels(labels, group) {
  return labels.map(([name, lat, lon, value, ink]) => {
    const word = el("span", { class: "name" }, name,
      ...(value ? [el("br", {}), el("b", {}, value)] : []));
    if (ink) word.classList.add(ink);
    L.marker([lat, lon], {
      pane: "names", interactive: false, keyboard: false,
      icon: L.divIcon({ className: "municipality", html: word, iconSize: [0, 0] }),
    }).addTo(group);
    return { word, at: L.latLng(lat, lon) };
  });
}

// Boxes are left, top, right and bottom in pixels of the map's container.
const overlap = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
const around = ({ x, y }, far) => [x - far, y - far, x + far, y + far];

// Where a name may stand: in shares of its width, and in pixels, from its place.
const ASIDE = [0, -9, 9, -18, 18, -27, 27].flatMap((y) =>
  [0, 0.2, -0.2, 0.4, -0.4, 0.6, -0.6].map((x) => [x, y]));

function panelBoxes(map) {
  const frame = map.getContainer().getBoundingClientRect();
  return [...document.querySelectorAll(".panel, .leaflet-control, #head .wide")]
    .filter((panel) => panel.getClientRects().length)
    .map((panel) => panel.getBoundingClientRect())
    .map((r) => [r.left - frame.left, r.top - frame.top, r.right - frame.left,
      r.bottom - frame.top]);
}

function pointsAlong(map, lines) {
  const points = [];
  for (const line of lines) {
    (line.drawn || []).forEach((end, i, all) => {
      const start = all[Math.max(0, i - 1)];
      const steps = Math.max(1, Math.min(400, Math.ceil(start.distanceTo(end) / 7)));
      for (let k = 1; k <= steps; k++) {
        points.push(map.layerPointToContainerPoint(
          start.add(end.subtract(start).multiplyBy(k / steps))));
      }
    });
  }
  return points;
}

// Who finds no free place keeps silent until the scale changes.
function placeNames(map, labels, discs, dots, lines) {
  const taken = [...panelBoxes(map),
    ...discs.map((disc) => around(map.layerPointToContainerPoint(disc.point), disc.radius)),
    ...dots.map((dot) => around(map.latLngToContainerPoint(dot.getLatLng()), 7))];
  const inked = pointsAlong(map, lines).map((point) => around(point, 3));
  const { x: right, y: bottom } = map.getSize();
  for (const { word, at } of labels) {
    const home = map.latLngToContainerPoint(at);
    const width = word.offsetWidth + 6, height = word.offsetHeight + 2;
    let best = null;
    for (const [share, y] of ASIDE) {
      const x = share * width;
      const box = [home.x + x - width / 2, home.y + y - height / 2,
        home.x + x + width / 2, home.y + y + height / 2];
      const isInside = box[0] > 2 && box[1] > 2 && box[2] < right - 2 && box[3] < bottom - 2;
      if (!isInside || taken.some((other) => overlap(box, other))) continue;
      const crossed = inked.filter((point) => overlap(box, point)).length;
      const cost = 5 * crossed + Math.abs(x) + 1.2 * Math.abs(y);
      if (!best || cost < best.cost) best = { x, y, box, cost };
    }
    word.style.visibility = best ? "visible" : "hidden";
    if (!best) continue;
    taken.push(best.box);
    word.style.transform = `translate(-50%, -50%) translate(${best.x}px, ${best.y}px)`;
  }
}
