import { useEffect } from "preact/hooks";
import { api } from "../api/client";
import { entityPath } from "../route";
import { useLoaded } from "../shell/loaded";
import { Problem } from "../shell/Problem";
import { useWords } from "../words";
import { Content } from "./Content";

const number = (value: string | null): number | null => (value && /^\d+$/.test(value) ? Number(value) : null);

/** A whole document as a page of its own. */
export function DocumentView({ id, query }: { id: string; query: URLSearchParams }) {
  const w = useWords();
  const { value, failure, again } = useLoaded((signal) => api.document(id, signal), [id]);
  useEffect(() => {
    document.title = `${value?.title || id} · NQI-KG`;
  }, [value, id]);
  return (
    <div class="document">
      <header class="document-head">
        <h1>{value?.title || id}</h1>
        <p class="faint small">
          {[id, value?.number, value?.issuer, value?.dated].filter(Boolean).join(" · ")}{" "}
          {value && <a href={entityPath(`document:${id}`)}>{w.ask.facts}</a>}
        </p>
      </header>
      {failure !== undefined && <Problem failure={failure} again={again} />}
      {value ? (
        <Content of={value} start={number(query.get("start"))} end={number(query.get("end"))} cells={query.get("cells")} focus />
      ) : (
        failure === undefined && <p class="waiting">{w.reader.loading}</p>
      )}
    </div>
  );
}
