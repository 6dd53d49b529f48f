"use strict";
// Small tools. Whatever a person has typed reaches the page through them: as text, as an
// attribute, never as HTML.

const ROUTE = 5; // width of a route in pixels
const TOUCH = 44; // smallest side of what a finger has to hit
const GRID = 100000; // steps of packed lines in a degree
const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

const isNarrow = () => window.innerWidth < 700;

function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

function shape(tag, attributes, ...children) {
  const node = L.SVG.create(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

// The corners of a packed line as pairs of latitude and longitude.
const unpack = (packed) => unpackAll(packed)[0];

// Many lines of one text, with a blank between them: each starts where the one before it ended.
function unpackAll(packed) {
  const lines = [[]];
  let at = 0;
  const step = () => {
    let value = 0;
    for (let unit = 1; ; unit *= 32) {
      const digit = DIGITS.indexOf(packed[at++]);
      value += (digit % 32) * unit;
      if (digit < 32) return value % 2 ? -(value + 1) / 2 : value / 2;
    }
  };
  for (let x = 0, y = 0; at < packed.length; ) {
    if (packed[at] === " ") {
      lines.push([]);
      at++;
    }
    x += step();
    y += step();
    lines[lines.length - 1].push([y / GRID, x / GRID]);
  }
  return lines;
}

// Dots need round ends; round ends would eat the gaps between dashes.
const lineCap = (dash) => (!dash.length || dash.some((length) => length < 0.5) ? "round" : "butt");
const dashes = (dash) => dash.map((length) => length * ROUTE).join(" ") || null;

function swatch(tour) {
  const line = shape("line", {
    x1: 3, x2: 63, y1: 7, y2: 7, stroke: tour.colour, "stroke-width": ROUTE,
    "stroke-linecap": lineCap(tour.dash), "stroke-dasharray": dashes(tour.dash) || "none",
  });
  return shape("svg", { class: "swatch", viewBox: "0 0 66 14", "aria-hidden": "true" }, line);
}
