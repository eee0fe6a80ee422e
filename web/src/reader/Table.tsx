import { useEffect, useRef, useState } from "preact/hooks";
import type { Sheet } from "../api/types";
import { useWords } from "../words";
import { centred } from "./scroll";
import { cellsOf } from "./text";

const AROUND = 60;

/** The sheets of a table, with the rows around the cells that are highlighted. */
export function Table({ sheets, cells, focus }: { sheets: Sheet[]; cells: string | null; focus: boolean }) {
  const w = useWords();
  const place = cells ? cellsOf(cells) : undefined;
  const named = sheets.findIndex((s) => s.sheet === place?.sheet);
  const [chosen, setChosen] = useState(Math.max(0, named));
  const [before, setBefore] = useState(AROUND);
  const [after, setAfter] = useState(AROUND);
  const body = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (named >= 0) setChosen(named);
    setBefore(AROUND);
    setAfter(AROUND);
    const row = body.current?.querySelector<HTMLElement>("tr.marked");
    if (row) centred(body.current!, row);
    if (focus) row?.focus({ preventScroll: true });
  }, [cells, chosen, focus]);

  const rows = sheets[chosen]?.rows ?? [];
  const here = place && named === chosen ? place : undefined;
  const middle = here?.first ?? 1;
  const first = Math.max(2, middle - before);
  const last = Math.min(rows.length, (here?.last ?? 1) + after);
  const numbers = Array.from({ length: Math.max(0, last - first + 1) }, (_, n) => first + n);
  return (
    <div class="reader-body reader-table" ref={body} tabIndex={0} role="region" aria-label={sheets[chosen]?.sheet}>
      {sheets.length > 1 && (
        <p class="sheet-tabs">
          {sheets.map((s, n) => (
            <button key={n} type="button" class="quiet" aria-pressed={n === chosen} onClick={() => setChosen(n)}>
              {s.sheet}
            </button>
          ))}
        </p>
      )}
      {first > 2 && (
        <button type="button" class="quiet" onClick={() => setBefore(before + 500)}>
          {w.reader.rowsBefore(Math.min(500, first - 2))}
        </button>
      )}
      <table>
        <thead>
          <tr>
            <th class="row-number">1</th>
            {rows[0]?.map((cell, c) => (
              <th key={c} scope="col">
                {cell}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {numbers.map((n) => {
            const hit = here !== undefined && n >= here.first && n <= here.last;
            return (
              <tr key={n} class={hit ? "marked" : undefined} tabIndex={hit ? -1 : undefined}>
                <th class="row-number" scope="row" aria-label={w.reader.row(n)}>
                  {n}
                </th>
                {rows[n - 1]?.map((cell, c) => (
                  <td key={c}>{hit && cell ? <mark>{cell}</mark> : cell}</td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
      {last < rows.length && (
        <button type="button" class="quiet" onClick={() => setAfter(after + 500)}>
          {w.reader.rowsAfter(Math.min(500, rows.length - last))}
        </button>
      )}
    </div>
  );
}
