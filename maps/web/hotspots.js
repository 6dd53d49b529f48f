// Draws the places with what is expected of them. Words come translated with the data.
const TOLD = 3; // visits that a popup tells without being asked
const FIXED = 30; // pixels from which on a circle keeps its place where smaller ones part
const READABLE = 26; // pixels from which on a number has room in a circle
const SMALLEST = 7; // pixels of a circle on the smallest map

// Each kind of place has a shape and pattern of its own.
function spotSign(state, size) {
  const sign = el("span", { class: `spot ${state}` });
  giveSize(sign, size);
  return sign;
}

function giveSize(sign, size) {
  sign.style.cssText = `width:${size}px;height:${size}px`;
  sign.classList.toggle("tiny", size < 14);
}

function scaleSpot(spot, share) {
  const size = Math.max(SMALLEST, Math.round(spot.size * share));
  giveSize(spot.sign, size);
  spot.sign.textContent = size >= READABLE ? spot.value : "";
  spot.radius = size / 2 + 2;
  const { options } = spot.pin.options.icon;
  options.popupAnchor = [0, 4 - size / 2];
  spot.pin.getTooltip().options.offset = [0, 2 - size / 2];
}

// Large circles stay where they are, unless a larger one is there.
function keepLarge(map, spots) {
  const kept = [];
  for (const spot of [...spots].sort((a, b) => b.size - a.size)) {
    const home = map.latLngToLayerPoint(spot.at);
    spot.fixed = spot.size >= FIXED && kept.every(({ at, radius }) =>
      map.latLngToLayerPoint(at).distanceTo(home) >= radius + spot.radius);
    if (!spot.fixed) continue;
    kept.push(spot);
    const { style } = spot.pin.getElement();
    style.marginLeft = style.marginTop = `${-TOUCH / 2}px`;
    spot.leader.style.width = "0";
  }
}

function spotMarker(spot, text) {
  const size = spot.size;
  const sign = spotSign(spot.state, size);
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
  return { ...spot, pin, sign, leader, at: L.latLng(spot.at), radius: size / 2 + 2 };
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
    el("th", { scope: "col" }, el("span", { class: "unseen" }, text.state)), heading(text.place),
    heading(text.hour), heading(text.interval), heading(text.visits))),
  el("tbody", {}, ...lines));
}

function sizeLegend(sizes) {
  const signs = sizes.map(([size]) => spotSign("visited", size));
  const item = el("li", { class: "sizes" }, ...sizes.map(([_size, label], i) =>
    el("span", {}, signs[i], el("small", {}, label))));
  const scale = (share) => signs.forEach((sign, i) =>
    giveSize(sign, Math.max(SMALLEST, Math.round(sizes[i][0] * share))));
  return { item, scale };
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
  const sizes = sizeLegend(data.sizes);
  const layers = layersPanel([...rows.map(({ item }) => item), writing, sizes.item],
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
    spreadAtScale();
    writeNames();
  }

  // What is switched off counts too: circles keep their size while layers come and go.
  function spreadAtScale() {
    const share = shareAt(map, spots);
    spots.forEach((spot) => scaleSpot(spot, share));
    keepLarge(map, shown());
    sizes.scale(share);
    spread(map, shown());
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
  map.on("zoomend viewreset", spreadAtScale);
  map.on("moveend", writeNames);
  map.on("resize", measure);
  printWith(map, rings, bounds, points, arrange);
}
