import type { Answer, Disagreement } from "../api/types";
import { useWords } from "../words";
import { Grade } from "./EvidenceList";
import { proofOfSide, type OpenProof } from "./evidence";

/** Values on which sources disagree, side by side, each with its passages. */
export function Conflicts({ answer, open }: { answer: Answer; open: OpenProof }) {
  const w = useWords();
  if (!answer.conflicts.length) return null;
  return (
    <section class="part conflicts">
      <h3>{w.ask.conflicts}</h3>
      {answer.conflicts.map((conflict, n) => (
        <div key={n} class="conflict">
          <p class="conflict-head">
            <span class={`tag tag-${conflict.kind}`}>{w.ask[conflict.kind]}</span>
            <b>{conflict.of}</b>
            {conflict.differs_in.length > 0 && <span class="faint">{w.ask.differsIn(conflict.differs_in.map((d) => w.ask.differs[d] ?? d).join("、"))}</span>}
          </p>
          <div class="sides">
            {conflict.values.map((value, side) => (
              <Side key={side} value={value} passages={conflict.passages?.[side] ?? []} conflict={conflict} answer={answer} open={open} />
            ))}
          </div>
          <p class="faint small">{conflict.kind === "conflict" ? w.ask.conflictNote : w.ask.divergenceNote}</p>
        </div>
      ))}
    </section>
  );
}

interface SideProps {
  value: string;
  passages: string[];
  conflict: Disagreement;
  answer: Answer;
  open: OpenProof;
}

function Side({ value, passages, conflict, answer, open }: SideProps) {
  const w = useWords();
  const row = answer.rows.find((cells) => cells.includes(value));
  const proof = proofOfSide(answer, passages, value, conflict.of);
  const details = row?.filter((cell) => cell && cell !== value && !conflict.of.includes(cell)) ?? [];
  return (
    <div class="side">
      {proof.length ? (
        <button type="button" class="link side-value" onClick={() => open({ list: proof, at: 0 })} title={w.ask.evidenceOf(value)}>
          {value}
        </button>
      ) : (
        <span class="side-value">{value}</span>
      )}
      {details.length > 0 && <span class="small">{details.map((d) => w.kinds[d] ?? d).join(" · ")}</span>}
      <ul>
        {proof.map((e, at) => (
          <li key={at}>
            <button type="button" class="link" onClick={() => open({ list: proof, at })} title={w.ask.evidenceOf(value)}>
              <Grade grade={e.grade} /> {e.document}
              <span class="faint"> {e.cells ?? e.section}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
