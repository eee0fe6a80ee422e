import type { Firm } from "./model";

/** One box on the board: a firm, or several that are shown as one. */
export interface Box {
  key: string;
  column: Firm["column"];
  firms: Firm[];
  /** what they have in common, where there are several */
  title: string;
}

/** More boxes than this are no picture any more. */
export const READABLE = 120;
/** More buttons than this make scrolling stutter. */
export const MOST = 400;

const one = (firm: Firm): Box => ({ key: firm.key, column: firm.column, firms: [firm], title: firm.name });

/** Firms as boxes. Too many of them are put together by stage and place (or role, whichever
 * gives fewer); groups that were opened show their firms, lead firms always stand alone. */
export function boxes(firms: Firm[], opened: ReadonlySet<string>, unstated: string, all = false): Box[] {
  if (firms.length <= (all ? MOST : READABLE)) return firms.map(one);
  const byPlace = grouped(firms, (f) => f.places[0]?.name ?? unstated);
  const byRole = grouped(firms, (f) => f.roles[0] ?? unstated);
  const groups = byPlace.size <= byRole.size || byPlace.size <= READABLE / 3 ? byPlace : byRole;
  const found: Box[] = firms.filter((f) => f.leads).map(one);
  let room = MOST - found.length - groups.size;
  for (const [key, some] of groups) {
    const [first] = some;
    if (first === undefined) continue;
    if (some.length === 1) found.push(one(first));
    else {
      found.push({ key, column: first.column, firms: some, title: key.split("\n")[1]! });
      if (opened.has(key)) {
        found.push(...some.slice(0, Math.max(0, room)).map(one));
        room -= some.length;
      }
    }
  }
  return found;
}

function grouped(firms: Firm[], by: (firm: Firm) => string): Map<string, Firm[]> {
  const groups = new Map<string, Firm[]>();
  for (const firm of firms) {
    if (firm.leads) continue;
    const key = `${firm.column}\n${by(firm)}`;
    const group = groups.get(key);
    if (group) group.push(firm);
    else groups.set(key, [firm]);
  }
  return groups;
}
