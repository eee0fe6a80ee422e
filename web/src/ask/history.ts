import { keep, kept } from "../kept";
import type { Status } from "../api/types";

export interface Asked {
  id: string;
  question: string;
  status: Status;
  at: number;
}

const NAME = "nqi.history";
const MOST = 50;

export function asked(): Asked[] {
  try {
    const list: unknown = JSON.parse(kept(NAME) ?? "[]");
    return Array.isArray(list) ? list.filter(isAsked) : [];
  } catch {
    return [];
  }
}

function isAsked(entry: unknown): entry is Asked {
  const e = entry as Partial<Asked> | null;
  return typeof e?.id === "string" && typeof e.question === "string" && typeof e.at === "number";
}

/** The newest first, each question once. */
export function withNewest(list: Asked[], entry: Asked): Asked[] {
  return [entry, ...list.filter((e) => e.question !== entry.question)].slice(0, MOST);
}

export function remember(entry: Asked): void {
  keep(NAME, JSON.stringify(withNewest(asked(), entry)));
}

export function forget(): void {
  keep(NAME, "[]");
}
