import type { Answer } from "../api/types";

interface Said {
  words: string;
  numbers: string;
}

const plain = (text: string): string => text.replace(/[,，\s]/g, "");
/** 1,234 → 1234; the commas between the cells of a row are followed by a space. */
const ungrouped = (text: string): string => text.replace(/(\d),(?=\d{3}(?!\d))/g, "$1");
const numberOf = (text: string): string => /\d+(?:\.\d+)?/.exec(ungrouped(text))?.[0] ?? "";

const read = new WeakMap<Answer, Said[]>();

function said(answer: Answer): Said[] {
  let quotes = read.get(answer);
  if (!quotes) {
    quotes = answer.evidence.map(({ quote }) => ({ words: plain(quote), numbers: ungrouped(quote) }));
    read.set(answer, quotes);
  }
  return quotes;
}

/** True where a number stands in a quote as itself and not as a part of another. */
function holds(quote: string, number: string): boolean {
  for (let at = quote.indexOf(number); at >= 0; at = quote.indexOf(number, at + 1)) {
    const before = quote.slice(0, at);
    const after = quote.slice(at + number.length);
    if (!/[\d.]$/.test(before) && !/^(?:\d|\.\d)/.test(after)) return true;
  }
  return false;
}

/** The passages of an answer that speak of one of its cells: those with its number or words,
 * and of these those that name something else of its row, where there are any. */
export function supports(answer: Answer, cell: string, row: readonly string[] = []): number[] {
  const quotes = said(answer);
  const number = numberOf(cell);
  const words = plain(cell);
  if (!words) return [];
  const found: number[] = [];
  quotes.forEach((quote, n) => {
    if (number ? holds(quote.numbers, number) : quote.words.includes(words)) found.push(n);
  });
  const others = row.filter((other) => other !== cell && other.length > 1).map(plain);
  const share = (n: number): number => others.filter((other) => quotes[n]!.words.includes(other)).length;
  const best = Math.max(0, ...found.map(share));
  return best ? found.filter((n) => share(n) === best) : found;
}
