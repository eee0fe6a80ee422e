import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { api, ApiError } from "../api/client";
import type { CatalogueEntry } from "../api/graph";
import type { CypherResult } from "../api/types";
import { renamed } from "../route";
import { Copy } from "../shell/Copy";
import { useLoaded } from "../shell/loaded";
import { Problem } from "../shell/Problem";
import { labelOf, useWords } from "../words";
import { useTerms } from "../words/terms";
import { schemaOf } from "./schema";
import { editorIn, type Editor } from "./editor";
import { parametersIn, typed, valueOf } from "./params";
import { Result } from "./Result";

const BEGIN = `MATCH (c:Chain)<-[m:MEMBER_OF]-(e:Enterprise)
RETURN c.id AS chain, e.id AS firm, e.name AS name, m.role AS role
ORDER BY chain, name
LIMIT 50`;

interface Outcome {
  result?: CypherResult;
  params?: Record<string, unknown>;
  failure?: unknown;
  busy: boolean;
}

function given(query: URLSearchParams): Record<string, string> {
  try {
    const params = JSON.parse(query.get("params") ?? "{}") as Record<string, unknown>;
    return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, typed(value)]));
  } catch {
    return {};
  }
}

export function ConsoleView({ query }: { query: URLSearchParams }) {
  const w = useWords();
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<Editor | undefined>(undefined);
  const run = useRef<() => void>(() => undefined);
  const terms = useTerms();
  const schema = useRef(schemaOf(undefined, w));
  const [outcome, setOutcome] = useState<Outcome>({ busy: false });
  const [values, setValues] = useState<Record<string, string>>(() => given(query));
  const [kinds, setKinds] = useState<Record<string, string>>({});
  const [names, setNames] = useState<string[]>([]);
  const [find, setFind] = useState("");
  const [limit, setLimit] = useState(1000);
  const [seconds, setSeconds] = useState(10);
  const running = useRef<AbortController | undefined>(undefined);
  const catalogue = useLoaded((signal) => api.catalogue(signal), []);
  const classes = useMemo(() => terms.ontology?.classes.map((c) => c.name) ?? [], [terms.ontology]);
  schema.current = useMemo(() => schemaOf(terms.ontology, w), [terms.ontology, w]);

  useEffect(() => {
    document.title = `${w.nav.cypher} · NQI-KG`;
    const start = query.get("query") || BEGIN;
    const made = editorIn(host.current!, w.console.editor, w.console.hint, start, () => run.current(), () => schema.current);
    editor.current = made;
    setNames(parametersIn(start));
    const typing = (): void => setNames(parametersIn(made.text()));
    host.current!.addEventListener("keyup", typing);
    const element = host.current!;
    return () => {
      element.removeEventListener("keyup", typing);
      made.destroy();
    };
  }, []);

  run.current = () => {
    const text = editor.current?.text() ?? "";
    const wanted = parametersIn(text);
    setNames(wanted);
    const params = Object.fromEntries(wanted.map((name) => [name, valueOf(values[name] ?? "", kinds[name])]));
    running.current?.abort();
    const stop = new AbortController();
    running.current = stop;
    setOutcome({ busy: true });
    renamed(`/cypher?query=${encodeURIComponent(text)}&params=${encodeURIComponent(JSON.stringify(params))}`);
    api.cypher(text, params, stop.signal, { limit, seconds }).then(
      (result) => stop.signal.aborted || setOutcome({ result, params, busy: false }),
      (failure: unknown) => stop.signal.aborted || setOutcome({ failure, busy: false }),
    );
  };
  const choose = (entry: CatalogueEntry): void => {
    editor.current?.set(entry.query);
    setNames(entry.parameters.map((p) => p.name));
    setKinds(Object.fromEntries(entry.parameters.map((p) => [p.name, p.type])));
    setValues(Object.fromEntries(entry.parameters.map((p) => [p.name, p.example])));
    setOutcome({ busy: false });
  };
  const listed = (catalogue.value?.queries ?? []).filter((q) => `${q.name} ${labelOf(q.title, w)}`.toLowerCase().includes(find.trim().toLowerCase()));
  const titles = new Map(catalogue.value?.queries.flatMap((q) => q.parameters.map((p) => [p.name, p.title] as const)));
  return (
    <div class="console">
      <nav class="catalogue" aria-label={w.console.catalogue}>
        <h2>{w.console.catalogue}</h2>
        <input type="search" value={find} placeholder={w.console.find} aria-label={w.console.find} onInput={(e) => setFind(e.currentTarget.value)} />
        <ul>
          {listed.map((q) => (
            <li key={q.name}>
              <button type="button" class="catalogue-entry" title={q.description.join("\n")} onClick={() => choose(q)}>
                <span>{labelOf(q.title, w)}</span>
                <span class="faint small">{q.name}</span>
              </button>
            </li>
          ))}
        </ul>
        {catalogue.failure !== undefined && <Problem failure={catalogue.failure} again={catalogue.again} />}
      </nav>
      <div class="console-main">
        <form
          class="console-form"
          onSubmit={(event) => {
            event.preventDefault();
            run.current();
          }}
        >
          <div class="editor" ref={host} />
          {names.length > 0 && (
            <fieldset class="params">
              <legend>{w.console.params}</legend>
              {names.map((name) => (
                <label key={name}>
                  <span>
                    <code>${name}</code> {titles.has(name) && <span class="faint small">{labelOf(titles.get(name)!, w)}</span>}
                  </span>
                  <input value={values[name] ?? ""} spellcheck={false} onInput={(e) => setValues({ ...values, [name]: e.currentTarget.value })} />
                </label>
              ))}
            </fieldset>
          )}
          <div class="console-bar">
            <button class="main" disabled={outcome.busy}>
              {w.console.run}
            </button>
            {outcome.busy && (
              <button type="button" onClick={() => (running.current?.abort(), setOutcome({ busy: false }))}>
                {w.cancel}
              </button>
            )}
            <span class="faint small">{w.console.keys}</span>
            <Copy text={() => editor.current?.text() ?? ""} label={w.console.copyQuery} />
            <span class="limits small">
              <span class="faint">{w.console.readOnly}</span>
              <label>
                {w.console.limit}
                <input type="number" min={1} max={10000} value={limit} onInput={(e) => setLimit(Number(e.currentTarget.value) || 1000)} />
              </label>
              <label>
                {w.console.seconds}
                <input type="number" min={1} max={60} value={seconds} onInput={(e) => setSeconds(Number(e.currentTarget.value) || 10)} />
              </label>
            </span>
          </div>
        </form>
        <div aria-live="polite">
          {outcome.failure !== undefined && (
            <>
              <Problem failure={outcome.failure} />
              {outcome.failure instanceof ApiError && outcome.failure.code === "statement" && <p class="faint small">{w.console.readOnlyLong}</p>}
            </>
          )}
        </div>
        {outcome.busy && <div class="waiting" aria-busy="true" />}
        {outcome.result && <Result key={outcome.result.elapsed_ms} result={outcome.result} params={outcome.params ?? {}} classes={classes} />}
        {!outcome.result && !outcome.busy && outcome.failure === undefined && <p class="faint console-hint">{w.console.begin}</p>}
      </div>
    </div>
  );
}
