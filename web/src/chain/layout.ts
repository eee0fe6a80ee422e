import type { Link } from "../api/graph";
import type { Box } from "./aggregate";
import { COLUMNS, type Column } from "./model";

export const ROW = 50;
export const HEIGHT = 42;
export const HEAD = 34;
const GAP = 74;
const NARROW_GAP = 40;
const NARROWEST = 150;
const WIDEST = 280;

export interface Placed extends Box {
  x: number;
  y: number;
  width: number;
}

export interface Edge {
  key: string;
  from: Placed;
  to: Placed;
  links: Link[];
  path: string;
}

export interface Layout {
  columns: { column: Column; x: number; width: number; boxes: Placed[] }[];
  edges: Edge[];
  width: number;
  height: number;
}

/** Places the boxes in columns from upstream to downstream, linked ones near each other. */
export function layout(boxes: Box[], links: Link[], available: number, always: readonly Column[]): Layout {
  const used = COLUMNS.filter((c) => always.includes(c) || boxes.some((b) => b.column === c));
  const count = Math.max(1, used.length);
  const gap = available < count * (NARROWEST + GAP) ? NARROW_GAP : GAP;
  const width = Math.min(WIDEST, Math.max(NARROWEST, Math.floor((available - gap * (count - 1)) / count)));
  const ordered = order(used.map((column) => boxes.filter((b) => b.column === column)), links);
  const columns = used.map((column, c) => {
    const x = c * (width + gap);
    return { column, x, width, boxes: ordered[c]!.map((box, n) => ({ ...box, x, y: HEAD + n * ROW, width })) };
  });
  const longest = Math.max(1, ...columns.map((c) => c.boxes.length));
  return {
    columns,
    edges: edges(columns.flatMap((c) => c.boxes), links),
    width: count * width + (count - 1) * gap,
    height: HEAD + longest * ROW,
  };
}

/** The links between boxes, several between the same two as one. */
function edges(placed: Placed[], links: Link[]): Edge[] {
  const at = new Map<string, Placed[]>();
  // where a group is open its firms come later than it and take the links
  for (const box of placed) for (const f of box.firms) {
    const boxesOfFirm = at.get(f.id) ?? [];
    const own = boxesOfFirm.filter((b) => b.firms.length === 1 || box.firms.length > 1);
    at.set(f.id, box.firms.length === 1 ? [...own.filter((b) => b.firms.length === 1), box] : own.length ? own : [box]);
  }
  const found = new Map<string, Edge>();
  for (const link of links) {
    const ends = nearest(at.get(link.source.id) ?? [], at.get(link.target.id) ?? []);
    if (!ends || ends[0] === ends[1]) continue;
    const [from, to] = ends;
    const key = `${from.key}>${to.key}`;
    const edge = found.get(key);
    if (edge) edge.links.push(link);
    else found.set(key, { key, from, to, links: [link], path: curve(from, to) });
  }
  return [...found.values()];
}

function nearest(from: Placed[], to: Placed[]): [Placed, Placed] | undefined {
  let best: [Placed, Placed] | undefined;
  for (const a of from)
    for (const b of to) if (!best || Math.abs(a.x - b.x) < Math.abs(best[0].x - best[1].x)) best = [a, b];
  return best;
}

/** From the side of one box to the side of the other; a bow to the right within a column. */
export function curve(from: Placed, to: Placed): string {
  const [y1, y2] = [from.y + HEIGHT / 2, to.y + HEIGHT / 2];
  if (from.x === to.x) {
    const x = from.x + from.width;
    const bow = Math.min(NARROW_GAP - 6, 18 + Math.abs(y2 - y1) / 6);
    return `M${x},${y1}C${x + bow},${y1} ${x + bow},${y2} ${x},${y2}`;
  }
  const forth = from.x < to.x;
  const x1 = forth ? from.x + from.width : from.x;
  const x2 = forth ? to.x : to.x + to.width;
  const middle = (x2 - x1) / 2;
  return `M${x1},${y1}C${x1 + middle},${y1} ${x2 - middle},${y2} ${x2},${y2}`;
}

const SWEEPS = 4;

/** Barycentre order: a box goes where the boxes it is linked with stand, to and fro. */
export function order(columns: Box[][], links: Link[]): Box[][] {
  const result = columns.map((c) => [...c].sort(plainOrder));
  const near = new Map<string, string[]>();
  for (const { source, target } of links) {
    near.set(source.id, [...(near.get(source.id) ?? []), target.id]);
    near.set(target.id, [...(near.get(target.id) ?? []), source.id]);
  }
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const row = new Map<string, number>();
    for (const column of result) column.forEach((box, n) => box.firms.forEach((f) => row.set(f.id, n / column.length)));
    const way = sweep % 2 ? [...result.keys()].reverse() : [...result.keys()];
    for (const c of way) {
      const column = result[c]!;
      const centre = new Map<Box, number>();
      column.forEach((box, n) => {
        const rows = box.firms.flatMap((f) => near.get(f.id) ?? []).flatMap((id) => row.get(id) ?? []);
        centre.set(box, rows.length ? rows.reduce((a, b) => a + b, 0) / rows.length : n / column.length);
      });
      if (links.length) column.sort((a, b) => leading(b) - leading(a) || centre.get(a)! - centre.get(b)!);
      column.forEach((box, n) => box.firms.forEach((f) => row.set(f.id, n / column.length)));
    }
  }
  return opened(result);
}

/** The firms of an opened group stand below it. */
function opened(columns: Box[][]): Box[][] {
  return columns.map((column) => {
    const groups = column.filter((b) => b.firms.length > 1);
    if (!groups.length) return column;
    const inside = new Map(groups.flatMap((g) => g.firms.map((f) => [f.key, g] as const)));
    const alone = column.filter((b) => b.firms.length === 1 && !inside.has(b.key));
    return [
      ...alone,
      ...groups.flatMap((g) => [g, ...column.filter((b) => b.firms.length === 1 && inside.get(b.key) === g)]),
    ];
  });
}

const leading = (box: Box): number => Number(box.firms.some((f) => f.leads));
const collator = new Intl.Collator("zh-CN");
const plainOrder = (a: Box, b: Box): number => leading(b) - leading(a) || collator.compare(a.title, b.title);
