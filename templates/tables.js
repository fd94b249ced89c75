// Narrows a long list to a unit or a category and puts its rows in another order, and
// opens the year that an address points into. Without this script all rows are there.
// What may be put in order by what says data-sort: figures only where all are of one
// thing in time, so that nothing is ranked.
"use strict";

(() => {
  const reveal = () => {
    let id = location.hash.slice(1);
    try { id = decodeURIComponent(id); } catch {} // a lone % is as it stands
    const target = document.getElementById(id);
    const folded = target?.closest("details:not([open])");
    for (let e = target; e; e = e.parentElement) if (e.tagName === "DETAILS") e.open = true;
    if (folded) target.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  reveal();

  const names = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const figure = (text) => parseFloat(text.replace(/,/g, "").replace("−", "-")) * (text.includes("亿") ? 1e8 : 1) * (text.includes("万") ? 1e4 : 1);
  const orders = {
    period: (a, b) => (a.id < b.id ? -1 : 1),
    text: (a, b, i) => names.compare(a.cells[i].textContent, b.cells[i].textContent),
    number: (a, b, i, way) => {
      const [x, y] = [figure(a.cells[i].textContent), figure(b.cells[i].textContent)];
      return isNaN(x) || isNaN(y) ? (isNaN(x) - isNaN(y)) * way : x - y; // what is no number comes last
    },
  };
  for (const head of document.querySelectorAll("th[data-sort]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const way = head.ariaSort === "ascending" ? -1 : 1;
      for (const other of head.parentElement.cells) other.removeAttribute("aria-sort");
      head.ariaSort = way > 0 ? "ascending" : "descending";
      const body = head.closest("table").tBodies[0];
      body.append(...[...body.rows].sort((a, b) => way * orders[head.dataset.sort](a, b, head.cellIndex, way)));
    });
  }

  for (const filter of document.querySelectorAll(".filter")) {
    const rows = [...filter.parentElement.querySelectorAll("tbody tr")];
    const selects = [...filter.querySelectorAll("select[data-column]")];
    const value = (row, select) => row.cells[select.dataset.column].firstChild?.data.trim() ?? "";
    for (const select of selects) {
      for (const text of new Set(rows.map((row) => value(row, select)))) select.add(new Option(text, text));
    }
    const status = filter.querySelector("[role=status]");
    filter.addEventListener("change", () => {
      let shown = 0;
      for (const row of rows) {
        row.hidden = selects.some((select) => select.value && select.value !== value(row, select));
        if (row.hidden) continue;
        shown++;
        const folded = row.closest(".year");
        if (folded) folded.open = true;
      }
      status.textContent = filter.dataset.shown.replace("{count}", shown);
    });
    filter.hidden = selects.length === 0;
  }
})();
