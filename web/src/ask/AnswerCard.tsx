import { useState } from "preact/hooks";
import type { Answer } from "../api/types";
import { entityPath } from "../route";
import { Copy } from "../shell/Copy";
import { useWords } from "../words";
import { AnswerTable } from "./AnswerTable";
import { Conflicts } from "./Conflicts";
import { EvidenceList } from "./EvidenceList";
import { Missing } from "./Missing";
import { Readings } from "./Readings";
import { Working } from "./Working";

interface Props {
  answer: Answer;
  origin: "asked" | "kept" | "again";
  opened: number | undefined;
  open: (evidence: number) => void;
  again: () => void;
}

export function AnswerCard({ answer, origin, opened, open, again }: Props) {
  const w = useWords();
  return (
    <article class="card" aria-label={answer.question}>
      <header class="card-head">
        <span class={`tag tag-${answer.status}`}>{w.ask.status[answer.status]}</span>
        {answer.reading && <span class="reading">{answer.reading}</span>}
        <span class="card-tools">
          <Copy text={() => location.href} label={w.ask.share} done={w.ask.shared} />
          {origin === "kept" && (
            <button type="button" class="quiet" onClick={again} title={w.ask.kept}>
              {w.ask.again}
            </button>
          )}
        </span>
      </header>
      {origin === "again" && <p class="note">{w.ask.changed}</p>}
      <Sentence text={answer.text} />
      {answer.notes.map((note) => (
        <p key={note} class="note">
          {note}
        </p>
      ))}
      <Conflicts answer={answer} open={open} />
      <Readings answer={answer} />
      {answer.rows.length > 0 && <AnswerTable answer={answer} open={open} />}
      <Missing answer={answer} />
      <EvidenceList evidence={answer.evidence} opened={opened} open={open} />
      <Entities answer={answer} />
      <Working answer={answer} />
    </article>
  );
}

/** Longer sentences than this are cut: the table has what they list. */
const LONG = 260;

function Sentence({ text }: { text: string }) {
  const w = useWords();
  const [whole, setWhole] = useState(false);
  const cut = !whole && text.length > LONG + 40;
  return (
    <p class="sentence">
      {cut ? `${text.slice(0, LONG)}…` : text}
      {cut && (
        <button type="button" class="link" onClick={() => setWhole(true)}>
          {w.ask.wholeText}
        </button>
      )}
    </p>
  );
}

const MOST = 12;

function Entities({ answer }: { answer: Answer }) {
  const w = useWords();
  const nodes = answer.graph.nodes;
  if (!nodes.length) return null;
  return (
    <section class="part">
      <h3>{w.ask.entities}</h3>
      <p class="chips">
        {nodes.slice(0, MOST).map((node) => (
          <a key={node.id} class="chip" href={entityPath(node.id)} title={node.id}>
            <span class="faint">{w.classes[node.class] ?? node.class}</span> {node.name}
          </a>
        ))}
        {nodes.length > MOST && <span class="faint">+{nodes.length - MOST}</span>}
      </p>
    </section>
  );
}
