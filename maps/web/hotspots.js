// Draws the places with what is expected of them. Words come translated with the data.
const TOLD = 3; // visits that a popup tells without being asked
const FIXED = 30; // pixels from which on a circle keeps its place where smaller ones part

// Each kind of place has a shape and pattern of its own.
function spotSign(state, size) {
  const sign = el("span", { class: `spot ${state}` });
  sign.style.cssText = `width:${size}px;height:${size}px`;
  return sign;
}

function spotMarker(spot, text) {
  const size = isNarrow() ? Math.max(10, Math.round(spot.size * 0.85)) : spot.size;
  const sign = spotSign(spot.state, size);
  if (size >= 26) sign.append(spot.value);
  const lines = (some) => el("ul", { class: "story" },
    ...some.map((line) => el("li", { class: "name" }, line)));
  const told = spot.story.length
    ? [el("h3", {}, text.story), lines(spot.story.slice(0, TOLD))] : [];
  if (spot.story.length > TOLD) {
    const rest = spot.story.slice(TOLD);
    told.push(el("details", {}, el("summary", {}, `${text.earlier} (${rest.length})`),
      lines(rest)));
  }
  const question = spot.question ? [el("p", { class: "question name" }, spot.question)] : [];
  const popup = facts(spot.name, [spot.about, ...(spot.is ? [el("b", {}, spot.is)] : [])],
    spot.rows, [...question, ...told, appLink(spot.at, text)]);
  const tip = el("span", {}, el("b", { class: "name" }, spot.name), el("br", {}),
    `${spot.value} (${spot.span})${spot.is ? `, ${spot.is}` : ""}`);
  const leader = el("span", { class: `leader ${spot.state}` });
  const pin = marker(spot.at, size, spot.label, [leader, sign], tip, popup, {});
  Object.assign(pin.getPopup().options, { maxWidth: 320, maxHeight: 320 });
  return { ...spot, pin, leader, at: L.latLng(spot.at), radius: size / 2 + 2,
    fixed: size >= FIXED };
}

function spotTable(spots, text, goTo) {
  const heading = (word) => el("th", { scope: "col" }, word);
  const lines = spots.map((spot) => {
    const go = goButton(spot.name, () => goTo(spot));
    return el("tr", {}, el("td", {}, spotSign(spot.state, 14)),
      el("th", { scope: "row" }, go, ...(spot.is ? [el("small", {}, spot.is)] : [])),
      el("td", {}, spot.value), el("td", {}, spot.span), el("td", {}, spot.visits));
  });
  return el("table", {}, el("thead", {}, el("tr", {},
    el("th", { scope: "col", "aria-label": text.state }), heading(text.place),
    heading(text.hour), heading(text.interval), heading(text.visits))),
  el("tbody", {}, ...lines));
}

function sizeLegend(sizes) {
  return el("li", { class: "sizes" }, ...sizes.map(([size, label]) =>
    el("span", {}, spotSign("visited", size), el("small", {}, label))));
}

function draw(map, data) {
  const text = data.text;
  const on = sheetsOf(map, ["land", "roads", "borders", "names"]);

  const spots = data.spots.map((spot) => spotMarker(spot, text));
  const groups = data.states.map(([state, label]) => {
    const some = spots.filter((spot) => spot.state === state);
    return { some, label, state, layer: L.layerGroup(some.map(({ pin }) => pin)) };
  }).filter(({ some }) => some.length);
  const names = L.layerGroup();
  const labels = nameLabels(data.land.labels, names);

  // ---- The words around the map -----------------------------------------------------------
  const { panel: head, timesButton, tell } = titlePanel(data.title, text);
  tell(data.title);
  const rows = groups.map(({ some, label, state, layer }) => layerRow(map, layer,
    el("span", { class: "sign" }, spotSign(state, 18)), label, [some.length], true, arrange));
  const writing = namesRow(map, names, text, [labels.length], writeNames);
  const layers = layersPanel([...rows.map(({ item }) => item), writing, sizeLegend(data.sizes)],
    text, onPanels);
  const table = spotTable(spots, text, (spot) => {
    const row = rows[groups.findIndex(({ state }) => state === spot.state)];
    if (!row.box.checked) row.box.click();
    if (isNarrow()) list.close();
    map.setView(spot.at, Math.max(map.getZoom(), 12), { animate: false });
    spot.pin.openPopup();
    spot.pin.getElement().focus();
  });
  const list = foldingPanel("times", text.times, [table], timesButton, text, (isOpen) => {
    if (isOpen && isNarrow()) map.closePopup();
    writeNames();
  });
  const credits = frame(map, data, head, layers, [list]);

  const shown = () => spots.filter(({ pin }) => map.hasLayer(pin));

  // ---- What depends on the view -----------------------------------------------------------
  function writeNames() {
    if (!map.hasLayer(names)) return;
    placeNames(map, labels, shown(), [], []);
  }

  // Circles of a town part; a line leads to where they are.
  function arrange() {
    spread(map, shown());
    writeNames();
  }

  function measure() {
    makeRoom(head, layers, credits, spots.map(({ pin }) => pin));
  }

  function onPanels() {
    measure();
    writeNames();
  }

  // ---- The first view, and the paper ------------------------------------------------------
  const rings = data.land.rings.map(unpack);
  const points = spots.map(({ at }) => at);
  const bounds = L.latLngBounds(points.length ? points : rings.flat());
  measure();
  beginWith(map, rings, bounds, [head, layers, credits], points);
  drawLand(map, data.land, on);
  names.addTo(map);
  groups.forEach(({ layer }) => layer.addTo(map));
  arrange();
  map.on("zoomend viewreset", () => spread(map, shown()));
  map.on("moveend", writeNames);
  map.on("resize", measure);
  printWith(map, rings, bounds, points, arrange);
}
