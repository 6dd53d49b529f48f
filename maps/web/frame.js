// What every map has: sheets of the drawing, panels around it, keys, paper.

// Sheets of the drawing, from the ground up, each with an SVG of its own. Only `touched` takes
// clicks. Returns how something is drawn on one of them.
function sheetsOf(map, panes, touched) {
  const sheets = {};
  panes.forEach((pane, i) => {
    map.createPane(pane).style.zIndex = 210 + 20 * i;
    if (pane !== touched) map.getPane(pane).style.pointerEvents = "none";
    if (pane !== "names") sheets[pane] = L.svg({ pane, padding: 0.5 });
  });
  return (pane, options) => ({ pane, renderer: sheets[pane], ...options });
}

// Puts the panels around the map, those that fold last, and returns the credits below it.
function frame(map, data, head, layers, folding) {
  const text = data.text;
  const stage = map.getContainer();
  const credits = el("footer", { class: "panel name", id: "credits" }, data.credits.join(" · "));
  const first = el("div", { id: "first" });
  stage.before(first);
  first.append(head, layers, stage, credits);
  first.after(...folding.map(({ panel }) => panel));
  stage.setAttribute("role", "region");
  stage.setAttribute("aria-label", text.map);
  map.getPane("popupPane").setAttribute("aria-live", "polite");
  map.on("popupopen", ({ popup }) => popup.getElement()
    .querySelector(".leaflet-popup-close-button").setAttribute("aria-label", text.close));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (document.querySelector(".leaflet-popup")) map.closePopup();
    else folding.forEach((panel) => panel.close());
  });
  L.control.zoom({
    position: "bottomright", zoomInTitle: text.zoom_in, zoomOutTitle: text.zoom_out,
  }).addTo(map);
  L.control.scale({ imperial: false, maxWidth: 120 }).addTo(map);
  return credits;
}

// Tells the style sheet how high the panels are, and popups where no panel covers them.
function makeRoom(head, layers, credits, pins) {
  const root = document.documentElement.style;
  root.setProperty("--head", `${head.offsetHeight}px`);
  root.setProperty("--credits", `${credits.offsetHeight}px`);
  const [topLeft, bottomRight] = isNarrow()
    ? [[8, head.offsetHeight + 16], [8, credits.offsetHeight + 64]]
    : [[head.offsetWidth + 24, 10], [layers.offsetWidth + 24, credits.offsetHeight + 10]];
  // Edge, arrow and button of a popup come to what it says.
  const width = window.innerWidth - topLeft[0] - bottomRight[0] - 60;
  const height = Math.max(120, window.innerHeight - topLeft[1] - bottomRight[1] - 76);
  for (const pin of pins) {
    const { options } = pin.getPopup();
    options.usual = options.usual || [options.maxWidth, options.maxHeight || Infinity];
    const [widest, highest] = options.usual;
    options.maxWidth = isNarrow() ? Math.min(widest, width) : widest;
    options.maxHeight = isNarrow() ? Math.min(highest, height) : highest;
    options.autoPanPaddingTopLeft = topLeft;
    options.autoPanPaddingBottomRight = bottomRight;
  }
}

// How far one may move away, and the first view.
function beginWith(map, rings, bounds, panels, points) {
  map.setMaxBounds(roomAround(L.latLngBounds(bounds.getSouthWest(), bounds.getNorthEast())
    .extend(L.latLngBounds(rings.flat()))));
  firstView(map, rings, bounds, boxesOver(panels), points);
  map.setMinZoom(Math.max(5, Math.floor(map.getZoom()) - 2));
}

// Paper has another shape than the screen; the style sheet knows which.
function printWith(map, rings, bounds, points, arrange) {
  let screen = null;
  function onPaper(isPrinted) {
    if (isPrinted === Boolean(screen)) return;
    const before = screen;
    screen = isPrinted ? { center: map.getCenter(), zoom: map.getZoom() } : null;
    document.documentElement.classList.toggle("paper", isPrinted);
    map.invalidateSize({ animate: false, pan: false });
    if (isPrinted) firstView(map, rings, bounds, [], points);
    else map.setView(before.center, before.zoom, { animate: false });
    arrange();
  }
  window.addEventListener("beforeprint", () => onPaper(true));
  window.addEventListener("afterprint", () => onPaper(false));
}
