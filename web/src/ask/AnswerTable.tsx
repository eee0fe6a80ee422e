import { useMemo, useState } from "preact/hooks";
import type { Answer } from "../api/types";
import { save } from "../export/save";
import { csv, tsv } from "../export/csv";
import { xlsx, XLSX } from "../export/xlsx";
import { entityPath } from "../route";
import { Copy } from "../shell/Copy";
import { lazily } from "../shell/lazily";
import { PAGE, Pager } from "../shell/Pager";
import { Problem } from "../shell/Problem";
import { useWords } from "../words";
import { chartable } from "./chartable";
import { proofOf, type OpenProof } from "./evidence";
import { sorted, type Order } from "./sort";

const Chart = lazily(() => import("./Chart").then((m) => m.Chart));

interface Props {
  answer: Answer;
  open: OpenProof;
  /** the same answer with all its rows */
  whole: () => Promise<Answer>;
}

/** The rows of an answer page by page: sorted on a click, each name a link, each number a way to its evidence. */
export function AnswerTable({ answer, open, whole }: Props) {
  const w = useWords();
  const [order, setOrder] = useState<Order>();
  const [page, setPage] = useState(0);
  const [drawn, setDrawn] = useState(false);
  const [fetching, setFetching] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const chart = useMemo(() => chartable(answer), [answer]);
  const numbers = useMemo(() => sorted(answer.rows, order), [answer, order]);
  const names = useMemo(() => new Map(answer.graph.nodes.map((n) => [n.name, n.id])), [answer]);
  const alike = useMemo(() => namesakes(answer), [answer]);
  // a column without any value says nothing here; the files have it
  const columns = useMemo(() => answer.columns.map((_, c) => c).filter((c) => answer.rows.some((row) => row[c])), [answer]);
  const basisColumn = answer.row_basis.some((b) => b !== null)
    ? answer.rows[0]?.findIndex((_, c) => answer.rows.every((r, n) => r[c] === answer.row_basis[n]))
    : undefined;
  const total = answer.total ?? answer.rows.length;
  const more = total > answer.rows.length;
  const table = (of: Answer): string[][] => {
    const rows = sorted(of.rows, order).map((n) => of.rows[n]!.map((cell, c) => (c === basisColumn ? w.ask.basis[of.row_basis[n]!] : (w.kinds[cell] ?? cell))));
    return [of.columns, ...rows];
  };
  /** Does something with all rows, which are fetched first where only some are here. */
  const withAll = (use: (of: Answer) => void): void => {
    if (!more) return use(answer);
    setFetching(true);
    setFailure(undefined);
    whole().then(use, setFailure).finally(() => setFetching(false));
  };
  const at = Math.min(page, Math.max(0, Math.ceil(numbers.length / PAGE) - 1));
  const file = answer.question.slice(0, 40);
  return (
    <section class="part" aria-busy={fetching}>
      <h3>
        {w.ask.table} <span class="faint small">{w.ask.rows(total)}</span>
        <span class="part-tools">
          {chart && (
            <button type="button" class="quiet" aria-pressed={drawn} onClick={() => setDrawn(!drawn)}>
              {w.ask.chart}
            </button>
          )}
          <Copy text={() => tsv(table(answer))} />
          <button type="button" class="quiet" disabled={fetching} title={w.ask.allRows(total)} onClick={() => withAll((of) => save(`${file}.csv`, "text/csv", csv(table(of))))}>
            CSV
          </button>
          <button type="button" class="quiet" disabled={fetching} title={w.ask.allRows(total)} onClick={() => withAll((of) => save(`${file}.xlsx`, XLSX, xlsx(table(of))))}>
            XLSX
          </button>
        </span>
      </h3>
      {more && (
        <p class="note">
          {w.ask.firstRows(answer.rows.length, total)}{" "}
          <button type="button" class="link" disabled={fetching} onClick={() => withAll(() => undefined)}>
            {w.showAll(total)}
          </button>
        </p>
      )}
      {failure !== undefined && <Problem failure={failure} />}
      <div class="table-frame" tabIndex={0} role="region" aria-label={w.ask.table}>
        <table>
          <thead>
            <tr>
              {columns.map((c) => [c, answer.columns[c]!] as const).map(([c, name]) => (
                <th key={c} scope="col" aria-sort={order?.column === c ? (order.up ? "ascending" : "descending") : "none"}>
                  <button
                    type="button"
                    title={w.ask.sortBy(name)}
                    onClick={() => {
                      setOrder({ column: c, up: order?.column === c ? !order.up : true });
                      setPage(0);
                    }}
                  >
                    {name}
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {numbers.slice(at * PAGE, (at + 1) * PAGE).map((n) => {
              const row = answer.rows[n]!;
              const basis = answer.row_basis[n];
              const own = answer.row_ids?.[n] ?? undefined;
              return (
                <tr key={n}>
                  {columns.map((c) => [c, row[c] ?? ""] as const).map(([c, cell]) => (
                    <td key={c} class={/^[-+\d]/.test(cell) ? "number" : undefined}>
                      {basis && c === basisColumn ? (
                        <span class={`basis basis-${basis}`}>{w.ask.basis[basis]}</span>
                      ) : (
                        <Cell cell={cell} row={n} column={c} id={(c === 0 ? own : undefined) ?? names.get(cell)} alike={alike} answer={answer} open={open} />
                      )}
                    </td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <Pager at={at} of={numbers.length} go={setPage} />
      {drawn && chart && (
        <Chart
          of={chart}
          open={(n) => {
            const proof = proofOf(answer, answer.rows[n]!.findLast((cell) => /\d/.test(cell)) ?? "", n);
            if (proof) open(proof);
          }}
        />
      )}
    </section>
  );
}

/** Names that several different things of the rows have: these need their ids beside them. */
function namesakes(answer: Answer): ReadonlySet<string> {
  const ids = new Map<string, string>();
  const found = new Set<string>();
  answer.row_ids?.forEach((id, n) => {
    const name = answer.rows[n]?.[0];
    if (!id || !name) return;
    if (ids.has(name) && ids.get(name) !== id) found.add(name);
    ids.set(name, id);
  });
  return found;
}

interface CellProps {
  cell: string;
  row: number;
  column: number;
  id: string | undefined;
  alike: ReadonlySet<string>;
  answer: Answer;
  open: OpenProof;
}

function Cell({ cell, row, column, id, alike, answer, open }: CellProps) {
  const w = useWords();
  const proof = useMemo(() => (column === 0 || id || /\d/.test(cell) ? proofOf(answer, cell, row) : undefined), [answer, cell, row, column, id]);
  if (!cell) return null;
  const mark = proof && (
    <button type="button" class="proof" onClick={() => open(proof)} title={w.ask.evidenceOf(cell)}>
      <span class="off-screen">{w.ask.evidenceOf(cell)}</span>
    </button>
  );
  if (id) {
    return (
      <span class="cell">
        <a href={entityPath(id)} title={id}>
          {cell}
        </a>
        {column === 0 && alike.has(cell) && <span class="faint small">{id}</span>}
        {mark}
      </span>
    );
  }
  if (/\d/.test(cell) && proof) {
    return (
      <button type="button" class="link" onClick={() => open(proof)} title={w.ask.evidenceOf(cell)}>
        {cell}
      </button>
    );
  }
  return (
    <span class="cell">
      {w.kinds[cell] ?? cell}
      {column === 0 && mark}
    </span>
  );
}
