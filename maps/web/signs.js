// What stands in the diamond of a proposal: a sign for its kind, strokes in a square of 20.
const SIGNS = {
  station: "M6 3h8v10H6zM6 8.500h8M7.500 13 6 17M12.500 13l1.500 4",
  bus_stop: "M10 17V9M5.500 3h9v6h-9zM7 17h6",
  school: "M2 8l8-3.500L18 8l-8 3.500zM6 10v4c2 1.700 6 1.700 8 0v-4",
  youth_centre: "M3 10l7-6 7 6M5 9v8h10V9M10 17v-4",
  sports: "M10 3a7 7 0 1 0 .01 0M10 7l2.800 2-1 3.300H8.200L7.200 9z",
  skate_park: "M2 8c2 3.500 14 3.500 16 0M6 14a1 1 0 1 0 .01 0M14 14a1 1 0 1 0 .01 0",
  pool: "M2 8c2.700-2.500 5.300 2.500 8 0s5.300 2.500 8 0M2 13c2.700-2.500 5.300 2.500 8 0s5.300 2.500 8 0",
  park: "M10 18v-5M10 3l5 10H5z",
  square: "M4 4h12v12H4zM10 9.500v1",
  shop: "M2 4h3l2 8h8l2-6H6M8 15.500v.5M14 15.500v.5",
  office: "M3 7h14v9H3zM8 7V4h4v3",
  other: "M3 5h14v10H3zM7 5v10M13 5v10",
};

// A diamond tells a proposal, a circle a place; a tick or a cross on it what was decided.
function diamond(kind, state) {
  const sign = shape("svg", { viewBox: "0 0 20 20", "aria-hidden": "true" },
    shape("path", { d: SIGNS[kind] || SIGNS.other }));
  const marks = { yes: "✓", no: "✕" };
  return el("span", { class: `diamond ${state}` }, el("i", {}), sign,
    ...(marks[state] ? [el("b", { "aria-hidden": "true" }, marks[state])] : []));
}

const ring = (state) => el("span", { class: `ring ${state}` });
