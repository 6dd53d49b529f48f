// Several plans in turn: which one is shown, its figures, and a table of all of them.
function variantsOf(data, head, timesButton, choose, onFold) {
  const { text, plans, figures } = data;
  const select = el("select", { id: "variant", "aria-label": text.variant },
    ...plans.map(({ name }, i) => el("option", { value: i }, name)),
    ...data.failed.map(([name]) => el("option", { disabled: "" }, `${name}: ${text.no_plan}`)));
  select.addEventListener("change", () => choose(Number(select.value)));
  const changes = el("p", { class: "small name changes" });
  const chooser = el("div", { class: "chooser" },
    el("label", { for: "variant", class: "small" }, text.variant), select, changes);
  const sums = el("table", { class: "sums" });
  sums.setAttribute("aria-live", "polite");
  head.querySelector(".week").after(chooser);
  head.querySelector(".said").after(sums);

  const button = el("button",
    { type: "button", class: "wide all", "aria-expanded": "false", "aria-controls": "figures" },
    text.figures);
  timesButton.before(button);
  timesButton.classList.add("beside");

  // A column for each plan; its head shows the plan on the map.
  const goes = plans.map(({ name }, i) => {
    const go = el("button", { type: "button", class: "name" }, name);
    go.addEventListener("click", () => {
      choose(i);
      select.value = i;
    });
    return go;
  });
  const cells = [];
  const rows = figures.map(([name, values]) => el("tr", {}, el("th", { scope: "row" }, name),
    ...values.map(([value, more], i) => {
      const cell = el("td", {}, value, ...(more ? [el("small", {}, ` ${more}`)] : []));
      cells.push([i, cell]);
      return cell;
    })));
  const table = el("table", {}, el("thead", {}, el("tr", {}, el("td", {}),
    ...goes.map((go) => el("th", { scope: "col" }, go)))), el("tbody", {}, ...rows));
  const { panel, close } = foldingPanel("figures", text.figures, [
    el("div", { class: "wideness", tabindex: "0" }, table),
    ...data.failed.map(([name, reason]) => el("p", { class: "failed name" },
      el("b", {}, `${name}: ${text.no_plan}. `), reason)),
    ...data.remarks.map((remark) => el("p", { class: "small name" }, remark)),
  ], button, text, onFold);

  function mark(number) {
    chooser.dataset.shown = plans[number].name; // on paper
    changes.textContent = plans[number].changes;
    sums.replaceChildren(el("tbody", {}, ...figures.map(([name, values]) => {
      const [value, more] = values[number];
      return el("tr", {}, el("th", { scope: "row" }, name), el("td", {}, value), el("td", {}, more));
    })));
    goes.forEach((go, i) => go.setAttribute("aria-pressed", i === number));
    cells.forEach(([i, cell]) => cell.classList.toggle("chosen", i === number));
  }
  mark(0);
  return { panel, close, mark };
}
