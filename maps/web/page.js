// Draws the plan of a week, or several of them in turn. Words come translated with the data.
function draw(map, data) {
  const text = data.text;
  const on = sheetsOf(map, ["land", "roads", "borders", "casings", "routes", "names"], "routes");

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
  const writing = namesRow(map, names, text, [labels.length], arrange);
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
  const credits = frame(map, data, head, layers, [...(variants ? [variants] : []), times]);

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
    makeRoom(head, layers, credits, weeks.flatMap(({ depots, left, tours }) => [
      ...depots.map(({ pin }) => pin), ...left.getLayers(),
      ...tours.flatMap((tour) => tour.discs.map(({ pin }) => pin))]));
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
  const isEmpty = weeks.every(({ tours }) => tours.every(({ stops }) => !stops.length));
  if (isEmpty) plan.extend(district);

  map.setMaxBounds(roomAround(L.latLngBounds(plan.getSouthWest(), plan.getNorthEast())
    .extend(district)));
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
  firstView(map, rings, plan, [...heads, ...boxesOver([layers, credits])], points);
  map.setMinZoom(Math.max(5, Math.floor(map.getZoom()) - 2));
  drawLand(map, data.land, on);
  names.addTo(map);
  weeks.forEach((one) => showWeek(map, one, one === week));
  arrange();
  map.on("zoomend viewreset", () => spread(map, discs()));
  map.on("moveend", writeNames);
  map.on("resize", measure);
  printWith(map, rings, plan, points, arrange);
}
