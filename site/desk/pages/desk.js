// What is easier with a script; every page works without it.
const text = document.querySelector("textarea[data-line]");
if (text) { // to the line that the reader came for
  const lines = text.value.split("\n"), n = Number(text.dataset.line);
  const start = lines.slice(0, n - 1).join("\n").length + (n > 1 ? 1 : 0);
  text.focus();
  text.setSelectionRange(start, start + (lines[n - 1] || "").length);
  text.scrollTop = text.scrollHeight * (n - 4) / lines.length;
}
const drop = document.querySelector("#files");
if (drop) { // files may be dropped anywhere on the page; those that are chosen are sent at once
  drop.addEventListener("change", () => drop.form.requestSubmit());
  addEventListener("dragover", e => e.preventDefault());
  addEventListener("drop", e => {
    e.preventDefault();
    if (!e.dataTransfer.files.length) return;
    drop.files = e.dataTransfer.files;
    drop.form.requestSubmit();
  });
}
const region = document.querySelector(".grid[data-all]");
if (region) grid(region);

// grid draws of a large sheet only the rows that are seen, fetches them as they are
// scrolled to, and goes to the cells that something is asked about.
function grid(region) {
  const table = region.querySelector("table"), body = table.tBodies[0], data = region.dataset;
  const all = Number(data.all), sheet = Number(data.sheet), size = 200, over = 20;
  const columns = table.tHead.rows[0].cells.length;
  const key = document.querySelector(".key"), names = new Map();
  for (const li of key.querySelectorAll("[data-part]")) names.set(li.dataset.part, li.textContent);
  const windows = new Map(); // rows by the number of their window; null while they are fetched
  let target = null, pool = [], height = 0, scale = 1, timer = 0;
  const large = all > size;

  const letters = name => [...name].reduce((n, c) => 26 * n + c.charCodeAt(0) - 64, 0);
  const placeOf = hash => {
    const m = /^#cell-(\d+)-([A-Z]+)(\d+)$/.exec(hash);
    return m && Number(m[1]) === sheet ? { row: Number(m[3]), column: letters(m[2]) } : null;
  };

  async function fetchRows(what) {
    const query = new URLSearchParams({ reading: data.reading, file: data.file, sheet, ...what });
    const answer = await fetch("/rows?" + query);
    if (!answer.ok) throw new Error(answer.statusText);
    const got = await answer.json();
    for (const p of got.parts) {
      if (names.has(p.part)) continue;
      names.set(p.part, p.name);
      const li = document.createElement("li");
      li.className = "k-" + p.part;
      li.textContent = p.name;
      key.append(li);
    }
    windows.set(got.at / size, got.rows);
    return got;
  }

  function fill(tr, row, n) {
    tr.setAttribute("aria-rowindex", n + 2);
    const cells = tr.cells;
    cells[0].textContent = row ? row.n : "…";
    for (let c = 1; c < columns; c++) {
      const td = cells[c], is = row ? row.c[c - 1] : {};
      let name = is.h ? "k-" + (is.p || "") : "";
      if (is.d) name += " number";
      if (is.a) name += " asked";
      if (row && target && target.row === row.n && target.column === c) name += " target";
      td.className = name;
      const said = is.h ? names.get(is.p || "") || "" : "", whole = is.t && [...is.t].length > 16 ? is.t : "";
      td.title = [said, whole, is.a ? data.asked : ""].filter(s => s).join("\n");
      if (is.f) {
        const a = document.createElement("a");
        a.href = "#column-" + is.f;
        a.textContent = is.t;
        td.replaceChildren(a);
      } else {
        td.textContent = is.t || "";
      }
    }
  }

  // draw puts the rows that are seen into the rows that there are.
  function draw() {
    const first = Math.max(0, Math.min(Math.floor(region.scrollTop * scale / height) - over, all - pool.length));
    const above = Math.max(0, scale === 1 ? first * height : region.scrollTop - over * height);
    body.firstElementChild.firstElementChild.style.height = above + "px";
    body.lastElementChild.firstElementChild.style.height = Math.max(0, all * height / scale - above - pool.length * height) + "px";
    const wanted = new Set();
    pool.forEach((tr, i) => {
      const n = first + i, w = Math.floor(n / size), rows = windows.get(w);
      if (!windows.has(w)) wanted.add(w);
      fill(tr, rows && rows[n % size], n);
    });
    clearTimeout(timer);
    if (wanted.size) timer = setTimeout(() => load([...wanted]), 60); // not for what is only passed by
  }

  async function load(wanted) {
    for (const w of wanted) {
      windows.set(w, null);
      try {
        await fetchRows({ at: w * size });
      } catch {
        windows.delete(w); // asked for again when it is scrolled
        return;
      }
    }
    const here = Math.floor(region.scrollTop * scale / height / size);
    for (const w of windows.keys()) if (windows.size > 40 && Math.abs(w - here) > 10) windows.delete(w);
    draw();
  }

  function begin() {
    const rows = [...body.rows];
    height = rows[Math.min(1, rows.length - 1)].getBoundingClientRect().height;
    const widths = [...table.tHead.rows[0].cells].map(c => c.getBoundingClientRect().width);
    widths.forEach((w, i) => { table.tHead.rows[0].cells[i].style.width = w + "px"; });
    table.style.width = widths.reduce((a, b) => a + b, 0) + "px";
    table.style.tableLayout = "fixed"; // rows that come do not move the columns
    table.setAttribute("aria-rowcount", all + 1);
    scale = Math.max(1, all * height / 8e6); // browsers draw no element that is higher than some ten million
    const space = () => {
      const tr = document.createElement("tr"), td = document.createElement("td");
      tr.className = "space";
      tr.setAttribute("aria-hidden", "true");
      td.colSpan = columns;
      tr.append(td);
      return tr;
    };
    const many = Math.min(all, Math.ceil(region.clientHeight / height) + 2 * over);
    while (rows.length < many) rows.push(rows[0].cloneNode(true));
    pool = rows.slice(0, many);
    for (const tr of pool) for (const td of tr.cells) td.removeAttribute("id");
    body.replaceChildren(space(), ...pool, space());
    const pager = document.getElementById("pager");
    if (pager) pager.hidden = true;
    region.addEventListener("scroll", () => requestAnimationFrame(draw), { passive: true });
  }

  // go shows a cell and marks it.
  async function go(place) {
    target = place;
    if (large) {
      if (!pool.length) return;
      const got = await fetchRows({ row: place.row });
      region.scrollTop = Math.max(0, (got.row * height - region.clientHeight / 3) / scale);
      draw();
    } else {
      for (const td of body.querySelectorAll(".target")) td.classList.remove("target");
    }
    const tr = [...body.rows].find(tr => tr.cells[0].textContent === String(place.row));
    const td = tr && tr.cells[place.column];
    if (!td) return;
    td.classList.add("target");
    region.scrollLeft = Math.max(0, td.offsetLeft - region.clientWidth / 2);
    if (!large) region.scrollTop = Math.max(0, td.offsetTop - region.clientHeight / 3);
    region.scrollIntoView({ block: "nearest" });
    region.focus({ preventScroll: true });
  }

  const asked = placeOf(location.hash);
  if (large) { // without its rows the page stays as it is
    fetchRows({ at: data.at }).then(() => {
      begin();
      region.scrollTop = Number(data.at) * height / scale;
      draw();
      if (asked) go(asked);
    }, () => {});
  } else if (asked) {
    go(asked);
  }
  addEventListener("click", e => {
    const a = e.target.closest("a[href]");
    if (!a) return;
    const place = placeOf(a.hash);
    if (place) { // what was typed into the forms stays
      e.preventDefault();
      go(place);
      return;
    }
    const form = a.hash.startsWith("#column-") && document.getElementById(a.hash.slice(1));
    if (form) {
      e.preventDefault();
      form.closest("details").open = true;
      form.scrollIntoView({ block: "center" });
      form.querySelector("select").focus({ preventScroll: true });
    }
  });
}
