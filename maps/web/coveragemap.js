// Draws municipalities in tones, their figures in popups. Words come translated with the data.
const HATCHES = { hatch: "M-2 2 2-2M0 8 8 0M6 10 10 6", dots: "M2 2h.01M6 6h.01" };

// What has no figure is hatched or dotted, so that it is told from a low one without colour.
function patterns() {
  const made = Object.entries(HATCHES).map(([name, d]) => shape("pattern",
    { id: `pattern-${name}`, width: 8, height: 8, patternUnits: "userSpaceOnUse" },
    shape("rect", { width: 8, height: 8, fill: "#ffffff" }),
    shape("path", { d, stroke: "#8a8f96", "stroke-width": name === "dots" ? 1.8 : 1.1,
      "stroke-linecap": "round" })));
  return shape("svg", { id: "patterns", width: 0, height: 0, "aria-hidden": "true" },
    shape("defs", {}, ...made));
}

const paint = ({ fill, pattern }) => (pattern ? `url(#pattern-${pattern})` : fill);

function toneSign(key) {
  const box = shape("rect", {
    x: 5, y: 1.5, width: 56, height: 15, rx: 3, fill: paint(key), stroke: "#5b5b73",
    "stroke-width": 1,
  });
  return shape("svg", { class: "sign tone", viewBox: "0 0 66 18", "aria-hidden": "true" }, box);
}

function areasTable(areas, text, goTo) {
  const heading = (word) => el("th", { scope: "col" }, word);
  const lines = areas.map((area, i) => {
    const go = el("button", { type: "button", class: "name" }, area.name);
    go.addEventListener("click", () => goTo(i));
    return el("tr", {}, el("td", {}, area.number), el("th", { scope: "row" }, go),
      el("td", {}, area.value || "–"));
  });
  return el("table", {}, el("caption", {}, el("b", {}, text.value)),
    el("thead", {}, el("tr", {}, ...[text.number, text.place, ""].map((word) =>
      (word ? heading(word) : el("td", {}))))),
    el("tbody", {}, ...lines));
}

function draw(map, data) {
  const text = data.text;
  const stage = map.getContainer();
  const sheets = {};
  ["land", "areas", "roads", "borders", "names"].forEach((pane, i) => {
    map.createPane(pane).style.zIndex = 210 + 20 * i;
    if (pane !== "areas") map.getPane(pane).style.pointerEvents = "none";
    if (pane !== "names") sheets[pane] = L.svg({ pane, padding: 0.5 });
  });
  const on = (pane, options) => ({ pane, renderer: sheets[pane], ...options });
  const names = L.layerGroup();
  const labels = nameLabels(data.areas.map(({ name, value, at }) =>
    [value ? `${name} ${value}` : name, ...at]), names);
  const areas = data.areas.map((area) => {
    const outline = area.rings.map(unpack);
    const shown = L.polygon(outline, on("areas", { color: "#5b5b73", weight: 1, opacity: 0.8,
      fillColor: paint(area), fillOpacity: 1, lineJoin: "round" }));
    shown.bindPopup(facts(area.name, [], area.rows, []), { minWidth: 290, maxWidth: 330, maxHeight: 400 });
    return shown;
  });
  const group = L.layerGroup(areas);

  const { panel: head, timesButton, tell } = titlePanel(data.title, text);
  tell(data.title);
  const rows = data.keys.map((key) => el("li", { class: "key" }, toneSign(key),
    el("span", {}, key.label, ...(key.about ? [el("small", {}, key.about)] : []))));
  const writing = layerRow(map, names, el("span", { class: "sign letters" }, "Aa"), text.names,
    [], true, writeNames).item;
  writing.classList.add("self-evident");
  const layers = layersPanel([...rows, writing], text, onPanels);
  const table = areasTable(data.areas, text, (i) => {
    if (isNarrow()) times.close();
    areas[i].openPopup(L.latLng(data.areas[i].at));
  });
  const times = foldingPanel("times", text.times, [table], timesButton, text, (isOpen) => {
    if (isOpen && isNarrow()) map.closePopup();
    writeNames();
  });
  const credits = el("footer", { class: "panel name", id: "credits" }, data.credits.join(" · "));

  const first = el("div", { id: "first" });
  stage.before(first);
  first.append(patterns(), head, layers, stage, credits);
  first.after(times.panel);
  stage.setAttribute("role", "region");
  stage.setAttribute("aria-label", text.map);
  map.getPane("popupPane").setAttribute("aria-live", "polite");
  map.on("popupopen", ({ popup }) => popup.getElement()
    .querySelector(".leaflet-popup-close-button").setAttribute("aria-label", text.close));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (document.querySelector(".leaflet-popup")) map.closePopup();
    else times.close();
  });
  L.control.zoom({
    position: "bottomright", zoomInTitle: text.zoom_in, zoomOutTitle: text.zoom_out,
  }).addTo(map);
  L.control.scale({ imperial: false, maxWidth: 120 }).addTo(map);

  function writeNames() {
    if (map.hasLayer(names)) placeNames(map, labels, [], [], []);
  }
  function measure() {
    const root = document.documentElement.style;
    root.setProperty("--head", `${head.offsetHeight}px`);
    root.setProperty("--credits", `${credits.offsetHeight}px`);
  }
  function onPanels() {
    measure();
    writeNames();
  }

  const rings = data.land.rings.map(unpack);
  const whole = L.latLngBounds(rings.flat());
  map.setMaxBounds(whole.pad(4));
  measure();
  const boxes = [head, layers, credits].map((panel) => panel.getBoundingClientRect());
  firstView(map, rings, whole, boxes, []);
  map.setMinZoom(Math.max(5, Math.floor(map.getZoom()) - 2));
  drawLand(map, data.land, on);
  group.addTo(map);
  names.addTo(map);
  writeNames();
  map.on("moveend zoomend viewreset", writeNames);
  map.on("resize", measure);

  // Paper has another shape than the screen; the style sheet knows which.
  let screen = null;
  function onPaper(isPrinted) {
    if (isPrinted === Boolean(screen)) return;
    const before = screen;
    screen = isPrinted ? { center: map.getCenter(), zoom: map.getZoom() } : null;
    document.documentElement.classList.toggle("paper", isPrinted);
    map.invalidateSize({ animate: false, pan: false });
    if (isPrinted) firstView(map, rings, whole, [], []);
    else map.setView(before.center, before.zoom, { animate: false });
    writeNames();
  }
  window.addEventListener("beforeprint", () => onPaper(true));
  window.addEventListener("afterprint", () => onPaper(false));
}
