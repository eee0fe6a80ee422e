import type { Answer, Disagreement } from "../api/types";
import { useWords } from "../words";
import { Grade } from "./EvidenceList";
import { supports } from "./supports";

/** Values on which sources disagree, side by side, each with its passages. */
export function Conflicts({ answer, open }: { answer: Answer; open: (at: number) => void }) {
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
            {conflict.values.map((value) => (
              <Side key={value} value={value} conflict={conflict} answer={answer} open={open} />
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
  conflict: Disagreement;
  answer: Answer;
  open: (at: number) => void;
}

function Side({ value, conflict, answer, open }: SideProps) {
  const w = useWords();
  const row = answer.rows.find((cells) => cells.includes(value));
  const details = row?.filter((cell) => cell && cell !== value && !conflict.of.includes(cell)) ?? [];
  return (
    <div class="side">
      <span class="side-value">{value}</span>
      {details.length > 0 && <span class="small">{details.map((d) => w.entity.kinds[d] ?? d).join(" · ")}</span>}
      <ul>
        {supports(answer, value, conflict.of.split(" ")).map((at) => {
          const e = answer.evidence[at]!;
          return (
            <li key={at}>
              <button type="button" class="link" onClick={() => open(at)} title={w.ask.evidenceOf(value)}>
                <Grade grade={e.grade} /> {e.document}
                <span class="faint"> {e.cells ?? e.section}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
