import { get } from "../api/client";

/** A name to complete at the caret, or a whole question (`GET /api/suggest`). */
export interface Suggestion {
  text: string;
  kind: "entity" | "metric" | "question";
  id: string;
  class: string;
  /** how many characters before the caret it takes the place of */
  matched: number;
}

type Found = Omit<Suggestion, "matched">;

const known = new Map<string, Promise<Found[]>>();

function look(typed: string, signal: AbortSignal): Promise<Found[]> {
  let found = known.get(typed);
  if (!found) {
    found = get<{ suggestions: Found[] }>(`/api/suggest?limit=10&q=${encodeURIComponent(typed)}`, signal).then((f) => f.suggestions);
    known.set(typed, found);
    found.catch(() => known.delete(typed));
    if (known.size > 500) known.clear();
  }
  return found;
}

/** How many characters at the end of a text the name goes on from: its own beginning, else letters
 * that may be its initials (zzs → 株洲市). 0 where it fits nothing there. */
export function overlap(before: string, name: string): number {
  for (let n = Math.min(before.length, name.length - 1); n > 0; n--) if (before.endsWith(name.slice(0, n))) return n;
  return /[a-z]+$/i.exec(before)?.[0].length ?? 0;
}

/** What fits where the text ends: “株洲哪些硬质合” → 硬质合金产业链; questions go on from all of it. */
export function fitting(before: string, found: readonly Found[]): Suggestion[] {
  return found.flatMap((f) => {
    const matched = f.kind === "question" ? before.length : overlap(before, f.text);
    return matched ? [{ ...f, matched }] : [];
  });
}

export async function suggest(before: string, signal: AbortSignal): Promise<Suggestion[]> {
  return before.trim() ? fitting(before, await look(before, signal)) : [];
}

/** The text with the name completed at the caret, and where the caret goes. */
export function completed(text: string, caret: number, chosen: Suggestion): [string, number] {
  const start = caret - chosen.matched;
  return [text.slice(0, start) + chosen.text + text.slice(caret), start + chosen.text.length];
}
