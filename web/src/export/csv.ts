type Cell = unknown;

export const text = (cell: Cell): string =>
  cell === null || cell === undefined ? "" : typeof cell === "object" ? JSON.stringify(cell) : String(cell);

/** A cell that a spreadsheet would take for a formula is marked as text. */
const harmless = (cell: string): string => (/^[=+\-@\t\r]/.test(cell) && !/^[-+]?\d[\d.,]*%?$/.test(cell) ? `'${cell}` : cell);

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** CSV that Excel opens with the right characters: with a byte order mark. */
export function csv(rows: readonly (readonly Cell[])[]): string {
  return "\ufeff" + rows.map((row) => row.map((c) => quoted(harmless(text(c)))).join(",")).join("\r\n") + "\r\n";
}

/** For the clipboard: pasted into a spreadsheet it fills cells. */
export function tsv(rows: readonly (readonly Cell[])[]): string {
  return rows.map((row) => row.map((c) => text(c).replace(/[\t\r\n]+/g, " ")).join("\t")).join("\n");
}
