// The drawing of one chart at build time, for a JavaScript engine without a
// browser: sunshineDraw(option, width, height) gives the SVG as a string.
import { init, use } from "echarts/core";
import { BarChart, LineChart, ScatterChart } from "echarts/charts";
import { GridSimpleComponent } from "echarts/components";
import { SVGRenderer } from "echarts/renderers";

use([BarChart, LineChart, ScatterChart, GridSimpleComponent, SVGRenderer]);

// Nothing is animated; the loop that ECharts starts has nothing to do.
globalThis.setTimeout = globalThis.clearTimeout = () => 0;

globalThis.sunshineDraw = function (option, width, height) {
  const chart = init(null, null, { renderer: "svg", ssr: true, width, height });
  chart.setOption(JSON.parse(option));
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
};
