// The words around the map: title, layers, times, credits.

function titlePanel(title, text) {
  const timesButton = el("button",
    { type: "button", class: "wide", "aria-expanded": "false", "aria-controls": "times" },
    text.times);
  const said = el("div", { class: "said", id: "said" });
  const tell = ({ brief, facts, quality, offline, notes }) => said.replaceChildren(
    ...(brief ? [el("p", { class: "small brief" }, brief)] : []),
    el("p", { class: "small sum" }, facts),
    el("p", { class: "small" }, `${quality} · ${offline}`),
    ...notes.map((note) => el("p", { class: "note small name" }, note)));
  // On a telephone a line of each says that there is more.
  const more = el("button", { type: "button", class: "more", "aria-expanded": "false",
    "aria-controls": "said", "aria-label": text.more, title: text.more });
  const panel = el("header", { class: "panel", id: "head" },
    el("h1", { class: "name" }, title.service),
    el("p", { class: "district name" }, title.district),
    el("p", { class: "week" }, ...title.week.flatMap((part) => [el("span", {}, part), " "])),
    more, said, timesButton);
  more.addEventListener("click", () => more.setAttribute("aria-expanded",
    panel.classList.toggle("unfolded")));
  return { panel, timesButton, tell };
}

// One line of the list of layers, with details below its name.
function layerRow(map, layer, sign, name, details, isShown, onChange) {
  const box = el("input", { type: "checkbox" });
  const item = el("li", {},
    el("label", {}, box, sign, el("span", {}, name,
      ...details.filter(String).map((words) => el("small", { class: "name" }, words)))));
  const tick = (isTicked) => {
    box.checked = isTicked;
    item.classList.toggle("off", !isTicked);
  };
  tick(isShown);
  box.addEventListener("change", () => {
    tick(box.checked);
    if (box.checked) map.addLayer(layer);
    else map.removeLayer(layer);
    onChange();
  });
  return { item, box, tick };
}

// The line of the municipalities' names, which needs no explanation on paper.
function namesRow(map, names, text, details, onChange) {
  const { item } = layerRow(map, names, el("span", { class: "sign letters" }, "Aa"), text.names,
    details, true, onChange);
  item.classList.add("self-evident");
  return item;
}

// A name in a table that leads to its place on the map; it may break after a slash.
function goButton(name, onClick) {
  const button = el("button", { type: "button", class: "name" },
    name.replaceAll("/", "/\u200b"));
  button.addEventListener("click", onClick);
  return button;
}

// A tone of a map in the list of layers.
function toneSign(fill, line, width, dash) {
  const box = shape("rect", {
    x: 5, y: 1.5, width: 56, height: 15, rx: 3, fill, stroke: line, "stroke-width": width,
    "stroke-dasharray": dash || "none",
  });
  return shape("svg", { class: "sign tone", viewBox: "0 0 66 18", "aria-hidden": "true" }, box);
}

function layersPanel(items, text, onChange) {
  const icon = shape("svg", { viewBox: "0 0 24 24" }, shape("path", {
    d: "M12 3 2 8.500l10 5.500 10-5.500zM2 12.500l10 5.500 10-5.500M2 16.500 12 22l10-5.500",
  }));
  const button = el("button", { type: "button", "aria-expanded": "true", "aria-controls": "list",
    "aria-label": text.layers, title: text.layers }, icon);
  const panel = el("nav", { class: "panel", id: "layers", "aria-label": text.layers }, button,
    el("div", { id: "list" }, el("ul", {}, ...items), el("p", { class: "small" }, text.size)));
  const show = (isOpen) => {
    button.setAttribute("aria-expanded", isOpen);
    panel.classList.toggle("closed", !isOpen);
  };
  button.addEventListener("click", () => {
    show(panel.classList.contains("closed"));
    onChange();
  });
  show(!isNarrow());
  return panel;
}

function timetable(tour, text, goTo) {
  const heading = (word) => el("th", { scope: "col" }, word);
  const ends = `${tour.depot}: ${text.leave} ${tour.leave}, ${text.return} ${tour.return}`;
  const table = el("table", {}, el("caption", {}, swatch(tour), el("b", {}, tour.day),
    el("span", { class: "small name" },
      tour.stops.length ? `${tour.summary} · ${ends}` : tour.summary)));
  if (!tour.stops.length) return table;
  const lines = tour.stops.map((stop, i) => {
    const go = goButton(stop.name, () => goTo(i));
    return el("tr", {}, el("td", {}, stop.number), el("th", { scope: "row" }, go),
      el("td", {}, stop.arrival),
      el("td", {}, stop.span, ...(stop.rest ? [el("small", {}, stop.rest)] : [])));
  });
  table.append(el("thead", {}, el("tr", {}, heading(text.number), heading(text.place),
    heading(text.arrival), heading(text.halt))), el("tbody", {}, ...lines));
  return table;
}

// A panel that a button opens and closes.
function foldingPanel(id, label, children, button, text, onChange) {
  const done = el("button", { type: "button", class: "done" }, text.close);
  const panel = el("section", { class: "panel closed", id, "aria-label": label, tabindex: "0" },
    done, ...children);
  const show = (isOpen) => {
    button.setAttribute("aria-expanded", isOpen);
    panel.classList.toggle("closed", !isOpen);
    onChange(isOpen);
  };
  button.addEventListener("click", () => show(panel.classList.contains("closed")));
  done.addEventListener("click", () => {
    show(false);
    button.focus();
  });
  return { panel, close: () => show(false) };
}
