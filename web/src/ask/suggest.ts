import { get } from "../api/client";

export interface Suggestion {
  id: string;
  name: string;
  class: string;
  /** how many characters before the caret it completes */
  matched: number;
}

interface Found {
  entities: { id: string; name: string; class: string }[];
}

/** The longest and shortest ends of what was typed that are looked up as beginnings of names. */
const LONGEST = 12;
const SHORTEST = 2;
const TRIED = 4;

/** The ends of a text that may be the beginning of a name, longest first. */
export function beginnings(before: string): string[] {
  const run = /[\p{L}\p{N}“”·]+$/u.exec(before)?.[0] ?? "";
  const ends: string[] = [];
  for (let length = Math.min(LONGEST, run.length); length >= SHORTEST; length--) ends.push(run.slice(-length));
  return ends;
}

const known = new Map<string, Promise<Found>>();

function look(prefix: string, signal: AbortSignal): Promise<Found> {
  let found = known.get(prefix);
  if (!found) {
    found = get<Found>(`/api/entities?prefix=${encodeURIComponent(prefix)}&limit=8`, signal);
    known.set(prefix, found);
    found.catch(() => known.delete(prefix));
    if (known.size > 500) known.clear();
  }
  return found;
}

/** Names that go on where the text ends: “株洲哪些硬质合” → 硬质合金产业链. */
export async function suggest(before: string, signal: AbortSignal): Promise<Suggestion[]> {
  const ends = beginnings(before);
  const tried = [...ends.slice(0, 1), ...ends.slice(-TRIED)].filter((end, n, all) => all.indexOf(end) === n);
  const answers = await Promise.all(tried.map((prefix) => look(prefix, signal).then((f) => ({ prefix, f }))));
  // things of one name and class look the same here, and are written the same
  const found = new Map<string, Suggestion>();
  for (const { prefix, f } of answers) {
    for (const { id, name, class: of } of f.entities) {
      if (name.startsWith(prefix) && name !== prefix && !found.has(`${of} ${name}`))
        found.set(`${of} ${name}`, { id, name, class: of, matched: prefix.length });
    }
  }
  return [...found.values()].sort((a, b) => b.matched - a.matched || a.name.length - b.name.length).slice(0, 8);
}

/** The text with the name completed at the caret, and where the caret goes. */
export function completed(text: string, caret: number, chosen: Suggestion): [string, number] {
  const start = caret - chosen.matched;
  return [text.slice(0, start) + chosen.name + text.slice(caret), start + chosen.name.length];
}
