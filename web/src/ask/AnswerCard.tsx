import type { Answer, Evidence } from "../api/types";
import { entityPath } from "../route";
import { Copy } from "../shell/Copy";
import { useWords } from "../words";
import { useTerms } from "../words/terms";
import { AnswerTable } from "./AnswerTable";
import { Conflicts } from "./Conflicts";
import type { OpenProof } from "./evidence";
import { EvidenceList } from "./EvidenceList";
import { FollowUp, Readings } from "./FollowUp";
import { Missing } from "./Missing";
import { Sentence } from "./Sentence";
import { withSources } from "./text";
import { Working } from "./Working";

interface Props {
  answer: Answer;
  origin: "asked" | "kept" | "again";
  opened: Evidence | undefined;
  open: OpenProof;
  again: () => void;
  /** the same answer with all its rows */
  whole: () => Promise<Answer>;
}

/** Below this the reading is told to be looked at. */
const SURE = 0.75;

export function AnswerCard({ answer, origin, opened, open, again, whole }: Props) {
  const w = useWords();
  const unsure = answer.status === "answered" && answer.confidence < SURE;
  return (
    <article class="card" aria-label={answer.question}>
      <header class="card-head">
        <span class={`tag tag-${answer.status}`}>{w.ask.status[answer.status]}</span>
        {answer.reading && <span class="reading">{answer.reading}</span>}
        {unsure && <span class="tag tag-unsure">{w.ask.confidence(answer.confidence)}</span>}
        <span class="card-tools">
          <Copy text={() => withSources(answer, w)} label={w.ask.copyAnswer} />
          <Copy text={() => location.href} label={w.ask.share} done={w.ask.shared} />
          {origin === "kept" && (
            <button type="button" class="quiet" onClick={again} title={w.ask.kept}>
              {w.ask.again}
            </button>
          )}
        </span>
      </header>
      {origin === "again" && <p class="note">{w.ask.changed}</p>}
      <Sentence answer={answer} open={open} />
      {answer.notes.map((note) => (
        <p key={note} class="note">
          {note}
        </p>
      ))}
      <Conflicts answer={answer} open={open} />
      <Readings answer={answer} />
      {answer.rows.length > 0 && <AnswerTable key={answer.question} answer={answer} open={open} whole={whole} />}
      <Missing answer={answer} />
      <EvidenceList evidence={answer.evidence} opened={opened} open={open} />
      <Entities answer={answer} />
      <FollowUp key={`then ${answer.id}`} answer={answer} />
      <Working answer={answer} />
    </article>
  );
}

const MOST = 12;

function Entities({ answer }: { answer: Answer }) {
  const w = useWords();
  const terms = useTerms();
  const nodes = answer.graph.nodes;
  if (!nodes.length) return null;
  return (
    <section class="part">
      <h3>{w.ask.entities}</h3>
      <p class="chips">
        {nodes.slice(0, MOST).map((node) => (
          <a key={node.id} class="chip" href={entityPath(node.id)} title={node.id}>
            <span class="faint">{terms.cls(node.class)}</span> {node.name}
          </a>
        ))}
        {nodes.length > MOST && <span class="faint">+{nodes.length - MOST}</span>}
      </p>
    </section>
  );
}
