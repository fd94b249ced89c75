// Interactive charts for readers who ask for them. A page needs no script to
// show its charts: each is an SVG. This script offers, beside each, a button
// that loads ECharts from the site itself and draws the same figures so that
// they can be pointed at; pressed again, it brings the SVG back.
//
// It expects, and package render writes:
//
//   <figure class="chart" id="chart-1" data-script="chart-1.js" data-echarts="../../assets/echarts.HASH.js">
//     <figcaption>title</figcaption>
//     <div class="chart-legend">the drawing's legend</div>
//     <div class="chart-wide">SVG</div>
//     <div class="chart-narrow">SVG</div>
//     <button type="button" class="chart-interactive" data-back="text of the way back" hidden>text of the offer</button>
//   </figure>
//
// The two addresses are relative to the page. data-script names the chart's own
// script, which calls sunshineChart(id, plot); data-echarts the bundle that
// defines echarts. Both are classic scripts added as elements, since a page that
// is opened from disk can load nothing else. Nothing here writes markup or a
// style attribute, so the policy script-src 'self'; style-src 'self' holds.
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

  // tip gives the lines of the series that are shown at the tick pointed at.
  function tip(plot, params) {
    const list = Array.isArray(params) ? params : [params];
    const ticks = list.map((p) => (p.seriesType === "scatter" ? p.value[0] : p.dataIndex));
    const lines = plot.tips[ticks[0]] ?? [];
    const series = new Set(list.map((p) => parseInt(p.seriesId, 10)));
    return [lines[0], ...[...series].sort((a, b) => a - b).map((k) => lines[k + 1])].join("\n");
  }

  const dark = matchMedia("(prefers-color-scheme: dark)");
  const still = matchMedia("(prefers-reduced-motion: reduce)");

  function draw(chart, figure, plot) {
    const style = getComputedStyle(figure);
    const option = coloured(plot.option, style);
    for (const axis of [option.xAxis, option.yAxis].flat()) {
      if (axis?.type === "value") {
        axis.axisLabel.formatter = (value, tick) => plot.values[tick] ?? "";
      }
    }
    option.animation = !still.matches;
    option.textStyle = { fontFamily: style.fontFamily };
    if (option.tooltip) {
      Object.assign(option.tooltip, {
        formatter: (params) => tip(plot, params),
        backgroundColor: style.getPropertyValue("--chart-paper").trim(),
        borderColor: style.getPropertyValue("--chart-axis").trim(),
        textStyle: { color: style.getPropertyValue("--chart-ink").trim(), fontFamily: style.fontFamily },
      });
    }
    chart.setOption(option, { notMerge: true });
  }

  // show puts the interactive chart in the place of the drawings and gives the
  // function that takes it away again.
  function show(figure, drawings) {
    const plot = plots.get(figure.id);
    const canvas = document.createElement("div");
    canvas.className = "chart-canvas";
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", figure.querySelector("figcaption")?.textContent ?? "");
    canvas.style.height = `${plot.height}px`;
    drawings[0].before(canvas);
    const chart = window.echarts.init(canvas);
    const redraw = () => draw(chart, figure, plot);
    const fit = new ResizeObserver(() => chart.resize());
    redraw();
    for (const drawing of drawings) {
      drawing.hidden = true;
    }
    figure.classList.add("chart-live");
    fit.observe(canvas);
    dark.addEventListener("change", redraw);
    return () => {
      dark.removeEventListener("change", redraw);
      fit.disconnect();
      chart.dispose();
      canvas.remove();
      figure.classList.remove("chart-live");
      for (const drawing of drawings) {
        drawing.hidden = false;
      }
    };
  }

  function offer(figure) {
    const button = figure.querySelector(".chart-interactive");
    const drawings = [...figure.querySelectorAll(".chart-wide, .chart-narrow")];
    if (!button || drawings.length === 0) {
      return;
    }
    const forth = button.textContent;
    let leave = null;
    button.addEventListener("click", async () => {
      if (leave) {
        leave();
        leave = null;
        button.textContent = forth;
        return;
      }
      button.disabled = true;
      try {
        await Promise.all([load(figure.dataset.echarts), load(figure.dataset.script)]);
        leave = show(figure, drawings);
        button.textContent = button.dataset.back || forth;
      } catch {
        // The drawings stay; the button offers another try.
        figure.querySelector(".chart-canvas")?.remove();
      }
      button.disabled = false;
      button.focus();
    });
    button.hidden = false;
  }

  document.querySelectorAll("figure.chart[data-script][data-echarts]").forEach(offer);
})();
