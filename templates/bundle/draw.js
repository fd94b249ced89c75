// The drawing of one chart at build time, for a JavaScript engine without a
// browser: sunshineDraw(option, width, height) gives the SVG as a string.
import { init, setPlatformAPI, use } from "echarts/core";
import { BarChart, LineChart, ScatterChart } from "echarts/charts";
import { GridComponent } from "echarts/components";
import { SVGRenderer } from "echarts/renderers";
import { fillLabels } from "./labels.js";

use([BarChart, LineChart, ScatterChart, GridComponent, SVGRenderer]);

// Package chart lays everything out itself; of what ECharts measures only the
// height of a line matters, which it takes from the width of one Han character.
setPlatformAPI({ measureText: (text) => ({ width: text.length * 16 }) });

// Nothing is animated; the loop that ECharts starts has nothing to do.
globalThis.setTimeout = globalThis.clearTimeout = () => 0;

globalThis.sunshineDraw = function (option, width, height) {
  const chart = init(null, null, { renderer: "svg", ssr: true, width, height });
  chart.setOption(fillLabels(JSON.parse(option)));
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
};
