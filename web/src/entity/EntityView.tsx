import { useEffect, useState } from "preact/hooks";
import type { EntityPage, Fact, ObservationView, RelationFacts } from "../api/graph";
import { api } from "../api/client";
import type { Evidence } from "../api/types";
import { Passages } from "../chain/Details";
import { Reader } from "../reader/Reader";
import { askPath, chainPath, entityPath } from "../route";
import { useLoaded } from "../shell/loaded";
import { Problem } from "../shell/Problem";
import { labelOf, useWords } from "../words";
import { useTerms } from "../words/terms";

/** Everything that is recorded of one thing; each fact and figure opens its evidence. */
export function EntityView({ id }: { id: string }) {
  const { value, failure, again } = useLoaded((signal) => api.entity(id, signal), [id]);
  const [evidence, setEvidence] = useState<Evidence>();
  useEffect(() => {
    document.title = `${value?.name ?? id} · NQI-KG`;
    setEvidence(undefined);
  }, [value, id]);
  return (
    <div class="ask">
      <div class="ask-main entity">
        {failure !== undefined && <Problem failure={failure} again={again} />}
        {!value && failure === undefined && <div class="waiting" aria-busy="true" />}
        {value && value.id === id && <Entity of={value} open={setEvidence} />}
      </div>
      {evidence && <Reader evidence={evidence} focus close={() => setEvidence(undefined)} />}
    </div>
  );
}

type Open = (evidence: Evidence) => void;

function Entity({ of, open }: { of: EntityPage; open: Open }) {
  const w = useWords();
  const terms = useTerms();
  const attributes = Object.entries(of.attributes).filter(([, v]) => v !== null && v !== "");
  return (
    <>
      <header class="entity-head">
        <p class="faint small">
          {labelOf(of.label, w)}
          {of.subtype_label && ` · ${labelOf(of.subtype_label, w)}`}
          {of.code && ` · ${of.code}`}
        </p>
        <h1>{of.name}</h1>
        {of.aliases.length > 0 && (
          <p class="faint">
            {w.entity.aliases}
            {of.aliases.join("、")}
          </p>
        )}
        <p class="entity-ways">
          {of.class === "Chain" && <a href={chainPath(of.id)}>{w.entity.chain}</a>}
          {of.class === "Document" && <a href={`/document/${of.id.slice("document:".length)}`}>{w.reader.openWhole}</a>}
          <a href={askPath(of.name)}>{w.entity.ask}</a>
        </p>
        {attributes.length > 0 && (
          <dl class="chain-figures">
            {attributes.map(([name, v]) => (
              <div key={name}>
                <dt class="faint">{terms.property(name)}</dt>
                <dd>{Array.isArray(v) ? v.join("、") : String(v)}</dd>
              </div>
            ))}
          </dl>
        )}
      </header>
      {of.observations.length > 0 && <Figures of={of} open={open} />}
      {of.relations
        .filter((r) => r.facts.length)
        .map((r) => (
          <Relation key={r.relation + r.direction} of={r} open={open} />
        ))}
      <section class="card">
        <h2>{w.entity.named}</h2>
        <Passages evidence={of.evidence} passages={of.passages.slice(0, 10)} open={open} />
      </section>
    </>
  );
}

function Figures({ of, open }: { of: EntityPage; open: Open }) {
  const w = useWords();
  return (
    <section class="card">
      <h2>
        {w.chain.figures} <span class="faint small">{of.observations.length}</span>
      </h2>
      <div class="table-frame plain" tabIndex={0} role="region" aria-label={w.chain.figures}>
        <table>
          <thead>
            <tr>
              {w.entity.columns.map((c) => (
                <th key={c} scope="col">
                  {c}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {of.observations.map((o) => (
              <Figure key={o.id} of={o} open={open} />
            ))}
          </tbody>
        </table>
      </div>
      {of.observations_truncated && <p class="faint small">{w.entity.moreFigures}</p>}
    </section>
  );
}

function Figure({ of: o, open }: { of: ObservationView; open: Open }) {
  const w = useWords();
  const terms = useTerms();
  const first = o.evidence[0];
  return (
    <tr>
      <td>
        {o.metric ? (
          <a href={entityPath(o.metric.id)} title={o.phrase}>
            {terms.metric(o.metric.id, o.metric.name)}
          </a>
        ) : (
          o.phrase
        )}
      </td>
      <td>{o.period}</td>
      <td>
        {first ? (
          <button type="button" class="link" onClick={() => open(first)} title={w.ask.evidenceOf(o.shown)}>
            {o.shown}
          </button>
        ) : (
          o.shown
        )}
      </td>
      <td>{w.kinds[o.value_kind] ?? o.value_kind}</td>
      <td class="faint">{o.scope}</td>
    </tr>
  );
}

const FIRST = 20;

function Relation({ of, open }: { of: RelationFacts; open: Open }) {
  const w = useWords();
  const [all, setAll] = useState(false);
  const shown = all ? of.facts : of.facts.slice(0, FIRST);
  return (
    <section class="card">
      <h2>
        {labelOf(of.label, w)} <span class="faint small">{of.facts.length}{of.truncated && "+"}</span>
      </h2>
      <ul class="facts">
        {shown.map((fact) => (
          <FactLine key={fact.id} of={fact} open={open} />
        ))}
      </ul>
      {shown.length < of.facts.length && (
        <button type="button" class="quiet" onClick={() => setAll(true)}>
          {w.showAll(of.facts.length)}
        </button>
      )}
    </section>
  );
}

function FactLine({ of, open }: { of: Fact; open: Open }) {
  const w = useWords();
  const terms = useTerms();
  const said = Object.entries(of.qualifiers).map(([name, v]) => `${terms.property(name)}${w.colon}${name === "role" ? terms.role(String(v)) : String(v)}`);
  return (
    <li>
      <span>
        <a href={entityPath(of.other.id)}>{of.other.name}</a> <span class="faint small">{terms.cls(of.other.class)}</span>
        {of.polarity === "denied" && <span class="basis basis-denied">{w.ask.basis.denied}</span>}
      </span>
      <span class="faint small">{said.join(" · ")}</span>
      <span class="fact-sources">
        {of.evidence.map((e, n) => (
          <button key={n} type="button" class="quiet" onClick={() => open(e)} title={e.quote}>
            <span class="off-screen">{w.ask.evidenceOf(of.other.name)} </span>
            {e.document.split("/").at(-1)} {e.cells?.split("!")[1] ?? e.section.split(" ")[0]}
          </button>
        ))}
      </span>
    </li>
  );
}
