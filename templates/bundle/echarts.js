// ECharts for the reader's browser, with what an interactive chart of the site
// uses. It draws on a canvas: its SVG carries styles that the site's policy
// forbids.
import { init, use } from "echarts/core";
import { BarChart, LineChart, ScatterChart } from "echarts/charts";
import {
  DataZoomComponent,
  GridComponent,
  LegendComponent,
  TitleComponent,
  TooltipComponent,
} from "echarts/components";
import { LabelLayout } from "echarts/features";
import { CanvasRenderer } from "echarts/renderers";

use([
  BarChart, LineChart, ScatterChart,
  DataZoomComponent, GridComponent, LegendComponent, TitleComponent, TooltipComponent,
  LabelLayout, CanvasRenderer,
]);

globalThis.echarts = { init };
