// The ground: district, borders, roads. `on` puts a layer on one of the sheets of the drawing.
function drawLand(map, land, on) {
  const still = { interactive: false, lineCap: "round", lineJoin: "round" };
  const rings = land.rings.map(unpack);
  L.polygon(rings, on("land", {
    ...still, stroke: false, fillOpacity: 1, fillColor: land.colours.land,
  })).addTo(map);
  L.polyline(land.borders.map(unpack), on("borders", {
    ...still, color: land.colours.border, weight: 1, opacity: 0.45, dashArray: "4 4",
  })).addTo(map);
  L.polyline(rings, on("borders", {
    ...still, color: land.colours.border, weight: 2, opacity: 0.75,
  })).addTo(map);

  const roads = land.roads.map((road) => ({ ...road, corners: unpackAll(road.lines) }));
  const strokes = [
    ...roads.filter((road) => road.casing).map((road) => ({ ...road, edge: 1.4 })),
    ...roads.map((road) => ({ ...road, edge: 0 })),
  ];
  for (const stroke of strokes) {
    stroke.line = L.polyline(stroke.corners, on("roads", {
      ...still, color: stroke.edge ? stroke.casing : stroke.fill,
    }));
  }
  // Far away the roads are thin, and the small ones are without their edges.
  function scale() {
    const zoom = map.getZoom();
    const share = Math.min(2.2, Math.max(0.45, 0.45 + (zoom - 9.5) * 0.22));
    for (const { line, width, edge, minor } of strokes) {
      line.setStyle({ weight: width * share + (minor && zoom < 12.5 ? 0 : edge) });
    }
  }
  scale();
  strokes.forEach(({ line }) => line.addTo(map));
  map.on("zoomend", scale);
}
