export interface Order {
  column: number;
  up: boolean;
}

const NUMBER = /^[^\d-]*(-?\d[\d,]*(?:\.\d+)?)/;
const collator = new Intl.Collator("zh-CN", { numeric: true });

const valueOf = (cell: string): number => Number(NUMBER.exec(cell)?.[1]?.replaceAll(",", "") ?? NaN);

/** The numbers of the rows in an order: by value where the whole column has numbers, else by
 * name; empty cells last. */
export function sorted(rows: readonly (readonly string[])[], order: Order | undefined): number[] {
  const numbers = rows.map((_, n) => n);
  if (!order) return numbers;
  const cells = rows.map((row) => row[order.column] ?? "");
  const values = cells.map(valueOf);
  const numeric = cells.every((cell, n) => !cell || (/^[-+\d]/.test(cell) && !Number.isNaN(values[n])));
  const way = order.up ? 1 : -1;
  return numbers.sort((a, b) => {
    if (!cells[a] || !cells[b]) return Number(!cells[a]) - Number(!cells[b]) || a - b;
    const difference = numeric ? values[a]! - values[b]! : collator.compare(cells[a]!, cells[b]!);
    return difference * way || a - b;
  });
}
