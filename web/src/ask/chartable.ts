import type { Answer } from "../api/types";

export interface Bar {
  name: string;
  value: number;
  /** the row that it shows */
  row: number;
}

export interface Chartable {
  kind: "bar" | "line";
  unit: string;
  bars: Bar[];
}

const FEWEST = 3;
const MOST = 60;
const VALUE = /^[^\d-]{0,4}(-?\d[\d,]*(?:\.\d+)?)\s*(.*)$/;
const PERIOD = /^\d{4}(?:年|[-/].*)?$/;

/** An answer as a chart: one column of numbers of one unit, named by what tells the rows apart. */
export function chartable(answer: Answer): Chartable | undefined {
  const { rows, columns } = answer;
  if (rows.length < FEWEST || rows.length > MOST || answer.row_basis.some((b) => b !== null)) return undefined;
  for (let c = columns.length - 1; c >= 0; c--) {
    const read = rows.map((row) => VALUE.exec(row[c] ?? ""));
    const units = new Set(read.map((m) => m?.[2] ?? ""));
    if (units.size !== 1 || read.some((m) => !m) || rows.every((row) => PERIOD.test(row[c] ?? ""))) continue;
    const named = columns.map((_, n) => n).filter((n) => n !== c && new Set(rows.map((row) => row[n])).size > 1);
    if (!named.length) continue;
    const inTime = named.length === 1 && rows.every((row) => PERIOD.test(row[named[0]!] ?? ""));
    const bars = rows.map((row, n) => ({
      name: named.map((k) => row[k]).filter(Boolean).join(" "),
      value: Number(read[n]![1]!.replaceAll(",", "")),
      row: n,
    }));
    if (inTime) bars.sort((a, b) => (a.name < b.name ? -1 : 1));
    return { kind: inTime ? "line" : "bar", unit: [...units][0]!, bars };
  }
  return undefined;
}
