// Draws how far people walk from some places. Words come translated with the data.
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
    const go = goButton(place.name, () => goTo(i));
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
  const on = sheetsOf(map, ["land", "homes", "reach", "roads", "borders", "names"]);
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
    layerRow(map, group, toneSign(fill, line, 1.5, dash), name, [number], true, stack).item);
  if (data.homes.rings.length) {
    rows.push(layerRow(map, homes, toneSign(data.homes.fill, data.homes.fill, 1.5), text.homes, [],
      true, () => {}).item);
  }
  const writing = namesRow(map, names, text, [labels.length], arrange);
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
  const credits = frame(map, data, head, layers, [times]);

  function writeNames() {
    if (map.hasLayer(names)) placeNames(map, labels, discs, [], []);
  }
  function arrange() {
    spread(map, discs);
    writeNames();
  }
  function measure() {
    makeRoom(head, layers, credits, discs.map(({ pin }) => pin));
  }
  function onPanels() {
    measure();
    writeNames();
  }

  const rings = data.land.rings.map(unpack);
  const points = data.places.map(({ at }) => at);
  const whole = bands[0].group.getBounds();
  measure();
  beginWith(map, rings, whole, [head, layers, credits], points);
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
  printWith(map, rings, whole, points, arrange);
}
