import type { ChainPage, Link, Member, Ref } from "../api/graph";

/** Where a thing stands: outside suppliers, the stages in their order, outside customers. */
export const COLUMNS = ["suppliers", "upstream", "midstream", "downstream", "unstated", "customers"] as const;
export type Column = (typeof COLUMNS)[number];

export interface Firm {
  /** of this place on the board; one firm may stand at several stages */
  key: string;
  id: string;
  class: string;
  name: string;
  column: Column;
  roles: string[];
  leads: boolean;
  denied: boolean;
  places: Ref[];
  member: Member | undefined;
}

export interface Board {
  firms: Firm[];
  links: Link[];
  /** links of things on the board to things that are not shown on it: products, standards … */
  others: Link[];
  /** ids of links that are, as far as recorded, the only supply of their product to their buyer */
  single: Set<string>;
}

const isStage = (stage: string): stage is Column => (COLUMNS as readonly string[]).includes(stage);

function firm(member: Member, column: Column): Firm {
  return {
    key: `${column}/${member.id}`,
    id: member.id,
    class: member.class,
    name: member.name,
    column,
    roles: member.roles,
    leads: member.leads,
    denied: member.polarity === "denied",
    places: member.places,
    member,
  };
}

function outsider(thing: Ref, column: Column): Firm {
  return {
    key: `${column}/${thing.id}`,
    id: thing.id,
    class: thing.class,
    name: thing.name,
    column,
    roles: [],
    leads: false,
    denied: false,
    places: [],
    member: undefined,
  };
}

/** The things on a chain's board and the links between them. Things that are no members stand
 * at its edges where a link of the kind that joins members leads to them. */
export function boardOf(chain: ChainPage): Board {
  const firms = chain.stages.flatMap(({ stage, members }) =>
    members.map((member) => firm(member, isStage(stage) ? stage : "unstated")),
  );
  const members = new Set(firms.map((f) => f.id));
  const memberClasses = new Set(firms.map((f) => f.class));
  const suppliers = new Map(chain.suppliers.map((s) => [s.id, s]));
  const joining = joiningTypes(chain, memberClasses);
  const [links, others] = parted(chain.links, (l) => joining.has(l.type));
  const outside = new Map<string, Firm>();
  for (const link of links) {
    for (const [thing, column] of [[link.source, "suppliers"], [link.target, "customers"]] as const) {
      if (members.has(thing.id) || outside.has(thing.id)) continue;
      outside.set(thing.id, outsider(thing, suppliers.has(thing.id) ? "suppliers" : column));
    }
  }
  return { firms: [...firms, ...outside.values()], links, others, single: singleSources(links) };
}

/** The relations that join one thing with its like; others lead to products, honours and such. Where
 * no link shows it, the suppliers do: they are where such links begin. */
function joiningTypes({ links, suppliers }: ChainPage, memberClasses: Set<string>): Set<string> {
  const joining = new Set(
    links.filter((l) => memberClasses.has(l.source.class) && memberClasses.has(l.target.class)).map((l) => l.type),
  );
  const sources = (type: string): string[] => links.filter((l) => l.type === type && l.polarity === "stated").map((l) => l.source.id);
  const explained = new Set([...joining].flatMap(sources));
  const left = new Set(suppliers.map((s) => s.id).filter((id) => !explained.has(id)));
  const known = new Set(suppliers.map((s) => s.id));
  if (left.size)
    for (const type of new Set(links.map((l) => l.type)))
      if (sources(type).some((id) => left.has(id)) && sources(type).every((id) => known.has(id))) joining.add(type);
  return joining;
}

function parted<T>(list: T[], fits: (item: T) => boolean): [T[], T[]] {
  return [list.filter(fits), list.filter((item) => !fits(item))];
}

function singleSources(links: Link[]): Set<string> {
  const supplies = new Map<string, Link[]>();
  for (const link of links) {
    const product = link.qualifiers["product"];
    if (link.polarity !== "stated" || !product) continue;
    const of = `${link.target.id}\n${String(product)}`;
    supplies.set(of, [...(supplies.get(of) ?? []), link]);
  }
  const single = new Set<string>();
  for (const some of supplies.values())
    if (new Set(some.map((l) => l.source.id)).size === 1) some.forEach((l) => single.add(l.id));
  return single;
}
