import type { Answer } from "../api/types";
import type { Words } from "../words";

/** An answer as text for a report: what was asked and found, and where it stands. */
export function withSources(answer: Answer, w: Words): string {
  const sources = answer.evidence.map((e, n) => {
    const place = [e.document, e.section, e.cells].filter(Boolean).join(" ");
    return `[${n + 1}] ${place}${e.grade ? ` (${e.grade})` : ""}${w.colon}${e.quote.replace(/\s+/g, " ")}${e.url ? ` ${e.url}` : ""}`;
  });
  return [answer.asked || answer.question, answer.text, ...answer.notes, ...(sources.length ? ["", w.ask.evidence, ...sources] : [])].join("\n");
}
