// Draws places and what could be added to them. Words come translated with the data.
const DIAMOND = 26, RING = 14; // pixels where there is room
const LEGIBLE = 0.75; // share of its usual size that a diamond needs for its sign

function proposalMarker(one, text) {
  const tip = el("span", {}, el("b", { class: "name" }, one.name), el("br", {}),
    `${one.kind_label}, ${one.about}`);
  const commands = [el("p", { class: "small" }, text.decide),
    ...one.commands.map((line) => el("code", { class: "name" }, line))];
  const popup = facts(one.name, [one.about], one.rows, [...commands, appLink(one.at, text)]);
  const pin = marker(one.at, DIAMOND, one.label, [diamond(one.kind, one.state)], tip, popup,
    { zIndexOffset: one.state === "no" ? -200 : 200 });
  pin.getPopup().options.maxWidth = 320;
  return { ...one, pin, size: DIAMOND };
}

function placeMarker(place, text) {
  const tip = el("span", {}, el("b", { class: "name" }, place.name), el("br", {}), place.about);
  const pin = marker(place.at, RING, place.label, [ring(place.state)], tip,
    facts(place.name, [place.about], place.rows, [appLink(place.at, text)]), {});
  return { at: place.at, pin, size: RING };
}

// The proposals of a municipality; `goTo` is told which one was chosen.
function townTable([town, numbers], proposals, text, goTo) {
  const lines = numbers.map((number) => {
    const one = proposals[number];
    const go = goButton(one.name, () => goTo(one));
    return el("tr", {}, el("td", {}, diamond(one.kind, one.state)),
      el("th", { scope: "row" }, go,
        ...(one.state === "yes" ? [el("small", {}, text.to_take)] : [])),
      el("td", {}, one.kind_label));
  });
  return el("table", {}, el("caption", {}, el("b", { class: "name" }, town)),
    el("tbody", {}, ...lines));
}

function rulesTable(rules, text) {
  const heads = [text.kind, text.made_by, text.hours, text.halt, text.weight];
  const lines = rules.map(([kind, tags, ...rest]) => el("tr", {},
    el("th", { scope: "row" }, kind),
    el("td", {}, ...tags.map((line) => el("div", { class: "name" }, line))),
    ...rest.map((cell, i) => el("td", { "data-label": heads[i + 2] }, cell))));
  return el("table", {}, el("thead", {}, el("tr", {},
    ...heads.map((word) => el("th", { scope: "col" }, word)))), el("tbody", {}, ...lines));
}

function draw(map, data) {
  const text = data.text;
  const stage = map.getContainer();
  const on = sheetsOf(map, ["land", "roads", "borders", "names"]);

  const proposals = data.proposals.map((one) => proposalMarker(one, text));
  const places = data.places.map((place) => placeMarker(place, text));
  const refused = proposals.filter(({ state }) => state === "no");
  const layerOf = (some) => L.layerGroup(some.map(({ pin }) => pin));
  // Kinds come as rows of the list, then what was refused, then the places that there are.
  const groups = data.kinds.map(([kind, label]) => {
    const some = proposals.filter((one) => one.kind === kind && one.state !== "no");
    return { some, label, sign: diamond(kind, "open"), layer: layerOf(some), isShown: true };
  });
  groups.push({ some: refused, label: text.refused, sign: diamond("other", "no"),
    layer: layerOf(refused), isShown: false });
  groups.push({ some: places, label: text.places, sign: ring("active"),
    layer: layerOf(places), isShown: true });
  const filled = groups.filter(({ some }) => some.length);
  const names = L.layerGroup();
  const labels = nameLabels(data.land.labels, names);

  // ---- The words around the map -----------------------------------------------------------
  const { panel: head, timesButton, tell } = titlePanel(data.title, text);
  tell(data.title);
  const rulesButton = el("button",
    { type: "button", class: "wide beside", "aria-expanded": "false", "aria-controls": "rules" },
    text.rules);
  timesButton.classList.add("all");
  timesButton.after(rulesButton);
  const rows = filled.map(({ some, label, sign, layer, isShown }) => layerRow(map, layer,
    el("span", { class: "sign" }, sign), label, [some.length], isShown, writeNames));
  const writing = namesRow(map, names, text, [labels.length], writeNames);
  const layers = layersPanel([...rows.map(({ item }) => item), writing], text, onPanels);
  const goTo = (one) => {
    const row = rows[filled.findIndex(({ some }) => some.includes(one))];
    if (!row.box.checked) row.box.click();
    if (isNarrow()) list.close();
    map.setView(one.at, Math.max(map.getZoom(), 14), { animate: false });
    one.pin.openPopup();
    one.pin.getElement().focus();
    one.pin.closeTooltip();
  };
  const onFold = (isOpen, other) => {
    if (isOpen) other().close();
    if (isOpen && isNarrow()) map.closePopup();
    writeNames();
  };
  const list = foldingPanel("times", text.times,
    data.towns.map((town) => townTable(town, proposals, text, goTo)), timesButton, text,
    (isOpen) => onFold(isOpen, () => rules));
  const rules = foldingPanel("rules", text.rules, [
    el("div", { class: "wideness", tabindex: "0" }, rulesTable(data.rules, text)),
    ...data.notes.map((note) => el("p", { class: "small" }, note)),
  ], rulesButton, text, (isOpen) => onFold(isOpen, () => list));
  const credits = frame(map, data, head, layers, [list, rules]);

  // ---- What depends on the view -----------------------------------------------------------
  const marks = [...places, ...proposals];
  const pins = marks.map(({ pin }) => pin);
  function writeNames() {
    if (!map.hasLayer(names)) return;
    placeNames(map, labels, [], pins.filter((pin) => map.hasLayer(pin)), []);
  }

  function measure() {
    makeRoom(head, layers, credits, pins);
  }

  function onPanels() {
    measure();
    writeNames();
  }

  // What is switched off counts too: signs keep their size while layers come and go.
  const resize = () => {
    const share = shareAt(map, marks);
    stage.style.setProperty("--share", share.toFixed(3));
    stage.classList.toggle("far", share < LEGIBLE);
    for (const { pin, size } of marks) {
      pin.options.icon.options.popupAnchor = [0, 4 - (size * share) / 2];
      pin.getTooltip().options.offset = [0, 2 - (size * share) / 2];
    }
  };
  const arrange = () => {
    resize();
    writeNames();
  };

  // ---- The first view, and the paper ------------------------------------------------------
  const rings = data.land.rings.map(unpack);
  const points = pins.map((pin) => pin.getLatLng());
  const bounds = L.latLngBounds(points.length ? points : rings.flat());
  measure();
  beginWith(map, rings, bounds, [head, layers, credits], points);
  drawLand(map, data.land, on);
  names.addTo(map);
  filled.forEach(({ layer, isShown }) => isShown && layer.addTo(map));
  arrange();
  map.on("zoomend viewreset", resize);
  map.on("moveend", writeNames);
  map.on("resize", measure);
  printWith(map, rings, bounds, points, arrange);
}
