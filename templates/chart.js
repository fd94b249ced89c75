// The explorer: charts for readers who ask for more than the drawing. A page
// needs no script to show its charts: each is an SVG. This script offers, beside
// each, a button that loads ECharts from the site itself and draws the same
// figures, to be pointed at, stepped through with the arrow keys, zoomed, taken
// apart by series and saved as a picture; pressed again, it brings the SVG back.
//
// What it expects is figure.html, and beside the page the chart's own script,
// which calls sunshineChart(id, plot); package chart writes it. data-script and
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
      Object.assign(series.label ?? {}, { textBorderColor: series.stack ? "transparent" : paper, textBorderWidth: 3 });
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

  // show puts the explorer in the place of the drawings and gives the function
  // that takes it away again.
  function show(figure, drawings, leave) {
    const plot = plots.get(figure.id);
    const title = figure.querySelector("figcaption").textContent;
    const help = figure.querySelector(".chart-help");
    const canvas = element("div", { class: "chart-canvas", role: "application", tabindex: "0", "aria-label": title, "aria-describedby": help.id });
    const readout = element("p", { class: "chart-readout", "aria-hidden": "true" });
    const spoken = element("p", { class: "hidden", "aria-live": "polite" });
    drawings[0].before(canvas, readout, spoken);
    let narrow = -1;
    const size = () => {
      narrow = canvas.clientWidth < 560 ? 1 : 0;
      canvas.style.height = `${plot.heights[narrow]}px`;
    };
    size();
    const chart = window.echarts.init(canvas);
    const redraw = () => chart.setOption(optionOf(plot, figure, narrow), { notMerge: true });
    redraw();

    // What is pointed at: a tick, and of small panels the series.
    let tick = -1;
    let series = 0;
    const count = (plot.tips[0] ?? [""]).length - 1;
    const panels = (plot.option.grid ?? []).length;
    const lying = plot.option.yAxis?.[0].type === "category";
    function say(aloud) {
      const lines = plot.tips[tick] ?? [];
      const one = [lines[0], lines[series + 1]].join("\n");
      readout.textContent = panels > 1 ? one : lines.join("\n");
      if (aloud) {
        const all = lines.join("，");
        spoken.textContent = (panels > 1 || all.length > 160 ? one : all).slice(0, 160);
      }
    }
    chart.on("updateAxisPointer", ({ axesInfo }) => {
      const at = axesInfo?.find((axis) => axis.axisDim === (lying ? "y" : "x"));
      if (at && (at.value !== tick || panels > 1)) {
        tick = at.value;
        series = panels > 1 ? at.axisIndex : series;
        say(false);
      }
    });
    canvas.addEventListener("keydown", (event) => {
      const along = lying ? ["ArrowUp", "ArrowDown"] : ["ArrowLeft", "ArrowRight"];
      const across = lying ? ["ArrowLeft", "ArrowRight"] : ["ArrowUp", "ArrowDown"];
      const last = plot.tips.length - 1;
      const step = (keys) => (event.key === keys[0] ? -1 : event.key === keys[1] ? 1 : 0);
      if (event.key === "Escape") {
        leave();
        return;
      } else if (event.key === "Home" || event.key === "End") {
        tick = event.key === "Home" ? 0 : last;
      } else if (step(along)) {
        tick = tick < 0 ? (step(along) < 0 ? last : 0) : Math.min(Math.max(tick + step(along), 0), last);
      } else if (step(across) && count > 1) {
        series = (series + step(across) + count) % count;
        tick = Math.max(tick, 0);
      } else {
        return;
      }
      event.preventDefault();
      const panel = panels > 1 ? series : 0;
      const value = plot.option[lying ? "xAxis" : "yAxis"][panel];
      const middle = (value.min + value.max) / 2;
      const [x, y] = chart.convertToPixel({ xAxisIndex: panel, yAxisIndex: panel }, lying ? [middle, tick] : [tick, middle]);
      chart.dispatchAction({ type: "showTip", x, y });
      const lines = plot.tips[tick];
      const one = `${lines[0]}\n${lines[series + 1] ?? ""}`;
      say(true);
      if (step(across)) {
        spoken.textContent = one.slice(0, 160);
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
      drawings.forEach((drawing) => (drawing.hidden = hidden));
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
      canvas.remove();
      readout.remove();
      spoken.remove();
      hide(false);
    };
  }

  function offer(figure) {
    const button = figure.querySelector(".chart-interactive");
    const drawings = [...figure.querySelectorAll(".chart-wide, .chart-narrow")];
    if (!button || drawings.length === 0) {
      return;
    }
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
        figure.querySelectorAll(".chart-canvas, .chart-readout").forEach((part) => part.remove());
        failed.hidden = false;
        button.disabled = false;
        button.focus();
      }
    });
    button.hidden = false;
  }

  document.querySelectorAll("figure.chart[data-script][data-echarts]").forEach(offer);
})();
