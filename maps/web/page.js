// Draws the plan of a week. Words come translated with the data.
function draw(map, data) {
  const text = data.text;
  const stage = map.getContainer();

  // Sheets of the drawing, from the ground up, each with an SVG of its own.
  const sheets = {};
  ["land", "roads", "borders", "casings", "routes", "names"].forEach((pane, i) => {
    map.createPane(pane).style.zIndex = 210 + 20 * i;
    if (pane !== "routes") map.getPane(pane).style.pointerEvents = "none";
    if (pane !== "names") sheets[pane] = L.svg({ pane, padding: 0.5 });
  });
  const on = (pane, options) => ({ pane, renderer: sheets[pane], ...options });

  const tours = data.tours.map((tour) => {
    const runs = tour.runs.map((run) => drawRun(run, tour, on));
    const stops = tour.stops.map((stop) => stopMarker(stop, tour, text));
    const group = L.layerGroup([
      ...runs.flatMap(({ casing, line }) => [casing, line]), ...stops.map(({ pin }) => pin)]);
    return { ...tour, group, lines: runs.map(({ line }) => line), discs: stops };
  });
  const depots = data.depots.map((depot) => depotMarker(depot, text));
  const left = L.layerGroup(data.left.map((place) => leftOutMarker(place, text)));
  const names = L.layerGroup();
  const labels = nameLabels(data.land.labels, names);
  const shown = () => tours.filter((tour) => map.hasLayer(tour.group));
  const discs = () => [...depots, ...shown().flatMap((tour) => tour.discs)];

  // ---- The words around the map -----------------------------------------------------------
  const { panel: head, timesButton } = titlePanel(data.title, text);
  const rows = tours.map((tour) => {
    const row = layerRow(map, tour.group, swatch(tour), tour.weekday, tour.summary, true, arrange);
    // Who points at an afternoon sees it alone.
    const fade = (strength) => tours.filter((other) => other !== tour).forEach((other) => {
      other.lines.forEach((line) => line.setStyle({ opacity: strength }));
      other.discs.forEach(({ pin }) => pin.setOpacity(strength));
    });
    row.item.addEventListener("mouseenter", () => fade(0.2));
    row.item.addEventListener("mouseleave", () => fade(1));
    return row;
  });
  const items = rows.map((row) => row.item);
  if (data.left.length) {
    items.push(layerRow(map, left, el("span", { class: "sign" }, el("span", { class: "dot" })),
      text.left, data.left.length, false, arrange).item);
  }
  const writing = layerRow(map, names, el("span", { class: "sign letters" }, "Aa"), text.names,
    labels.length, true, arrange).item;
  writing.classList.add("self-evident");
  const layers = layersPanel([...items, writing], text, onPanels);
  const times = timesPanel(tours.map((tour, i) => timetable(tour, text, (stop) => {
    if (!rows[i].box.checked) rows[i].box.click();
    if (isNarrow()) times.close();
    const { pin, at } = tour.discs[stop];
    map.setView(at, Math.max(map.getZoom(), 12), { animate: false });
    pin.openPopup();
    pin.getElement().focus();
  })), timesButton, text, (isOpen) => {
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

  // ---- What depends on the view -----------------------------------------------------------
  function writeNames() {
    if (!map.hasLayer(names)) return;
    const dots = map.hasLayer(left) ? left.getLayers() : [];
    placeNames(map, labels, discs(), dots, shown().flatMap((tour) => tour.lines));
  }

  function arrange() {
    spread(map, discs());
    writeNames();
  }

  function measure() {
    const root = document.documentElement.style;
    root.setProperty("--head", `${head.offsetHeight}px`);
    root.setProperty("--credits", `${credits.offsetHeight}px`);
    // A popup opens where no panel covers it.
    const [topLeft, bottomRight] = isNarrow()
      ? [[8, head.offsetHeight + 16], [8, credits.offsetHeight + 8]]
      : [[head.offsetWidth + 24, 10], [layers.offsetWidth + 24, credits.offsetHeight + 10]];
    const places = [...depots.map(({ pin }) => pin), ...left.getLayers(),
      ...tours.flatMap((tour) => tour.discs.map(({ pin }) => pin))];
    for (const place of places) {
      const { options } = place.getPopup();
      options.autoPanPaddingTopLeft = topLeft;
      options.autoPanPaddingBottomRight = bottomRight;
    }
  }

  function onPanels() {
    measure();
    writeNames();
  }

  // ---- The first view, and the paper ------------------------------------------------------
  const district = L.latLngBounds(data.land.rings.flatMap(unpack));
  const points = [...depots, ...tours.flatMap((tour) => tour.discs)].map(({ at }) => at);
  const plan = L.latLngBounds(points);
  tours.forEach((tour) => tour.lines.forEach((line) => plan.extend(line.getBounds())));
  if (!plan.isValid()) plan.extend(district);
  const panels = { head, layers, credits };

  map.setMaxBounds(L.latLngBounds(plan.getSouthWest(), plan.getNorthEast())
    .extend(district).pad(4));
  measure();
  firstView(map, district, plan, panels, points);
  map.setMinZoom(Math.max(5, Math.floor(map.getZoom()) - 2));
  drawLand(map, data.land, on);
  [...tours.map((tour) => tour.group), ...depots.map(({ pin }) => pin), names]
    .forEach((layer) => layer.addTo(map));
  arrange();
  map.on("zoomend viewreset", () => spread(map, discs()));
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
    if (isPrinted) firstView(map, district, plan, null, points);
    else map.setView(before.center, before.zoom, { animate: false });
    arrange();
  }
  window.addEventListener("beforeprint", () => onPaper(true));
  window.addEventListener("afterprint", () => onPaper(false));
}
