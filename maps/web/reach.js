// Draws how far people walk from some places. Words come translated with the data.
function tone(fill, line, dash) {
  const box = shape("rect", {
    x: 5, y: 1.5, width: 56, height: 15, rx: 3, fill, stroke: line, "stroke-width": 1.5,
    "stroke-dasharray": dash || "none",
  });
  return shape("svg", { class: "sign tone", viewBox: "0 0 66 18", "aria-hidden": "true" }, box);
}

function placeMarker(place, text) {
  const disc = el("span", { class: "disc place" }, place.number);
  const leader = el("span", { class: "leader place" });
  const title = `${place.number}. ${place.name}`;
  const tip = el("span", {}, el("b", { class: "name" }, title), ...place.rows.flatMap(
    ([name, value]) => [el("br", {}), `${name}: ${value}`]));
  const popup = facts(title, [place.municipality, ...(place.circle ? [text.circle] : [])],
    place.rows, [el("p", { class: "small" }, text.caption), appLink(place.at, text)]);
  const pin = marker(place.at, 18, `${title}, ${place.municipality}`, [leader, disc], tip, popup, {});
  return { pin, leader, at: L.latLng(place.at), radius: 9.5 };
}

function placesTable(places, text, goTo) {
  const heading = (word) => el("th", { scope: "col" }, word);
  const lines = places.map((place, i) => {
    const go = el("button", { type: "button", class: "name" },
      place.name.replaceAll("/", "/\u200b"));
    go.addEventListener("click", () => goTo(i));
    return el("tr", {}, el("td", {}, place.number), el("th", { scope: "row" }, go,
      ...(place.circle ? [el("small", { class: "small" }, ` ${text.circle}`)] : [])),
    ...place.counts.map((count) => el("td", {}, count)));
  });
  return el("table", {}, el("caption", {}, el("b", {}, text.caption)),
    el("thead", {}, el("tr", {}, ...[text.number, text.place, ...text.minutes].map(heading))),
    el("tbody", {}, ...lines));
}

function draw(map, data) {
  const text = data.text;
  const stage = map.getContainer();
  const sheets = {};
  ["land", "homes", "reach", "roads", "borders", "names"].forEach((pane, i) => {
    map.createPane(pane).style.zIndex = 210 + 20 * i;
    map.getPane(pane).style.pointerEvents = "none";
    if (pane !== "names") sheets[pane] = L.svg({ pane, padding: 0.5 });
  });
  const on = (pane, options) => ({ pane, renderer: sheets[pane], ...options });
  const names = L.layerGroup();
  const labels = nameLabels(data.land.labels, names);
  const discs = data.places.map((place) => placeMarker(place, text));
  const still = { interactive: false, lineJoin: "round", fillOpacity: 1 };
  const homes = L.polygon(data.homes.rings.map(unpack), on("homes", {
    ...still, stroke: false, fillColor: data.homes.fill,
  }));
  // The widest one lies at the bottom, whichever are shown.
  const bands = data.bands.map((band) => ({ ...band, group: L.polygon(band.rings.map(unpack),
    on("reach", { ...still, color: band.line, weight: 1.5, dashArray: band.dash || null,
      fillColor: band.fill })) }));
  // Far away an outline would cover what it surrounds.
  const outline = () => bands.forEach(({ group }) =>
    group.setStyle({ stroke: map.getZoom() >= 12.5 }));
  const stack = () => bands.filter(({ group }) => map.hasLayer(group))
    .forEach(({ group }) => group.bringToFront());

  const { panel: head, timesButton, tell } = titlePanel(data.title, text);
  tell(data.title);
  const rows = [...bands].reverse().map(({ group, fill, line, dash, name, number }) =>
    layerRow(map, group, tone(fill, line, dash), name, [number], true, stack).item);
  if (data.homes.rings.length) {
    rows.push(layerRow(map, homes, tone(data.homes.fill, data.homes.fill, ""), text.homes, [],
      true, () => {}).item);
  }
  const writing = layerRow(map, names, el("span", { class: "sign letters" }, "Aa"), text.names,
    [labels.length], true, arrange).item;
  writing.classList.add("self-evident");
  const layers = layersPanel([...rows, writing], text, onPanels);
  const table = placesTable(data.places, text, (i) => {
    if (isNarrow()) times.close();
    map.setView(discs[i].at, Math.max(map.getZoom(), 13), { animate: false });
    discs[i].pin.openPopup();
    discs[i].pin.getElement().focus();
  });
  const times = foldingPanel("times", text.times, [table], timesButton, text, (isOpen) => {
    if (isOpen && isNarrow()) map.closePopup();
    writeNames();
  });
  const credits = el("footer", { class: "panel name", id: "credits" }, data.credits.join(" · "));

  const first = el("div", { id: "first" });
  stage.before(first);
  first.append(head, layers, stage, credits);
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
    if (map.hasLayer(names)) placeNames(map, labels, discs, [], []);
  }
  function arrange() {
    spread(map, discs);
    writeNames();
  }
  function measure() {
    const root = document.documentElement.style;
    root.setProperty("--head", `${head.offsetHeight}px`);
    root.setProperty("--credits", `${credits.offsetHeight}px`);
    const [topLeft, bottomRight] = isNarrow()
      ? [[8, head.offsetHeight + 16], [8, credits.offsetHeight + 8]]
      : [[head.offsetWidth + 24, 10], [layers.offsetWidth + 24, credits.offsetHeight + 10]];
    for (const { pin } of discs) {
      const { options } = pin.getPopup();
      options.autoPanPaddingTopLeft = topLeft;
      options.autoPanPaddingBottomRight = bottomRight;
    }
  }
  function onPanels() {
    measure();
    writeNames();
  }

  const rings = data.land.rings.map(unpack);
  const points = data.places.map(({ at }) => at);
  const whole = bands[0].group.getBounds();
  map.setMaxBounds(L.latLngBounds(rings.flat()).extend(whole).pad(4));
  measure();
  const boxes = [head, layers, credits].map((panel) => panel.getBoundingClientRect());
  firstView(map, rings, whole, boxes, points);
  map.setMinZoom(Math.max(5, Math.floor(map.getZoom()) - 2));
  drawLand(map, data.land, on);
  homes.addTo(map);
  bands.forEach(({ group }) => group.addTo(map));
  outline();
  map.on("zoomend", outline);
  names.addTo(map);
  discs.forEach(({ pin }) => pin.addTo(map));
  arrange();
  map.on("zoomend viewreset", () => spread(map, discs));
  map.on("moveend", writeNames);
  map.on("resize", measure);

  // Paper has another shape than the screen; the style sheet knows which.
  let screen = null;
  function onPaper(isPrinted) {
    if (isPrinted === Boolean(screen)) return;
    const before = screen;
    screen = isPrinted ? { center: map.getCenter(), zoom: map.getZoom() } : null;
    document.documentElement.classList.toggle("paper", isPrinted);
    map.invalidateSize({ animate: false, pan: false });
    if (isPrinted) firstView(map, rings, whole, [], points);
    else map.setView(before.center, before.zoom, { animate: false });
    arrange();
  }
  window.addEventListener("beforeprint", () => onPaper(true));
  window.addEventListener("afterprint", () => onPaper(false));
}
