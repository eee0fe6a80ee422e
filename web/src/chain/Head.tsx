import type { ChainPage, Gap } from "../api/graph";
import type { Evidence } from "../api/types";
import { entityPath } from "../route";
import { labelOf, useWords } from "../words";

/** A chain's name, figures, platforms and what it lacks. Every figure opens its evidence. */
export function ChainHead({ chain, open }: { chain: ChainPage; open: (e: Evidence) => void }) {
  const w = useWords();
  const served = chain.relations.filter((r) => !PLACE.has(r.relation) && r.facts.length);
  return (
    <header class="chain-head">
      <div class="chain-title">
        <h1>{chain.name}</h1>
        {chain.places.map((p) => (
          <a key={p.id} class="chip" href={entityPath(p.id)}>
            {p.name}
          </a>
        ))}
        <a class="small" href={entityPath(chain.id)}>
          {w.ask.facts}
        </a>
      </div>
      {chain.observations.length > 0 && (
        <dl class="chain-figures">
          {chain.observations.slice(0, 8).map((o) => (
            <div key={o.id}>
              <dt>
                {o.metric?.name ?? o.phrase} <span class="faint">{o.period}</span>
              </dt>
              <dd>
                <button type="button" class="link" disabled={!o.evidence.length} title={w.ask.evidenceOf(o.shown)} onClick={() => open(o.evidence[0]!)}>
                  {o.shown}
                </button>
              </dd>
            </div>
          ))}
        </dl>
      )}
      {served.length > 0 && (
        <p class="chain-line">
          {served.map((r) => (
            <span key={`${r.relation}${r.direction}`} class="chain-group">
              <span class="faint">{labelOf(r.label, w)}</span>
              {r.facts.slice(0, 6).map((f) => (
                <button key={f.id} type="button" class={`chip${f.polarity === "denied" ? " chip-denied" : ""}`} disabled={!f.evidence.length} onClick={() => open(f.evidence[0]!)} title={w.ask.evidenceOf(f.other.name)}>
                  {f.other.name}
                  {f.polarity === "denied" && ` · ${w.ask.basis.denied}`}
                </button>
              ))}
              {r.facts.length > 6 && <a href={entityPath(chain.id)}>+{r.facts.length - 6}</a>}
            </span>
          ))}
        </p>
      )}
      <Gaps gaps={chain.gaps} open={open} />
    </header>
  );
}

const PLACE = new Set(["LOCATED_IN"]);

function Gaps({ gaps, open }: { gaps: Gap[]; open: (e: Evidence) => void }) {
  const w = useWords();
  if (!gaps.length) return null;
  return (
    <ul class="chain-line gaps" aria-label={w.chain.gaps}>
      <li class="faint" aria-hidden="true">
        {w.chain.gaps}
      </li>
      {gaps.map((gap, n) => {
        const first = gap.evidence[0];
        const inside = (
          <>
            {labelOf(gap.what, w)} <span class={`basis basis-${gap.basis}`}>{w.ask.basis[gap.basis]}</span>
          </>
        );
        return (
          <li key={n}>
            {first ? (
              <button type="button" class="gap" onClick={() => open(first)} title={w.ask.basisLong[gap.basis]}>
                {inside}
              </button>
            ) : (
              <span class="gap" title={w.ask.basisLong[gap.basis]}>
                {inside}
              </span>
            )}
          </li>
        );
      })}
    </ul>
  );
}
