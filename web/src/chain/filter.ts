import type { Link, Ref } from "../api/graph";
import type { Board, Firm } from "./model";

export interface Filter {
  region: string;
  role: string;
  year: string;
  words: string;
}

export const NO_FILTER: Filter = { region: "", role: "", year: "", words: "" };

export const yearOf = (link: Link): string => {
  const year = link.qualifiers["year"];
  return year === undefined || year === null ? "" : String(year);
};

/** The years that a firm is said to be a member of; none for one that stands at the edge. */
const yearsOf = (firm: Firm): string[] => firm.member?.years ?? [];

export interface Choices {
  regions: Ref[];
  roles: string[];
  years: string[];
}

const byName = new Intl.Collator("zh-CN", { numeric: true }).compare;

/** The place that a place lies in. */
export type Wider = ReadonlyMap<string, Ref>;

/** A place and all that it lies in. */
function upwards(place: Ref, wider: Wider): Ref[] {
  const found = [place];
  for (let next = wider.get(place.id); next && !found.some((p) => p.id === next!.id); next = wider.get(next.id)) found.push(next);
  return found;
}

/** What there is to choose from on a board. */
export function choices({ firms, links }: Board, wider: Wider = new Map()): Choices {
  const regions = new Map(firms.flatMap((f) => f.places.flatMap((p) => upwards(p, wider)).map((p) => [p.id, p] as const)));
  return {
    regions: [...regions.values()].sort((a, b) => byName(a.name, b.name)),
    roles: [...new Set(firms.flatMap((f) => f.roles))].sort(byName),
    years: [...new Set([...firms.flatMap(yearsOf), ...links.map(yearOf)].filter(Boolean))].sort().reverse(),
  };
}

/** The part of a board that passes. A member of which no year is said passes for every year. Things outside the chain stay as long as a link leads to them. */
export function filtered(board: Board, filter: Filter, wider: Wider = new Map()): Board {
  const words = filter.words.trim().toLowerCase();
  const links = board.links.filter((l) => !filter.year || yearOf(l) === filter.year);
  const linked = new Set(links.flatMap((l) => [l.source.id, l.target.id]));
  const passes = (f: Firm): boolean =>
    (!filter.region || f.places.some((p) => upwards(p, wider).some((q) => q.id === filter.region))) &&
    (!filter.role || f.roles.includes(filter.role)) &&
    (!filter.year || !yearsOf(f).length || yearsOf(f).includes(filter.year) || linked.has(f.id)) &&
    (!words || f.name.toLowerCase().includes(words));
  const members = board.firms.filter((f) => f.member && passes(f));
  const shown = new Set(members.map((f) => f.id));
  const outside = board.firms.filter(
    (f) =>
      !f.member &&
      links.some(
        (l) => (l.source.id === f.id && shown.has(l.target.id)) || (l.target.id === f.id && shown.has(l.source.id)),
      ),
  );
  outside.forEach((f) => shown.add(f.id));
  return {
    ...board,
    firms: [...members, ...outside],
    links: links.filter((l) => shown.has(l.source.id) && shown.has(l.target.id)),
  };
}
