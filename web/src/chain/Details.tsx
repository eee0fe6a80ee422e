import type { Link } from "../api/graph";
import type { Evidence } from "../api/types";
import { Grade } from "../ask/EvidenceList";
import { entityPath } from "../route";
import { labelOf, useWords } from "../words";
import { useTerms } from "../words/terms";
import { evidenceAt } from "../ask/evidence";
import type { Measured } from "./colour";
import type { Edge } from "./layout";
import type { Board, Firm } from "./model";

interface Common {
  board: Board;
  open: (evidence: Evidence) => void;
  close: () => void;
}

/** So many links of a firm show their passages at once. */
const SHOWN = 3;

/** The passages of a fact; those that are not quoted yet open all the same. */
export function Passages({ evidence, passages, open }: { evidence: Evidence[]; passages: string[]; open: (e: Evidence) => void }) {
  const w = useWords();
  const more = passages.slice(evidence.length).map(evidenceAt);
  return (
    <ol class="evidence">
      {[...evidence, ...more].map((e, n) => (
        <li key={n}>
          <button type="button" class="passage" onClick={() => open(e)}>
            <span class="passage-where">
              <Grade grade={e.grade} />
              <span class="clip">{e.document}</span>
              <span class="faint clip">{e.cells ?? e.section}</span>
            </span>
            {e.quote && <q>{e.quote}</q>}
          </button>
        </li>
      ))}
      {!evidence.length && !more.length && <li class="faint small">{w.ask.noEvidence}</li>}
    </ol>
  );
}

export function FirmDetails({ firm, figures, board, open, close }: Common & { firm: Firm; figures: Measured[] }) {
  const w = useWords();
  const terms = useTerms();
  const touching = [...board.links, ...board.others].filter((l) => l.source.id === firm.id || l.target.id === firm.id);
  const own = figures.filter(
    (f, n) => f.subject === firm.id && figures.findIndex((g) => g.subject === f.subject && g.name === f.name && g.period === f.period && g.shown === f.shown) === n,
  );
  return (
    <aside class="details" aria-label={firm.name}>
      <Head title={firm.name} close={close}>
        <span class="faint">{terms.cls(firm.class)}</span>
        {firm.places.map((p) => (
          <a key={p.id} href={entityPath(p.id)}>
            {p.name}
          </a>
        ))}
        <a href={entityPath(firm.id)}>{w.ask.facts}</a>
      </Head>
      {firm.member ? (
        <section class="part">
          <h3>
            {w.chain.standing(w.chain.columns[firm.column], firm.roles.map(terms.role).join(w.comma))}
            {firm.denied && <span class="basis basis-denied">{w.chain.deniedShort}</span>}
          </h3>
          <Passages evidence={firm.member.evidence} passages={firm.member.passages} open={open} />
        </section>
      ) : (
        <p class="faint part">{w.chain.noMember}</p>
      )}
      {own.length > 0 && (
        <section class="part">
          <h3>{w.chain.figures}</h3>
          <ul class="figures">
            {own.map((f, n) => (
              <li key={n}>
                {terms.metric(f.metric, f.name)} <span class="faint">{f.period}</span>{" "}
                <button type="button" class="link" disabled={!f.passages.length} onClick={() => open(evidenceAt(f.passages[0]!))}>
                  {f.shown}
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section class="part">
        <h3>
          {w.chain.links} <span class="faint small">{touching.length}</span>
        </h3>
        {touching.length === 0 && <p class="faint">{w.chain.noLinks}</p>}
        <ul class="link-list">
          {touching.map((link) => (
            <LinkItem key={link.id} link={link} board={board} open={open} shown={touching.length <= SHOWN} />
          ))}
        </ul>
      </section>
    </aside>
  );
}

export function EdgeDetails({ edge, board, open, close }: Common & { edge: Edge }) {
  const w = useWords();
  return (
    <aside class="details" aria-label={`${edge.from.title} ${w.chain.to} ${edge.to.title}`}>
      <Head title={`${edge.from.title} ${w.chain.to} ${edge.to.title}`} close={close}>
        <span class="faint">{w.chain.linkCount(edge.links.length)}</span>
      </Head>
      <ul class="link-list part">
        {edge.links.slice(0, 100).map((link) => (
          <LinkItem key={link.id} link={link} board={board} open={open} shown />
        ))}
      </ul>
    </aside>
  );
}

function Head({ title, close, children }: { title: string; close: () => void; children: preact.ComponentChildren }) {
  const w = useWords();
  return (
    <header class="details-head">
      <h2>{title}</h2>
      <button type="button" class="quiet" onClick={close} aria-label={w.close}>
        ✕
      </button>
      <p class="small">{children}</p>
    </header>
  );
}

function LinkItem({ link, board, open, shown }: { link: Link; board: Board; open: (e: Evidence) => void; shown?: boolean }) {
  const w = useWords();
  const terms = useTerms();
  const said = Object.entries(link.qualifiers).filter(([name]) => name !== "chain");
  return (
    <li>
      <details open={shown}>
        <summary>
          <span>
            <b>{link.source.name}</b> <span class="faint">{labelOf(link.label, w)}</span> <b>{link.target.name}</b>
          </span>
          <span class="small faint">
            {said.map(([name, value]) => `${terms.property(name)}${w.colon}${String(value)}`).join(" · ")}
          </span>
          {link.polarity === "denied" && <span class="basis basis-denied">{w.ask.basis.denied}</span>}
          {board.single.has(link.id) && (
            <span class="basis basis-single" title={w.chain.singleLong}>
              {w.chain.singleShort}
            </span>
          )}
        </summary>
        <Passages evidence={link.evidence} passages={link.passages} open={open} />
      </details>
    </li>
  );
}
