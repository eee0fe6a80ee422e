import { BarChart, LineChart } from "echarts/charts";
import { GridComponent } from "echarts/components";
import { init, use, type EChartsCoreOption } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { useEffect, useRef } from "preact/hooks";
import { useWords } from "../words";
import type { Chartable } from "./chartable";

use([BarChart, LineChart, GridComponent, SVGRenderer]);

const FONT = '"Microsoft YaHei","PingFang SC","Noto Sans CJK SC",sans-serif';
const INK = "#4a5665";
const ACCENT = "#2f6ea5";

function option({ kind, unit, bars }: Chartable): EChartsCoreOption {
  const names = { type: "category", data: bars.map((b) => b.name), axisLabel: { color: INK, width: 180, overflow: "truncate" }, axisTick: { show: false } };
  const values = { type: "value", scale: kind === "line", axisLabel: { color: INK }, splitLine: { lineStyle: { color: "#e4e8ec" } } };
  const label = { show: bars.length <= 30, position: kind === "bar" ? "right" : "top", formatter: `{c}${unit}`, color: INK };
  return {
    animation: false,
    textStyle: { fontFamily: FONT },
    grid: { left: 8, right: 64, top: 24, bottom: 8, containLabel: true },
    xAxis: kind === "bar" ? values : names,
    yAxis: kind === "bar" ? { ...names, inverse: true } : values,
    series: [{ type: kind, data: bars.map((b) => b.value), label, itemStyle: { color: ACCENT }, lineStyle: { color: ACCENT }, barMaxWidth: 18 }],
  };
}

/** The numbers of an answer as a picture; the table above it says the same to everybody. */
export function Chart({ of, open }: { of: Chartable; open: (row: number) => void }) {
  const w = useWords();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const chart = init(box.current, undefined, { renderer: "svg" });
    chart.setOption(option(of));
    chart.on("click", (event) => open(of.bars[event.dataIndex]!.row));
    const observer = new ResizeObserver(() => chart.resize());
    observer.observe(box.current!);
    return () => {
      observer.disconnect();
      chart.dispose();
    };
  }, [of]);
  const height = of.kind === "bar" ? 50 + of.bars.length * 26 : 260;
  return <div ref={box} class="chart" role="img" aria-label={w.ask.chartLabel(of.bars.length)} style={{ height: `${height}px` }} />;
}
