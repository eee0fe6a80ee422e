import type { RefObject } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Gap } from "../api/graph";
import { labelOf, useWords } from "../words";
import { useTerms } from "../words/terms";
import { step, type Scale } from "./colour";
import { HEAD, HEIGHT, type Edge, type Layout, type Placed } from "./layout";
import type { Column } from "./model";

export type Selected = { kind: "box"; key: string } | { kind: "edge"; key: string } | undefined;

interface Props {
  layout: Layout;
  gaps: Gap[];
  single: ReadonlySet<string>;
  scale: Scale | undefined;
  selected: Selected;
  select: (selected: Selected) => void;
  toggle: (group: string) => void;
  opened: ReadonlySet<string>;
}

/** The width that an element has, followed as it changes. */
export function useWidth(of: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = of.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry!.contentRect.width)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return width;
}

export function Board({ layout, gaps, single, scale, selected, select, toggle, opened }: Props) {
  const w = useWords();
  const terms = useTerms();
  const near = neighbours(layout.edges, selected);
  const faded = (key: string): boolean => near !== undefined && !near.has(key);
  return (
    <div class="board-inner" style={{ width: `${layout.width}px`, height: `${layout.height}px` }} onKeyDown={step_}>
      <svg class="edges" width={layout.width} height={layout.height} aria-hidden="true">
        {layout.edges.map((edge) => {
          const on = selected?.kind === "edge" ? selected.key === edge.key : selected?.kind === "box" && (edge.from.key === selected.key || edge.to.key === selected.key);
          const kind = edge.links.every((l) => l.polarity === "denied") ? " denied" : edge.links.every((l) => single.has(l.id)) ? " single" : "";
          return (
            <g key={edge.key} class={`edge${on ? " on" : selected ? " off" : ""}${kind}`} data-edge={edge.key} onClick={() => select({ kind: "edge", key: edge.key })}>
              <title>{edgeTitle(edge, w.chain.to)}</title>
              <path class="edge-hit" d={edge.path} />
              <path class="edge-line" d={edge.path} style={{ strokeWidth: String(1.3 + Math.min(3, Math.log2(edge.links.length) * 0.7)) }} />
            </g>
          );
        })}
      </svg>
      {layout.columns.map(({ column, x, width, boxes }) => (
        <section key={column} class="board-column" aria-label={w.chain.columnLabel(w.chain.columns[column], count(boxes))} style={{ left: `${x}px`, width: `${width}px` }}>
          <h2>
            {w.chain.columns[column]} <span class="faint">{count(boxes)}</span>
          </h2>
          {boxes.map((box) => (
            <BoxButton key={box.key} box={box} scale={scale} faded={faded(box.key)} pressed={selected?.kind === "box" && selected.key === box.key} opened={opened.has(box.key)} select={select} toggle={toggle} role={terms.role} single={layout.edges.some((e) => e.from.key === box.key && e.links.some((l) => single.has(l.id)))} />
          ))}
          {!boxes.length && <EmptyStage column={column} gaps={gaps} />}
        </section>
      ))}
    </div>
  );
}

const count = (boxes: Placed[]): number => new Set(boxes.flatMap((b) => b.firms.map((f) => f.id))).size;

export const edgeTitle = (edge: Edge, arrow: string): string =>
  `${edge.from.title} ${arrow} ${edge.to.title}${edge.links.length > 1 ? ` (${edge.links.length})` : ""}`;

function neighbours(edges: Edge[], selected: Selected): Set<string> | undefined {
  if (!selected) return undefined;
  if (selected.kind === "edge") {
    const edge = edges.find((e) => e.key === selected.key);
    return edge && new Set([edge.from.key, edge.to.key]);
  }
  const keys = new Set([selected.key]);
  for (const { from, to } of edges) {
    if (from.key === selected.key) keys.add(to.key);
    if (to.key === selected.key) keys.add(from.key);
  }
  return keys;
}

interface BoxProps {
  box: Placed;
  scale: Scale | undefined;
  faded: boolean;
  pressed: boolean;
  opened: boolean;
  single: boolean;
  select: Props["select"];
  toggle: Props["toggle"];
  /** what a role is called */
  role: (role: string) => string;
}

function BoxButton({ box, scale, faded, pressed, opened, single, select, toggle, role }: BoxProps) {
  const w = useWords();
  const group = box.firms.length > 1;
  const firm = box.firms[0]!;
  const figure = group ? undefined : scale?.of.get(firm.id);
  const shade = scale && figure ? ` shade-${step(scale, figure.value)}` : "";
  const marks = [firm.leads && !group ? w.chain.leads : "", ...(group ? [] : firm.roles.map(role))].filter((m, n, all) => m && all.indexOf(m) === n);
  const place = group ? "" : (firm.places[0]?.name ?? "");
  const detail = group ? w.chain.firms(box.firms.length) : [...marks, place].filter(Boolean).join(" · ");
  return (
    <button
      type="button"
      class={`box${group ? " group" : ""}${firm.leads && !group ? " leads" : ""}${firm.denied && !group ? " denied" : ""}${!firm.member ? " outside" : ""}${faded ? " faded" : ""}${shade}`}
      style={{ top: `${box.y}px`, height: `${HEIGHT}px` }}
      aria-pressed={group ? undefined : pressed}
      aria-expanded={group ? opened : undefined}
      title={box.title}
      data-id={group ? undefined : firm.id}
      onClick={() => (group ? toggle(box.key) : select(pressed ? undefined : { kind: "box", key: box.key }))}
    >
      <span class="box-name clip">
        {group ? `${opened ? "▾" : "▸"} ` : ""}
        {box.title}
      </span>
      <span class="box-detail clip">
        {single && !group && <span class="box-single">{w.chain.singleShort}</span>}
        {firm.denied && !group && <span class="box-denied">{w.chain.deniedShort}</span>}
        {detail}
        {figure && <span class="box-figure">{figure.shown}</span>}
      </span>
    </button>
  );
}

/** Nothing recorded is not the same as recorded as none. */
function EmptyStage({ column, gaps }: { column: Column; gaps: Gap[] }) {
  const w = useWords();
  const gap = gaps.find((g) => g.kind === "stage" && g.stage === column);
  const basis = gap?.basis ?? "unrecorded";
  return (
    <p class={`empty-stage empty-${basis}`} style={{ top: `${HEAD}px` }}>
      <span class={`basis basis-${basis}`}>{w.ask.basis[basis]}</span>
      <span class="small">{gap && `${labelOf(gap.what, w)}${w.colon}`}
        {w.chain.emptyStage[basis]}</span>
    </p>
  );
}

/** Arrow keys move between the boxes: up and down in a column, left and right to the next one. */
function step_(event: KeyboardEvent): void {
  const ways: Record<string, [number, number]> = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
  const way = ways[event.key];
  const here = (event.target as HTMLElement).closest<HTMLElement>("button.box");
  if (!way || !here) return;
  event.preventDefault();
  const columns = [...(event.currentTarget as HTMLElement).querySelectorAll(".board-column")].map((c) => [...c.querySelectorAll<HTMLElement>("button.box")]);
  const c = columns.findIndex((boxes) => boxes.includes(here));
  const n = columns[c]!.indexOf(here);
  if (way[1]) columns[c]![n + way[1]]?.focus();
  for (let to = c + way[0]; way[0] && to >= 0 && to < columns.length; to += way[0]) {
    const boxes = columns[to]!;
    if (boxes.length) {
      boxes[Math.min(n, boxes.length - 1)]!.focus();
      break;
    }
  }
}
