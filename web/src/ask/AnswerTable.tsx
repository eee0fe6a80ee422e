import { useMemo, useState } from "preact/hooks";
import type { Answer } from "../api/types";
import { save } from "../export/save";
import { csv, tsv } from "../export/csv";
import { xlsx } from "../export/xlsx";
import { entityPath } from "../route";
import { Copy } from "../shell/Copy";
import { useWords } from "../words";
import { lazily } from "../shell/lazily";
import { chartable } from "./chartable";
import { sorted, type Order } from "./sort";
import { supports } from "./supports";

const FIRST = 50;
const Chart = lazily(() => import("./Chart").then((m) => m.Chart));

/** The rows of an answer: sorted on a click, each name a link, each number a way to its evidence. */
export function AnswerTable({ answer, open }: { answer: Answer; open: (at: number) => void }) {
  const w = useWords();
  const [order, setOrder] = useState<Order>();
  const [all, setAll] = useState(false);
  const [drawn, setDrawn] = useState(false);
  const chart = useMemo(() => chartable(answer), [answer]);
  const numbers = useMemo(() => sorted(answer.rows, order), [answer, order]);
  const shown = all ? numbers : numbers.slice(0, FIRST);
  const names = useMemo(() => new Map(answer.graph.nodes.map((n) => [n.name, n.id])), [answer]);
  const ids = useMemo(() => idsOfRows(answer), [answer]);
  // a column without any value says nothing here; the files have it
  const columns = useMemo(() => answer.columns.map((_, c) => c).filter((c) => answer.rows.some((row) => row[c])), [answer]);
  const table = (): string[][] => [answer.columns, ...numbers.map((n) => answer.rows[n]!)];
  const basisColumn = answer.row_basis.some((b) => b !== null)
    ? answer.rows[0]?.findIndex((_, c) => answer.rows.every((r, n) => r[c] === answer.row_basis[n]))
    : undefined;
  const openRow = (n: number): void => {
    const row = answer.rows[n]!;
    const at = row.flatMap((cell) => (/\d/.test(cell) ? supports(answer, cell, row) : []))[0];
    if (at !== undefined) open(at);
  };
  const file = `${answer.question.slice(0, 40)}`;
  return (
    <section class="part">
      <h3>
        {w.ask.table} <span class="faint small">{w.ask.rows(answer.rows.length)}</span>
        <span class="part-tools">
          {chart && (
            <button type="button" class="quiet" aria-pressed={drawn} onClick={() => setDrawn(!drawn)}>
              {w.ask.chart}
            </button>
          )}
          <Copy text={() => tsv(table())} />
          <button type="button" class="quiet" onClick={() => save(`${file}.csv`, "text/csv", csv(table()))}>
            CSV
          </button>
          <button type="button" class="quiet" onClick={() => save(`${file}.xlsx`, XLSX, xlsx(table()))}>
            XLSX
          </button>
        </span>
      </h3>
      <div class="table-frame" tabIndex={0} role="region" aria-label={w.ask.table}>
        <table>
          <thead>
            <tr>
              {columns.map((c) => [c, answer.columns[c]!] as const).map(([c, name]) => (
                <th key={c} scope="col" aria-sort={order?.column === c ? (order.up ? "ascending" : "descending") : "none"}>
                  <button type="button" onClick={() => setOrder({ column: c, up: order?.column === c ? !order.up : true })} title={w.ask.sortBy(name)}>
                    {name}
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((n) => {
              const row = answer.rows[n]!;
              const basis = answer.row_basis[n];
              return (
                <tr key={n}>
                  {columns.map((c) => [c, row[c] ?? ""] as const).map(([c, cell]) => (
                    <td key={c} class={/^[-+\d]/.test(cell) ? "number" : undefined}>
                      {basis && c === basisColumn ? (
                        <span class={`basis basis-${basis}`}>{w.ask.basis[basis]}</span>
                      ) : (
                        <Cell cell={cell} row={row} id={c === 0 ? (ids[n] ?? names.get(cell)) : names.get(cell)} answer={answer} open={open} />
                      )}
                    </td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {drawn && chart && <Chart of={chart} open={(n) => openRow(n)} />}
      {shown.length < numbers.length && (
        <button type="button" class="quiet" onClick={() => setAll(true)}>
          {w.showAll(numbers.length)}
        </button>
      )}
    </section>
  );
}

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** Things of one name stand in the graph in the order of their rows. */
function idsOfRows(answer: Answer): (string | undefined)[] {
  const taken = new Map<string, number>();
  return answer.rows.map(([name = ""]) => {
    const same = answer.graph.nodes.filter((node) => node.name === name);
    const turn = taken.get(name) ?? 0;
    taken.set(name, turn + 1);
    return same[Math.min(turn, same.length - 1)]?.id;
  });
}

interface CellProps {
  cell: string;
  row: string[];
  id: string | undefined;
  answer: Answer;
  open: (at: number) => void;
}

function Cell({ cell, row, id, answer, open }: CellProps) {
  const w = useWords();
  if (!cell) return null;
  const at = supports(answer, cell, row);
  const first = at[0];
  if (id) {
    return (
      <span class="cell">
        <a href={entityPath(id)} title={id}>
          {cell}
        </a>
        {first !== undefined && (
          <button type="button" class="proof" onClick={() => open(first)} title={w.ask.evidenceOf(cell)}>
            <span class="off-screen">{w.ask.evidenceOf(cell)}</span>
          </button>
        )}
      </span>
    );
  }
  if (/\d/.test(cell) && first !== undefined) {
    return (
      <button type="button" class="link" onClick={() => open(first)} title={w.ask.evidenceOf(cell)}>
        {cell}
      </button>
    );
  }
  return <>{w.entity.kinds[cell] ?? cell}</>;
}
