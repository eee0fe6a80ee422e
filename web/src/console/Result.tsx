import { useMemo, useState } from "preact/hooks";
import { api } from "../api/client";
import type { CypherResult } from "../api/types";
import { sorted, type Order } from "../ask/sort";
import { csv, text, tsv } from "../export/csv";
import { save } from "../export/save";
import { xlsx, XLSX } from "../export/xlsx";
import { documentPath } from "../reader/Reader";
import { placeOf } from "../reader/text";
import { entityPath } from "../route";
import { Copy } from "../shell/Copy";
import { useLoaded } from "../shell/loaded";
import { PAGE, Pager } from "../shell/Pager";
import { Problem } from "../shell/Problem";
import { useWords } from "../words";
import { Graph } from "./Graph";
import { idsIn } from "./params";

type Tab = "table" | "graph" | "json";
const TABS: Tab[] = ["table", "graph", "json"];
/** The service draws from at most so many things. */
const DRAWN = 50;

interface Props {
  result: CypherResult;
  params: Record<string, unknown>;
  classes: string[];
}

export function Result({ result, params, classes }: Props) {
  const w = useWords();
  const [tab, setTab] = useState<Tab>("table");
  const ids = useMemo(() => idsIn([Object.values(params), ...result.rows], classes), [result, params, classes.join()]);
  const table = (): unknown[][] => [result.columns, ...result.rows];
  return (
    <section class="result" aria-label={w.console.result}>
      <div class="result-head">
        <div role="tablist" aria-label={w.console.result} onKeyDown={turned}>
          {TABS.map((name) => (
            <button key={name} type="button" role="tab" class="quiet" id={`tab-${name}`} aria-selected={tab === name} aria-controls="result" tabIndex={tab === name ? 0 : -1} onClick={() => setTab(name)}>
              {w.console.tabs[name]}
            </button>
          ))}
        </div>
        <span class="faint small" role="status">
          {w.console.rows(result.rows.length, result.truncated)} · {w.ask.took(result.elapsed_ms)} · {result.engine}
        </span>
        <span class="tools-end">
          <Copy text={() => tsv(table())} />
          <button type="button" class="quiet" onClick={() => save("cypher.csv", "text/csv", csv(table()))}>
            CSV
          </button>
          <button type="button" class="quiet" onClick={() => save("cypher.xlsx", XLSX, xlsx(table()))}>
            XLSX
          </button>
        </span>
      </div>
      {result.truncated && <p class="note">{w.console.truncated(result.rows.length)}</p>}
      {result.warnings.map((warning) => (
        <p key={warning} class="note">
          {warning}
        </p>
      ))}
      <div id="result" role="tabpanel" aria-labelledby={`tab-${tab}`} class="result-body" tabIndex={0}>
        {tab === "table" && <Rows result={result} classes={classes} />}
        {tab === "json" && <pre>{JSON.stringify(result.rows.map((row) => Object.fromEntries(row.map((v, c) => [result.columns[c], v]))), null, 1)}</pre>}
        {tab === "graph" && (ids.length ? <Drawn ids={ids.slice(0, DRAWN)} left={ids.length - DRAWN} /> : <p class="faint">{w.console.noIds}</p>)}
      </div>
    </section>
  );
}

/** Arrow keys go from tab to tab. */
function turned(event: KeyboardEvent): void {
  const way = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
  if (!way) return;
  const tabs = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>("[role=tab]")];
  const next = tabs[(tabs.indexOf(event.target as HTMLElement) + way + tabs.length) % tabs.length];
  next?.click();
  next?.focus();
}

function Drawn({ ids, left }: { ids: string[]; left: number }) {
  const w = useWords();
  const { value, failure, again } = useLoaded((signal) => api.subgraph(ids, 0, signal), [ids.join("\n")]);
  if (failure !== undefined) return <Problem failure={failure} again={again} />;
  if (!value) return <div class="waiting" />;
  return (
    <>
      {left > 0 && <p class="note">{w.console.drawn(DRAWN, left)}</p>}
      <Graph graph={value} />
    </>
  );
}

function Rows({ result, classes }: { result: CypherResult; classes: string[] }) {
  const w = useWords();
  const [order, setOrder] = useState<Order>();
  const [page, setPage] = useState(0);
  const cells = useMemo(() => result.rows.map((row) => row.map(text)), [result]);
  const numbers = useMemo(() => sorted(cells, order), [cells, order]);
  const shown = numbers.slice(page * PAGE, (page + 1) * PAGE);
  if (!result.rows.length) return <p class="faint">{w.console.none}</p>;
  return (
    <>
      <div class="table-frame result-table">
        <table>
          <thead>
            <tr>
              {result.columns.map((name, c) => (
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
            {shown.map((n) => (
              <tr key={n}>
                {result.rows[n]!.map((value, c) => (
                  <td key={c} class={typeof value === "number" ? "number" : undefined}>
                    <Value value={value} classes={classes} passage={passageOf(result, n)} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Pager at={page} of={numbers.length} go={setPage} />
    </>
  );
}

const PASSAGE = /#(?:\d+-\d+|[^#]+![A-Z]+\d+(?::[A-Z]+\d+)?)$/;

/** The first passage that a row names, where it has a column of them. */
function passageOf(result: CypherResult, row: number): string | undefined {
  const found = result.rows[row]?.[result.columns.indexOf("passages")];
  const first: unknown = Array.isArray(found) ? found[0] : found;
  return typeof first === "string" && PASSAGE.test(first) ? first : undefined;
}

/** A value; ids lead to what is recorded of the thing, references of passages into the document, and
 * numbers to the passage that their row names. */
function Value({ value, classes, passage }: { value: unknown; classes: string[]; passage?: string }) {
  if (typeof value === "number" && passage) return <a href={documentPath(placeOf(passage))}>{text(value)}</a>;
  if (value === null || value === undefined) return <span class="faint">null</span>;
  if (typeof value === "string" && PASSAGE.test(value)) return <a href={documentPath(placeOf(value))}>{value}</a>;
  if (typeof value === "string" && idsIn([[value]], classes).length) return <a href={entityPath(value)}>{value}</a>;
  if (Array.isArray(value)) {
    return (
      <>
        {value.slice(0, 20).map((item, n) => (
          <span key={n}>
            {n > 0 && ", "}
            <Value value={item} classes={classes} />
          </span>
        ))}
        {value.length > 20 && <span class="faint"> +{value.length - 20}</span>}
      </>
    );
  }
  return <>{text(value)}</>;
}
