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

function areasTable(areas, text, goTo) {
  const heading = (word) => el("th", { scope: "col" }, word);
  const lines = areas.map((area, i) => {
    const go = goButton(area.name, () => goTo(i));
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
  const on = sheetsOf(map, ["land", "areas", "roads", "borders", "names"], "areas");
  const names = L.layerGroup();
  const labels = nameLabels(data.areas.map(({ name, value, at, ink }) =>
    [name, ...at, value, ink]), names);
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
  const rows = data.keys.map((key) => el("li", { class: "key" }, toneSign(paint(key), "#5b5b73", 1),
    el("span", {}, key.label, ...(key.about ? [el("small", {}, key.about)] : []))));
  const writing = namesRow(map, names, text, [], writeNames);
  const layers = layersPanel([...rows, writing], text, onPanels);
  const table = areasTable(data.areas, text, (i) => {
    if (isNarrow()) times.close();
    areas[i].openPopup(L.latLng(data.areas[i].at));
  });
  const times = foldingPanel("times", text.times, [table], timesButton, text, (isOpen) => {
    if (isOpen && isNarrow()) map.closePopup();
    writeNames();
  });
  const credits = frame(map, data, head, layers, [times]);
  credits.after(patterns());

  function writeNames() {
    if (map.hasLayer(names)) placeNames(map, labels, [], [], []);
  }
  function measure() {
    makeRoom(head, layers, credits, areas);
  }
  function onPanels() {
    measure();
    writeNames();
  }

  const rings = data.land.rings.map(unpack);
  const whole = L.latLngBounds(rings.flat());
  measure();
  beginWith(map, rings, whole, [head, layers, credits], []);
  drawLand(map, data.land, on);
  group.addTo(map);
  names.addTo(map);
  writeNames();
  map.on("moveend zoomend viewreset", writeNames);
  map.on("resize", measure);
  printWith(map, rings, whole, [], writeNames);
}
