import type { Answer, Evidence } from "../api/types";
import { placeOf } from "../reader/text";
import { supports } from "./supports";

/** Passages to open one after the other, and which of them comes first. */
export interface Proof {
  list: Evidence[];
  at: number;
}

export type OpenProof = (proof: Proof) => void;

/** The reference that the graph has for a passage. */
export const referenceOf = (e: Pick<Evidence, "document" | "start" | "end" | "cells">): string =>
  `${e.document}#${e.cells ?? `${e.start}-${e.end}`}`;

/** A reference of the graph as evidence that the reader can open. */
export function evidenceAt(reference: string): Evidence {
  return { ...placeOf(reference), section: "", quote: "", url: null, grade: null };
}

/** Passages by their references: with their quotes where the answer quotes them. */
export function quoted(answer: Answer, references: readonly string[]): Evidence[] {
  const known = new Map(answer.evidence.map((e) => [referenceOf(e), e]));
  return references.map((reference) => known.get(reference) ?? evidenceAt(reference));
}

/** What a cell of a row rests on: the row's own passages, the ones with its number first. Rows that
 * name none (older answers) go by the words of what is quoted. */
export function proofOf(answer: Answer, cell: string, row: number): Proof | undefined {
  const cells = answer.rows[row] ?? [];
  const speaking = supports(answer, cell, cells).map((at) => answer.evidence[at]!);
  const own = quoted(answer, answer.row_passages?.[row] ?? []);
  const list = own.length ? own : speaking;
  if (!list.length) return undefined;
  const first = list.findIndex((e) => speaking.includes(e));
  return { list, at: Math.max(0, first) };
}

/** What a value of a disagreement rests on. */
export function proofOfSide(answer: Answer, references: readonly string[], value: string, of: string): Evidence[] {
  const own = quoted(answer, references);
  return own.length ? own : supports(answer, value, of.split(" ")).map((at) => answer.evidence[at]!);
}

export type Piece = string | { text: string; proof: Proof };

const PERIOD = /^\d{4}(?:年|[-/].*)?$/;
const NUMBER = /\d[\d,]*(?:\.\d+)?(?:%|‰)?/g;
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** The sentence of an answer cut so that each number stands beside what it rests on. */
export function pieces(answer: Answer, text: string): Piece[] {
  const proofs = new Map<string, Proof>();
  const keep = (token: string, proof: Proof | undefined): void => {
    if (proof && /\d/.test(token) && !PERIOD.test(token) && !proofs.has(token)) proofs.set(token, proof);
  };
  answer.rows.forEach((row, n) => row.forEach((cell) => keep(cell, proofOf(answer, cell, n))));
  // what was calculated or counted rests on everything that went in
  const all = answer.evidence.length ? { list: answer.evidence, at: 0 } : undefined;
  answer.answers.forEach((item) => keep(item, all));
  if (!proofs.size)
    for (const [number] of text.matchAll(NUMBER)) {
      const at = supports(answer, number)[0];
      if (at !== undefined) keep(number, { list: answer.evidence, at });
    }
  if (!proofs.size) return [text];
  const tokens = [...proofs.keys()].sort((a, b) => b.length - a.length);
  const found: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(new RegExp(`(?<![\\d.])(?:${tokens.map(escaped).join("|")})(?![\\d]|\\.\\d)`, "g"))) {
    if (match.index > end) found.push(text.slice(end, match.index));
    found.push({ text: match[0], proof: proofs.get(match[0])! });
    end = match.index + match[0].length;
  }
  if (end < text.length) found.push(text.slice(end));
  return found;
}
