// An option from package chart brings the labels of its axes with it: axisLabel
// holds the places in customValues and their texts in labels. JSON knows no
// functions, so the formatter that looks them up is made here.
export function fillLabels(option) {
  for (const axis of [option.xAxis, option.yAxis].flat()) {
    const { labels, customValues } = axis.axisLabel;
    if (labels) {
      // For a category ECharts gives the tick's number, for a value the label's.
      axis.axisLabel.formatter = (value, index) =>
        labels[axis.type === "category" ? customValues.indexOf(index) : index];
    }
  }
  return option;
}
