// Draws the plan of a week, or several of them in turn. Words come translated with the data.
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

  // Of several plans one is shown at a time.
  const weeks = (data.plans || [data]).map((plan) => weekOf(map, plan, text, on, arrange));
  let week = weeks[0];
  const names = L.layerGroup();
  const labels = nameLabels(data.land.labels, names);
  const shown = () => week.tours.filter((tour) => map.hasLayer(tour.group));
  const discs = () => [...week.depots, ...shown().flatMap((tour) => tour.discs)];

  // ---- The words around the map -----------------------------------------------------------
  const { panel: head, timesButton, tell } = titlePanel(data.title || week.plan.title, text);
  tell(week.plan.title);
  const writing = layerRow(map, names, el("span", { class: "sign letters" }, "Aa"), text.names,
    [labels.length], true, arrange).item;
  writing.classList.add("self-evident");
  const items = weeks.flatMap((one) => linesOf(one).map(({ item }) => item));
  const layers = layersPanel([...items, writing], text, onPanels);
  weeks.forEach((one) => {
    one.tables = tablesOf(one, text, (tour, stop) => {
      if (!one.rows[tour].box.checked) one.rows[tour].box.click();
      if (isNarrow()) times.close();
      const { pin, at } = one.tours[tour].discs[stop];
      map.setView(at, Math.max(map.getZoom(), 12), { animate: false });
      pin.openPopup();
      pin.getElement().focus();
    });
  });
  const onFold = (isOpen) => {
    if (isOpen && isNarrow()) map.closePopup();
    writeNames();
  };
  const times = foldingPanel("times", text.times, weeks.flatMap(({ tables }) => tables),
    timesButton, text, (isOpen) => {
      if (isOpen && variants) variants.close();
      onFold(isOpen);
    });
  const variants = data.plans && variantsOf(data, head, timesButton, choose, (isOpen) => {
    if (isOpen) times.close();
    onFold(isOpen);
  });
  const credits = el("footer", { class: "panel name", id: "credits" }, data.credits.join(" · "));

  const first = el("div", { id: "first" });
  stage.before(first);
  first.append(head, layers, stage, credits);
  first.after(...(variants ? [variants.panel] : []), times.panel);
  stage.setAttribute("role", "region");
  stage.setAttribute("aria-label", text.map);
  map.getPane("popupPane").setAttribute("aria-live", "polite");
  map.on("popupopen", ({ popup }) => popup.getElement()
    .querySelector(".leaflet-popup-close-button").setAttribute("aria-label", text.close));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (document.querySelector(".leaflet-popup")) map.closePopup();
    else {
      times.close();
      if (variants) variants.close();
    }
  });
  L.control.zoom({
    position: "bottomright", zoomInTitle: text.zoom_in, zoomOutTitle: text.zoom_out,
  }).addTo(map);
  L.control.scale({ imperial: false, maxWidth: 120 }).addTo(map);

  // ---- What depends on the view -----------------------------------------------------------
  function writeNames() {
    if (!map.hasLayer(names)) return;
    const dots = map.hasLayer(week.left) ? week.left.getLayers() : [];
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
    const places = weeks.flatMap(({ depots, left, tours }) => [
      ...depots.map(({ pin }) => pin), ...left.getLayers(),
      ...tours.flatMap((tour) => tour.discs.map(({ pin }) => pin))]);
    for (const place of places) {
      const { options } = place.getPopup();
      options.autoPanPaddingTopLeft = topLeft;
      options.autoPanPaddingBottomRight = bottomRight;
    }
  }

  function choose(number) {
    const former = week;
    week = weeks[number];
    map.closePopup();
    showWeek(map, former, false);
    if (former.leftRow && week.leftRow) week.leftRow.tick(former.leftRow.box.checked);
    showWeek(map, week, true);
    tell(week.plan.title);
    variants.mark(number);
    measure();
    arrange();
  }

  function onPanels() {
    measure();
    writeNames();
  }

  // ---- The first view, and the paper ------------------------------------------------------
  const rings = data.land.rings.map(unpack);
  const district = L.latLngBounds(rings.flat());
  const points = weeks.flatMap(({ depots, tours }) =>
    [...depots, ...tours.flatMap((tour) => tour.discs)].map(({ at }) => at));
  const plan = L.latLngBounds(points);
  weeks.forEach(({ tours }) => tours.forEach((tour) =>
    tour.lines.forEach((line) => plan.extend(line.getBounds()))));
  if (!plan.isValid()) plan.extend(district);

  map.setMaxBounds(L.latLngBounds(plan.getSouthWest(), plan.getNorthEast())
    .extend(district).pad(4));
  // The list of layers takes the room that the longest one needs.
  const longest = weeks.reduce((a, b) => (b.rows.length > a.rows.length ? b : a));
  weeks.forEach((one) => listWeek(one, one === longest));
  measure();
  // The head grows with the words of a plan.
  const heads = weeks.map((one, i) => {
    if (variants) variants.mark(i);
    tell(one.plan.title);
    return head.getBoundingClientRect();
  });
  if (variants) variants.mark(0);
  tell(week.plan.title);
  const others = [layers, credits].map((panel) => panel.getBoundingClientRect());
  firstView(map, rings, plan, [...heads, ...others], points);
  map.setMinZoom(Math.max(5, Math.floor(map.getZoom()) - 2));
  drawLand(map, data.land, on);
  names.addTo(map);
  weeks.forEach((one) => showWeek(map, one, one === week));
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
    if (isPrinted) firstView(map, rings, plan, [], points);
    else map.setView(before.center, before.zoom, { animate: false });
    arrange();
  }
  window.addEventListener("beforeprint", () => onPaper(true));
  window.addEventListener("afterprint", () => onPaper(false));
}
