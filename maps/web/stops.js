// What can be asked for on the map: stops, depots, places left out.

function facts(title, subtitles, rows, more) {
  const list = rows.flatMap(([name, value]) =>
    [el("dt", {}, name), el("dd", { class: "name" }, value)]);
  return el("div", { class: "facts" }, el("h2", { class: "name" }, title),
    ...subtitles.map((line) => el("p", {}, line)), el("dl", {}, ...list), ...more);
}

function appLink(at, text) {
  const [lat, lon] = at.map((degrees) => degrees.toFixed(5));
  return el("a", { class: "app", href: `geo:${lat},${lon}?q=${lat},${lon}` }, text.open);
}

function marker(at, size, label, look, tip, popup, options) {
  const icon = L.divIcon({
    className: "pin", html: el("span", { class: "holder" }, ...look), iconSize: [TOUCH, TOUCH],
    iconAnchor: [TOUCH / 2, TOUCH / 2], popupAnchor: [0, 4 - size / 2], tooltipAnchor: [0, 0],
  });
  const pin = L.marker(at, { icon, riseOnHover: true, ...options });
  pin.on("add", () => pin.getElement().setAttribute("aria-label", label));
  pin.bindTooltip(tip, { direction: "top", offset: [0, 2 - size / 2], className: "tip" });
  return pin.bindPopup(popup, { minWidth: 190, maxWidth: 270 });
}

function stopMarker(stop, tour, text) {
  // Number and weekday have to fit in.
  const size = isNarrow() ? Math.max(26, Math.round(stop.size * 0.85)) : stop.size;
  const disc = el("span", { class: "disc" }, el("b", {}, stop.number), " ",
    el("small", {}, tour.short));
  disc.style.cssText = `background:${tour.colour};width:${size}px;height:${size}px`;
  const leader = el("span", { class: "leader" });
  leader.style.background = tour.colour;
  const title = `${stop.number}. ${stop.name}`;
  const tip = el("span", {}, el("b", { class: "name" }, title), el("br", {}),
    `${tour.weekday}, ${stop.hours}`, ...(stop.rest ? [el("br", {}), stop.rest] : []));
  const more = stop.private ? [el("p", { class: "private" }, stop.private)] : [];
  const popup = facts(title, [tour.day, el("b", {}, stop.hours)], stop.rows,
    [...more, appLink(stop.at, text)]);
  const pin = marker(stop.at, size, stop.label, [leader, disc], tip, popup, {});
  return { pin, leader, at: L.latLng(stop.at), radius: size / 2 + 1.5 };
}

function depotMarker(depot, text) {
  const house = shape("svg", { viewBox: "0 0 20 20" },
    shape("path", { d: "M2 10 10 3l8 7M4.500 9v8h11V9M8 17v-5h4v5" }));
  const pin = marker(depot.at, 30, depot.label, [el("span", { class: "depot" }, house)],
    el("b", { class: "name" }, depot.label),
    facts(depot.name, [depot.kind], depot.rows, [appLink(depot.at, text)]),
    { zIndexOffset: 500 });
  return { pin, fixed: true, at: L.latLng(depot.at), radius: 18 };
}

function leftOutMarker(place, text) {
  const reason = `${text.left_out}: ${place.reason}`;
  const tip = el("span", {}, el("b", { class: "name" }, place.name), el("br", {}), reason);
  return marker(place.at, 10, `${place.name}, ${reason}`, [el("span", { class: "dot" })], tip,
    facts(place.name, [reason], [], [appLink(place.at, text)]), { zIndexOffset: -500 });
}

// Stops that would cover each other step aside and keep a line to their true position.
function spread(map, discs) {
  for (const disc of discs) {
    disc.home = map.latLngToLayerPoint(disc.at);
    disc.point = disc.home.clone();
  }
  const part = (a, b, angle) => {
    if (a.fixed && b.fixed) return false;
    let way = b.point.subtract(a.point);
    const gap = a.radius + b.radius - way.distanceTo([0, 0]);
    if (gap <= 0.5) return false;
    // Two at the very same place part in a direction of their own.
    if (way.distanceTo([0, 0]) < 0.1) way = L.point(Math.cos(angle), Math.sin(angle));
    const push = way.multiplyBy(gap / way.distanceTo([0, 0]));
    const share = a.fixed ? 0 : b.fixed ? 1 : 0.5;
    a.point = a.point.subtract(push.multiplyBy(share));
    b.point = b.point.add(push.multiplyBy(1 - share));
    return true;
  };
  for (let round = 0, isMoved = true; isMoved && round < 120; round++) {
    isMoved = false;
    for (let i = 0; i < discs.length; i++) {
      for (let j = i + 1; j < discs.length; j++) {
        if (part(discs[i], discs[j], i + 2 * j)) isMoved = true;
      }
    }
  }
  for (const { pin, leader, home, point, radius, fixed } of discs) {
    if (fixed) continue;
    const aside = point.subtract(home).round();
    const icon = pin.getElement(), options = pin.options.icon.options;
    icon.style.marginLeft = `${aside.x - TOUCH / 2}px`;
    icon.style.marginTop = `${aside.y - TOUCH / 2}px`;
    options.popupAnchor = [aside.x, aside.y + 5.5 - radius];
    options.tooltipAnchor = [aside.x, aside.y];
    leader.style.width = `${aside.distanceTo([0, 0])}px`;
    leader.style.transform = `rotate(${Math.atan2(-aside.y, -aside.x)}rad)`;
  }
}
