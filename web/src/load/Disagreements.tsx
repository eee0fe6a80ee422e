import { useState } from "preact/hooks";
import { api } from "../api/client";
import type { Evidence } from "../api/types";
import { documentPath } from "../reader/Reader";
import { entityPath } from "../route";
import { useLoaded } from "../shell/loaded";
import { useWords } from "../words";

const FIRST = 8;
const pathOf = (e: Evidence): string => documentPath(e);

/** The figures on which what is loaded disagrees. */
export function Disagreements({ turn }: { turn: number }) {
  const w = useWords();
  const [all, setAll] = useState(false);
  const { value } = useLoaded((signal) => api.conflicts(signal), [turn]);
  if (!value?.conflicts.length) return null;
  const shown = all ? value.conflicts : value.conflicts.slice(0, FIRST);
  return (
    <section class="card">
      <h2>
        {w.ask.conflicts} <span class="faint small">{value.conflicts.length}{value.truncated && "+"}</span>
      </h2>
      <ul class="disagreements">
        {shown.map((d, n) => (
          <li key={n}>
            <span class={`tag tag-${d.kind}`}>{w.ask[d.kind]}</span>{" "}
            <a href={entityPath(d.subject.id)}>{d.subject.name}</a> {d.metric} {d.period}
            <span class="faint small"> {d.differs_in.length > 0 && w.ask.differsIn(d.differs_in.map((in_) => w.ask.differs[in_] ?? in_).join("、"))}</span>
            <span class="values">
              {d.observations.map((o) => (
                <span key={o.id}>
                  {o.evidence[0] ? (
                    <a href={pathOf(o.evidence[0])} title={o.evidence[0].quote}>
                      {o.shown}
                    </a>
                  ) : (
                    o.shown
                  )}
                  {o.scope && <span class="faint small"> {o.scope}</span>}
                </span>
              ))}
            </span>
          </li>
        ))}
      </ul>
      {shown.length < value.conflicts.length && (
        <button type="button" class="quiet" onClick={() => setAll(true)}>
          {w.showAll(value.conflicts.length)}
        </button>
      )}
    </section>
  );
}
