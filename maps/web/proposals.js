// Draws places and what could be added to them. Words come translated with the data.
const NEAR = 11.5; // zoom from which on diamonds are large enough for their signs

function proposalMarker(one, text) {
  const tip = el("span", {}, el("b", { class: "name" }, one.name), el("br", {}),
    `${one.kind_label}, ${one.about}`);
  const commands = [el("p", { class: "small" }, text.decide),
    ...one.commands.map((line) => el("code", { class: "name" }, line))];
  const popup = facts(one.name, [one.about], one.rows, [...commands, appLink(one.at, text)]);
  const pin = marker(one.at, 26, one.label, [diamond(one.kind, one.state)], tip, popup,
    { zIndexOffset: one.state === "no" ? -200 : 200 });
  pin.getPopup().options.maxWidth = 320;
  return { ...one, pin };
}

function placeMarker(place, text) {
  const tip = el("span", {}, el("b", { class: "name" }, place.name), el("br", {}), place.about);
  return marker(place.at, 14, place.label, [ring(place.state)], tip,
    facts(place.name, [place.about], place.rows, [appLink(place.at, text)]), {});
}

// The proposals of a municipality; `goTo` is told which one was chosen.
function townTable([town, numbers], proposals, text, goTo) {
  const lines = numbers.map((number) => {
    const one = proposals[number];
    const go = el("button", { type: "button", class: "name" },
      one.name.replaceAll("/", "/\u200b"));
    go.addEventListener("click", () => goTo(one));
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
  const sheets = {};
  ["land", "roads", "borders", "names"].forEach((pane, i) => {
    map.createPane(pane).style.zIndex = 210 + 20 * i;
    map.getPane(pane).style.pointerEvents = "none";
    if (pane !== "names") sheets[pane] = L.svg({ pane, padding: 0.5 });
  });
  const on = (pane, options) => ({ pane, renderer: sheets[pane], ...options });

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
    layer: L.layerGroup(places), isShown: true });
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
  const writing = layerRow(map, names, el("span", { class: "sign letters" }, "Aa"), text.names,
    [labels.length], true, writeNames).item;
  writing.classList.add("self-evident");
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
  const credits = el("footer", { class: "panel name", id: "credits" }, data.credits.join(" · "));
  const first = el("div", { id: "first" });
  stage.before(first);
  first.append(head, layers, stage, credits);
  first.after(list.panel, rules.panel);
  stage.setAttribute("role", "region");
  stage.setAttribute("aria-label", text.map);
  map.getPane("popupPane").setAttribute("aria-live", "polite");
  map.on("popupopen", ({ popup }) => popup.getElement()
    .querySelector(".leaflet-popup-close-button").setAttribute("aria-label", text.close));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (document.querySelector(".leaflet-popup")) map.closePopup();
    else [list, rules].forEach((panel) => panel.close());
  });
  L.control.zoom({
    position: "bottomright", zoomInTitle: text.zoom_in, zoomOutTitle: text.zoom_out,
  }).addTo(map);
  L.control.scale({ imperial: false, maxWidth: 120 }).addTo(map);

  // ---- What depends on the view -----------------------------------------------------------
  const pins = [...places, ...proposals.map(({ pin }) => pin)];
  function writeNames() {
    if (!map.hasLayer(names)) return;
    placeNames(map, labels, [], pins.filter((pin) => map.hasLayer(pin)), []);
  }

  function measure() {
    const root = document.documentElement.style;
    root.setProperty("--head", `${head.offsetHeight}px`);
    root.setProperty("--credits", `${credits.offsetHeight}px`);
    // A popup opens where no panel covers it.
    const [topLeft, bottomRight] = isNarrow()
      ? [[8, head.offsetHeight + 16], [8, credits.offsetHeight + 64]]
      : [[head.offsetWidth + 24, 10], [layers.offsetWidth + 24, credits.offsetHeight + 10]];
    for (const pin of pins) {
      const { options } = pin.getPopup();
      options.autoPanPaddingTopLeft = topLeft;
      options.autoPanPaddingBottomRight = bottomRight;
    }
  }

  function onPanels() {
    measure();
    writeNames();
  }

  const resize = () => {
    stage.classList.toggle("far", map.getZoom() < NEAR);
    stage.classList.toggle("farther", map.getZoom() < NEAR - 2);
  };

  // ---- The first view, and the paper ------------------------------------------------------
  const rings = data.land.rings.map(unpack);
  const district = L.latLngBounds(rings.flat());
  const points = pins.map((pin) => pin.getLatLng());
  const bounds = L.latLngBounds(points.length ? points : rings.flat());
  map.setMaxBounds(L.latLngBounds(bounds.getSouthWest(), bounds.getNorthEast())
    .extend(district).pad(4));
  measure();
  const boxes = [head, layers, credits].map((panel) => panel.getBoundingClientRect());
  firstView(map, rings, bounds, boxes, points);
  resize();
  map.setMinZoom(Math.max(5, Math.floor(map.getZoom()) - 2));
  drawLand(map, data.land, on);
  names.addTo(map);
  filled.forEach(({ layer, isShown }) => isShown && layer.addTo(map));
  writeNames();
  map.on("zoomend", resize);
  map.on("moveend", writeNames);
  map.on("resize", measure);

  let screen = null;
  function onPaper(isPrinted) {
    if (isPrinted === Boolean(screen)) return;
    const before = screen;
    screen = isPrinted ? { center: map.getCenter(), zoom: map.getZoom() } : null;
    document.documentElement.classList.toggle("paper", isPrinted);
    map.invalidateSize({ animate: false, pan: false });
    if (isPrinted) firstView(map, rings, bounds, [], points);
    else map.setView(before.center, before.zoom, { animate: false });
    writeNames();
  }
  window.addEventListener("beforeprint", () => onPaper(true));
  window.addEventListener("afterprint", () => onPaper(false));
}
