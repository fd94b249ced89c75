// What a chart answers. A page needs no script to show its charts: each is an SVG. With
// this script the drawing answers whoever points at it, touches it or steps through it
// with the arrow keys: a cursor stands on the period, its values stand under the drawing
// and are spoken, and their row in the table is lit. A button offers the explorer: it
// loads ECharts from the site itself and draws the same figures, to be zoomed, taken
// apart by series and saved as a picture; pressed again, it brings the SVG back.
//
// What it expects is figure.html, and beside the page the chart's own script,
// which calls sunshineChart(id, plot); package chart writes it. It is loaded when a
// drawing is first pointed at. data-script and
// data-echarts are relative to the page. Both are classic scripts added as
// elements, since a page that is opened from disk can load nothing else. Nothing
// here writes markup or a style attribute, so the policy script-src 'self';
// style-src 'self' holds. All words come from the page.
"use strict";

(() => {
  const plots = new Map(); // id of a figure -> its plot
  const scripts = new Map(); // address -> promise of the loaded script

  window.sunshineChart = (id, plot) => plots.set(id, plot);

  function load(address) {
    const url = new URL(address, document.baseURI).href;
    if (!scripts.has(url)) {
      scripts.set(url, new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.onload = resolve;
        script.onerror = () => {
          scripts.delete(url); // the next click tries again
          script.remove();
          reject(new Error(url));
        };
        script.src = url;
        document.head.append(script);
      }));
    }
    return scripts.get(url);
  }

  // element makes an element with attributes.
  function element(name, attributes) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      made.setAttribute(key, value);
    }
    return made;
  }

  // coloured gives a copy of an option in which each name of a custom property,
  // --chart-1, is the colour that it has in the figure now.
  function coloured(option, style) {
    if (typeof option === "string") {
      return option.startsWith("--chart-") ? style.getPropertyValue(option).trim() : option;
    }
    if (Array.isArray(option)) {
      return option.map((value) => coloured(value, style));
    }
    if (option === null || typeof option !== "object") {
      return option;
    }
    return Object.fromEntries(Object.entries(option).map(([key, value]) => [key, coloured(value, style)]));
  }

  const dark = matchMedia("(prefers-color-scheme: dark)");
  const still = matchMedia("(prefers-reduced-motion: reduce)");

  // optionOf completes a plot's option for a canvas: colours, labels, and the
  // place of the marker of a bar that is not there.
  function optionOf(plot, figure, narrow) {
    const style = getComputedStyle(figure);
    const paper = style.getPropertyValue("--chart-paper").trim();
    const option = coloured(plot.option, style);
    for (const axis of [option.xAxis ?? [], option.yAxis ?? []].flat()) {
      const names = axis.type === "value" ? plot.values : plot.names[narrow];
      if (names) {
        axis.axisLabel.formatter = (value, index) => names[index] ?? "";
      }
    }
    for (const series of option.series ?? []) {
      Object.assign(series.label ?? {}, { textBorderColor: (series.stack && series.itemStyle?.color) || paper, textBorderWidth: 3 });
      for (const item of series.type === "bar" ? series.data : []) {
        if (narrow && item.label?.wide) {
          delete item.label;
        }
        if (item.value === "-") {
          item.value = 0;
        }
      }
    }
    option.animation = !still.matches;
    option.textStyle = { fontFamily: style.fontFamily };
    return option;
  }

  // save offers the chart as it is now as a picture that stands alone: under its
  // title, with its legend.
  function save(chart, figure, plot) {
    const option = chart.getOption();
    const names = [...new Set(option.series.map((series) => series.name).filter(Boolean))];
    const legend = names.length > 1 && option.grid.length === 1 ? names.length * 22 : 0;
    const more = 34 + legend;
    for (const part of [...option.title, ...option.grid]) {
      part.top = parseFloat(part.top) + more;
    }
    option.title.push({ ...option.title[0], text: figure.querySelector("figcaption").textContent, top: 4,
      textStyle: { ...option.title[0].textStyle, color: getComputedStyle(figure).color, fontWeight: "bold", width: chart.getWidth(), overflow: "truncate" } });
    Object.assign(option.legend[0], { show: legend > 0, orient: "vertical", left: 0, top: 30, textStyle: { color: getComputedStyle(figure).color } });
    option.animation = false;
    const picture = window.echarts.init(document.createElement("div"), null, { width: chart.getWidth() + 16, height: chart.getHeight() + more });
    picture.setOption(option);
    element("a", {
      download: `${figure.id}.png`,
      href: picture.getDataURL({ pixelRatio: 2, backgroundColor: getComputedStyle(figure).getPropertyValue("--chart-paper").trim() }),
    }).click();
    picture.dispose();
  }

  // switches makes each series of the drawing's legend a button that takes it out
  // of the chart and back, and gives the function that undoes it.
  function switches(figure, chart) {
    const legend = figure.querySelector(".chart-series");
    const before = legend?.cloneNode(true);
    for (const item of legend?.children ?? []) {
      const name = item.textContent;
      const button = element("button", { type: "button", class: "chart-switch", "aria-pressed": "true" });
      button.append(...item.childNodes);
      item.append(button);
      button.addEventListener("click", () => {
        chart.dispatchAction({ type: "legendToggleSelect", name });
        button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
      });
    }
    return () => legend?.replaceWith(before);
  }

  // What is lit in the tables: the rows of what was pointed at last.
  let lit = [];
  function unlight() {
    lit.forEach((part) => part.classList.remove("lit"));
    lit = [];
  }

  // brief cuts a name that is too long to be listened to, never the figure after it.
  const brief = (line) => line.replace(/^(.{60}).+?(?=(：|: )(?!.*(：|: ))|$)/u, "$1…");

  // reader lets box be stepped through by keys: ticks along the axis, series across it.
  // What is pointed at stands under it, is spoken, and is lit in the table. point moves
  // the pointer of the drawing, and leave is what Escape does. Of several panels each is read
  // alone.
  function reader(plot, box, { lying, panels, point, leave }) {
    const readout = element("p", { class: "chart-readout", "aria-hidden": "true" });
    const spoken = element("p", { class: "hidden", "aria-live": "polite" });
    box.after(readout, spoken);
    const last = plot.tips.length - 1;
    const count = (plot.tips[0] ?? [""]).length - 1;
    let tick = -1, series = 0;
    function light() {
      unlight();
      const rows = plot.rows?.[tick] ?? [];
      lit = (panels > 1 && rows.length > 1 ? [rows[series]] : rows).map((id) => id && document.getElementById(id)).filter(Boolean);
      lit.forEach((part) => part.classList.add("lit"));
    }
    function say(aloud, alone) {
      const lines = plot.tips[tick] ?? [];
      const one = [lines[0], lines[series + 1]].join("\n");
      readout.textContent = panels > 1 ? one : lines.join("\n");
      if (aloud) {
        const all = lines.join("，");
        const said = alone || panels > 1 || all.length > 160 ? one : all;
        spoken.textContent = said.length > 160 ? said.split("\n").map(brief).join("\n") : said;
      }
      light();
    }
    const key = (event) => {
      const along = lying ? ["ArrowUp", "ArrowDown"] : ["ArrowLeft", "ArrowRight"];
      const across = lying ? ["ArrowLeft", "ArrowRight"] : ["ArrowUp", "ArrowDown"];
      const step = (keys) => (event.key === keys[0] ? -1 : event.key === keys[1] ? 1 : 0);
      const year = plot.years && step(["PageUp", "PageDown"]);
      const other = count > 1 ? step(across) : 0;
      if (event.key === "Escape") {
        tick = -1;
        readout.textContent = "";
        unlight();
        leave();
        return;
      } else if (event.key === "Home" || event.key === "End") {
        tick = event.key === "Home" ? 0 : last;
      } else if (year) {
        const next = (plot.years[tick] ?? plot.years[0] - 1) + year;
        const found = plot.years.indexOf(next);
        tick = found >= 0 ? found : year < 0 ? 0 : last;
      } else if (step(along)) {
        tick = tick < 0 ? (step(along) < 0 ? last : 0) : Math.min(Math.max(tick + step(along), 0), last);
      } else if (other) {
        series = (series + other + count) % count;
        tick = Math.max(tick, 0);
      } else {
        return;
      }
      event.preventDefault();
      point(tick, series);
      say(true, other);
    };
    box.addEventListener("keydown", key);
    return {
      to(at, panel) {
        if (at !== tick || (panels > 1 && panel !== series)) {
          tick = at;
          series = panels > 1 ? panel : series;
          say(false);
        }
      },
      undo() {
        box.removeEventListener("keydown", key);
        unlight();
        readout.remove();
        spoken.remove();
      },
    };
  }

  // answer makes a drawing answer: i is 0 for the wide one, 1 for the narrow.
  function answer(figure, box, i) {
    const plot = plots.get(figure.id);
    const svg = box.querySelector("svg");
    const panels = plot.panels[i];
    const lying = plot.lying[i];
    const cursor = document.createElementNS("http://www.w3.org/2000/svg", "path");
    cursor.setAttribute("class", "chart-cursor");
    svg.append(cursor);
    const point = (tick, series) => {
      const [x, y, w, h] = panels[panels.length > 1 ? series : 0];
      const band = (lying ? h : w) / plot.tips.length;
      cursor.setAttribute("d", lying ? `M${x} ${y + tick * band}h${w}v${band}h${-w}z` : `M${x + tick * band} ${y}h${band}v${h}h${-band}z`);
    };
    const read = reader(plot, box, { lying, panels: panels.length, point, leave: () => cursor.removeAttribute("d") });
    return (event) => {
      const bounds = svg.getBoundingClientRect();
      const scale = svg.viewBox.baseVal.width / bounds.width;
      const x = (event.clientX - bounds.left) * scale;
      const y = (event.clientY - bounds.top) * scale;
      const far = ([left, top, w, h]) => Math.hypot(Math.max(left - x, 0, x - left - w), Math.max(top - y, 0, y - top - h));
      const panel = panels.reduce((best, p, k) => (far(p) < far(panels[best]) ? k : best), 0);
      const [left, top, w, h] = panels[panel];
      const part = lying ? (y - top) / h : (x - left) / w;
      const tick = Math.min(Math.max(Math.floor(part * plot.tips.length), 0), plot.tips.length - 1);
      point(tick, panel);
      read.to(tick, panel);
    };
  }

  // listen loads a chart's own script when a drawing is first asked. One that cannot be
  // loaded leaves the drawing as it is, and is tried again.
  function listen(figure, box, i) {
    // named by its caption, which says what language it is in
    for (const [name, value] of Object.entries({ tabindex: "0", role: "application", "aria-labelledby": `${figure.id}-title`, "aria-describedby": `${figure.id}-said ${figure.id}-keys` })) {
      box.setAttribute(name, value);
    }
    box.firstElementChild.setAttribute("aria-hidden", "true"); // the box has its name and description now
    box.classList.add("chart-answers");
    let answers = null;
    const ask = (event) => {
      if (answers) {
        answers.then((at) => event.type.startsWith("pointer") && at(event));
        return;
      }
      answers = load(figure.dataset.script).then(() => answer(figure, box, i));
      answers.then((at) => event.type.startsWith("pointer") && at(event), () => (answers = null));
    };
    for (const kind of ["focus", "pointerenter", "pointerdown", "pointermove"]) {
      box.addEventListener(kind, ask);
    }
  }

  // show puts the explorer in the place of the drawings and gives the function
  // that takes it away again.
  function show(figure, drawings, leave) {
    const plot = plots.get(figure.id);
    const help = figure.querySelector(".chart-help");
    const canvas = element("div", { class: "chart-canvas", role: "application", tabindex: "0", "aria-labelledby": `${figure.id}-title`, "aria-describedby": help.id });
    drawings[0].before(canvas);
    let narrow = -1;
    const size = () => {
      narrow = canvas.clientWidth < 560 ? 1 : 0;
      canvas.style.height = `${plot.heights[narrow]}px`;
    };
    size();
    const chart = window.echarts.init(canvas);
    const redraw = () => chart.setOption(optionOf(plot, figure, narrow), { notMerge: true });
    redraw();

    const panels = (plot.option.grid ?? []).length;
    const lying = plot.option.yAxis?.[0].type === "category";
    const read = reader(plot, canvas, {
      lying, panels, leave,
      point(tick, series) {
        const panel = panels > 1 ? series : 0;
        const value = plot.option[lying ? "xAxis" : "yAxis"][panel];
        const middle = (value.min + value.max) / 2;
        const [x, y] = chart.convertToPixel({ xAxisIndex: panel, yAxisIndex: panel }, lying ? [middle, tick] : [tick, middle]);
        chart.dispatchAction({ type: "showTip", x, y });
      },
    });
    chart.on("updateAxisPointer", ({ axesInfo }) => {
      const at = axesInfo?.find((axis) => axis.axisDim === (lying ? "y" : "x"));
      if (at) {
        read.to(at.value, at.axisIndex);
      }
    });

    const restore = switches(figure, chart);
    const fit = new ResizeObserver(() => {
      const before = narrow;
      size();
      chart.resize();
      if (narrow !== before) {
        redraw();
      }
    });
    const picture = figure.querySelector(".chart-save");
    const download = () => save(chart, figure, plot);
    const others = [help, picture].filter(Boolean);
    fit.observe(canvas);
    dark.addEventListener("change", redraw);
    picture?.addEventListener("click", download);
    const hide = (hidden) => {
      [...drawings, ...figure.querySelectorAll(".chart-answers + .chart-readout")].forEach((drawing) => (drawing.hidden = hidden));
      others.forEach((other) => (other.hidden = !hidden));
    };
    hide(true);
    canvas.focus();
    return () => {
      dark.removeEventListener("change", redraw);
      picture?.removeEventListener("click", download);
      fit.disconnect();
      restore();
      chart.dispose();
      read.undo();
      canvas.remove();
      hide(false);
    };
  }

  function offer(figure) {
    const button = figure.querySelector(".chart-interactive");
    const drawings = [...figure.querySelectorAll(".chart-wide, .chart-narrow")];
    if (!button || drawings.length === 0) {
      return;
    }
    drawings.forEach((box) => listen(figure, box, box.classList.contains("chart-narrow") ? 1 : 0));
    const words = button.firstElementChild ?? button;
    const failed = figure.querySelector(".chart-failed");
    const forth = words.textContent;
    let undo = null;
    function leave() {
      undo();
      undo = null;
      words.textContent = forth;
      button.focus();
    }
    button.addEventListener("click", async () => {
      if (undo) {
        leave();
        return;
      }
      button.disabled = true;
      try {
        await Promise.all([load(figure.dataset.echarts), load(figure.dataset.script)]);
        button.disabled = false;
        undo = show(figure, drawings, leave);
        words.textContent = button.dataset.back || forth;
        failed.hidden = true;
      } catch {
        // The drawings stay; the button offers another try.
        figure.querySelectorAll(".chart-canvas, .chart-canvas + .chart-readout").forEach((part) => part.remove());
        failed.hidden = false;
        button.disabled = false;
        button.focus();
      }
    });
    button.hidden = false;
  }

  document.querySelectorAll("figure.chart[data-script][data-echarts]").forEach(offer);
})();
