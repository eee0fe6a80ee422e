// Offsets of the service count characters (code points); strings here count UTF-16 units.

/** The index in ``text`` of its ``point``-th character. */
export function unitAt(text: string, point: number): number {
  let unit = 0;
  for (let n = 0; n < point && unit < text.length; n++) unit += text.codePointAt(unit)! > 0xffff ? 2 : 1;
  return unit;
}

export interface Block {
  /** units in the whole text */
  start: number;
  end: number;
  text: string;
  /** 0 for a paragraph, else the depth of the heading */
  level: number;
}

const NUMERAL = "一二三四五六七八九十百零〇两";
const HEADINGS: [RegExp, number][] = [
  [new RegExp(`^第[${NUMERAL}\\d]+[编章]`), 1],
  [new RegExp(`^第[${NUMERAL}\\d]+节`), 2],
  [new RegExp(`^[${NUMERAL}]+、`), 2],
  [new RegExp(`^[（(][${NUMERAL}]+[）)]`), 3],
];
/** Characters of a line that may be a heading. */
export const LONGEST_HEADING = 45;

/** The depth of a line as a heading; 0 where it is none. */
export function headingLevel(line: string): number {
  const marks = /^(#{1,6})\s/.exec(line);
  if (marks) return marks[1]!.length;
  const words = line.trim();
  if (words.length > LONGEST_HEADING || /[。；，：]$/.test(words)) return 0;
  return HEADINGS.find(([start]) => start.test(words))?.[1] ?? 0;
}

/** The lines of a text that are not empty, with their place in it. */
export function blocks(text: string): Block[] {
  const found: Block[] = [];
  let start = 0;
  for (const line of text.split("\n")) {
    if (line.trim()) found.push({ start, end: start + line.length, text: line, level: headingLevel(line) });
    start += line.length + 1;
  }
  return found;
}

export interface Cells {
  sheet: string;
  first: number;
  last: number;
  left: number;
  right: number;
}

const column = (letters: string): number =>
  [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);

/** ``Sheet1!A9:P9`` → rows and columns, counted from 1. */
export function cellsOf(reference: string): Cells | undefined {
  const parts = /^(.*)!([A-Z]+)(\d+)(?::([A-Z]+)(\d+))?$/.exec(reference);
  if (!parts) return undefined;
  const [, sheet, left, first, right, last] = parts;
  return {
    sheet: sheet!,
    left: column(left!),
    first: Number(first),
    right: column(right ?? left!),
    last: Number(last ?? first),
  };
}

/** A passage reference of the graph (``DOC#120-180``, ``DOC#Sheet1!A5:F5``) as a place to open. */
export function placeOf(reference: string): { document: string; start: number | null; end: number | null; cells: string | null } {
  const hash = reference.lastIndexOf("#");
  const document = reference.slice(0, hash);
  const rest = reference.slice(hash + 1);
  const span = /^(\d+)-(\d+)$/.exec(rest);
  return span
    ? { document, start: Number(span[1]), end: Number(span[2]), cells: null }
    : { document, start: null, end: null, cells: cellsOf(rest) ? rest : null };
}
