// Sorting and filtering of the tables with the class "data". Without this script they are whole, and in their order.
"use strict";
for (const table of document.querySelectorAll("table.data")) {
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const heads = [...table.tHead.rows[0].cells];
  const compare = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;

  const order = (index, way) => {
    heads.forEach((head, at) => head.setAttribute("aria-sort", at === index ? way : "none"));
    table.classList.toggle("sorted", way !== "none");
    const sorted = [...rows];
    if (way !== "none") {
      const sign = way === "ascending" ? 1 : -1;
      const figures = heads[index].classList.contains("n");
      sorted.sort((one, other) => {
        const [a, b] = [one.cells[index], other.cells[index]];
        const [x, y] = figures ? [a.dataset.v, b.dataset.v] : [a.textContent, b.textContent];
        const [noX, noY] = [x === undefined || x === "", y === undefined || y === ""];
        if (noX || noY) return noX - noY;
        return sign * (figures ? x - y : compare(x, y));
      });
    }
    body.append(...sorted);
  };

  heads.forEach((head, index) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    button.title = table.dataset.sort.replace("{0}", button.textContent);
    head.setAttribute("aria-sort", "none");
    head.append(button);
    button.addEventListener("click", () => {
      const now = head.getAttribute("aria-sort");
      const first = head.classList.contains("n") ? "descending" : "ascending";
      const second = first === "ascending" ? "descending" : "ascending";
      order(index, now === "none" ? first : now === first ? second : "none");
    });
  });

  const field = document.createElement("label");
  const input = document.createElement("input");
  const count = document.createElement("span");
  field.className = "filter";
  input.type = "search";
  input.autocomplete = "off";
  count.setAttribute("role", "status");
  field.append(table.dataset.filter, input, count);
  table.closest(".scroll").before(field);
  input.addEventListener("input", () => {
    const wanted = input.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      const words = row.textContent.toLocaleLowerCase();
      row.hidden = !wanted.every((word) => words.includes(word));
      shown += row.hidden ? 0 : 1;
    }
    count.textContent = table.dataset.count.replace("{n}", shown).replace("{m}", rows.length);
  });
}
