import { forceCenter, forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY, type SimulationNodeDatum } from "d3-force";
import { useMemo, useRef } from "preact/hooks";
import type { Subgraph } from "../api/graph";
import { save } from "../export/save";
import { entityPath } from "../route";
import { labelOf, useWords, type Words } from "../words";
import { useTerms } from "../words/terms";

interface Spot extends SimulationNodeDatum {
  id: string;
  class: string;
  name: string;
}

const WIDTH = 1100;
const HEIGHT = 620;
const TICKS = 220;
const SMALLEST: readonly [number, number] = [960, 380];

/** Where the things stand: computed at once, so that nothing moves while it is read. */
function spots(graph: Subgraph): Spot[] {
  const nodes: Spot[] = graph.nodes.map((n) => ({ ...n }));
  forceSimulation(nodes)
    .force("link", forceLink<Spot, { source: string; target: string }>(graph.edges.map(({ source, target }) => ({ source, target }))).id((n) => n.id).distance(130))
    .force("charge", forceManyBody().strength(-520))
    .force("collide", forceCollide(48))
    .force("x", forceX(WIDTH / 2).strength(0.05))
    .force("y", forceY(HEIGHT / 2).strength(0.09))
    .force("centre", forceCenter(WIDTH / 2, HEIGHT / 2))
    .stop()
    .tick(TICKS);
  return nodes;
}

interface Line {
  key: string;
  source: string;
  target: string;
  label: string;
  denied: boolean;
}

/** Relationships between the same two things are one line with all their names. */
function lines(graph: Subgraph, w: Words): Line[] {
  const found = new Map<string, Line>();
  for (const { source, target, label, polarity } of graph.edges) {
    const key = [source, target].sort().join("\n");
    const line = found.get(key) ?? { key, source, target, label: "", denied: true };
    const name = labelOf(label, w);
    if (!line.label.split("、").includes(name)) line.label = line.label ? `${line.label}、${name}` : name;
    line.denied &&= polarity === "denied";
    found.set(key, line);
  }
  return [...found.values()];
}

/** With more lines than this their names would cover the picture; they show on hovering. */
const NAMED = 24;

const short = (name: string): string => ([...name].length > 12 ? `${[...name].slice(0, 11).join("")}…` : name);

/** A small graph; every thing is a link to its page, and the list below says the same in words. */
export function Graph({ graph }: { graph: Subgraph }) {
  const w = useWords();
  const terms = useTerms();
  const svg = useRef<SVGSVGElement>(null);
  const placed = useMemo(() => spots(graph), [graph]);
  const drawn = useMemo(() => lines(graph, w), [graph, w]);
  const at = new Map(placed.map((n) => [n.id, n]));
  const xs = placed.map((n) => n.x ?? 0);
  const ys = placed.map((n) => n.y ?? 0);
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  // a few things are not blown up
  const [width, height] = [Math.max(SMALLEST[0], right - left + 180), Math.max(SMALLEST[1], bottom - top + 90)];
  const box = [(left + right - width) / 2, (top + bottom - height) / 2 + 5, width, height];
  const classes = [...new Set(placed.map((n) => n.class))];
  const download = (): void => {
    const copy = svg.current!.cloneNode(true) as SVGSVGElement;
    copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    copy.querySelectorAll("path").forEach((p) => p.setAttribute("style", "stroke:#94a7bb;fill:none"));
    copy.querySelectorAll("text").forEach((t) => t.setAttribute("style", "font:12px 'Microsoft YaHei','Noto Sans CJK SC',sans-serif;text-anchor:middle"));
    save("graph.svg", "image/svg+xml", copy.outerHTML);
  };
  return (
    <div class="graph">
      <p class="graph-legend small">
        {classes.map((c, n) => (
          <span key={c}>
            <span class={`dot hue-${n % 8}`} /> {terms.cls(c)}
          </span>
        ))}
        <button type="button" class="quiet" onClick={download}>
          SVG
        </button>
      </p>
      <svg ref={svg} viewBox={box.join(" ")} role="group" aria-label={w.console.graphLabel(graph.nodes.length, graph.edges.length)}>
        {drawn.map((e) => {
          const [a, b] = [at.get(e.source), at.get(e.target)];
          if (!a || !b) return null;
          return (
            <g key={e.key} class={`graph-edge${e.denied ? " denied" : ""}`}>
              <title>{`${a.name} — ${e.label} — ${b.name}`}</title>
              <path d={`M${a.x},${a.y}L${b.x},${b.y}`} />
              {drawn.length <= NAMED && (
                <text x={((a.x ?? 0) + (b.x ?? 0)) / 2} y={((a.y ?? 0) + (b.y ?? 0)) / 2 - 3}>
                  {e.label}
                </text>
              )}
            </g>
          );
        })}
        {placed.map((n) => (
          <a key={n.id} href={entityPath(n.id)} class={`graph-node hue-${classes.indexOf(n.class) % 8}`} aria-label={`${terms.cls(n.class)} ${n.name}`}>
            <title>{n.name}</title>
            <circle cx={n.x} cy={n.y} r="9" />
            <text x={n.x} y={(n.y ?? 0) + 24}>
              {short(n.name)}
            </text>
          </a>
        ))}
      </svg>
      <details class="part">
        <summary>{w.console.asList}</summary>
        <ul class="small">
          {graph.edges.map((e) => (
            <li key={e.id}>
              {at.get(e.source)?.name} — {labelOf(e.label, w)} → {at.get(e.target)?.name}
            </li>
          ))}
        </ul>
      </details>
    </div>
  );
}
