import { useState } from "preact/hooks";
import type { Evidence } from "../api/types";
import { useWords } from "../words";
import { referenceOf, type OpenProof } from "./evidence";

const FIRST = 5;

export function Grade({ grade }: { grade: string | null }) {
  const w = useWords();
  if (!grade) return null;
  return (
    <span class={`grade grade-${grade}`} title={w.grades[grade] ?? w.reader.grade(grade)}>
      {grade}
    </span>
  );
}

interface Props {
  evidence: Evidence[];
  opened: Evidence | undefined;
  open: OpenProof;
}

/** The passages that an answer rests on; each opens in its document. */
export function EvidenceList({ evidence, opened, open }: Props) {
  const w = useWords();
  const [all, setAll] = useState(false);
  if (!evidence.length) return null;
  const shown = opened ? evidence.findIndex((e) => referenceOf(e) === referenceOf(opened)) : -1;
  const listed = all ? evidence : evidence.slice(0, Math.max(FIRST, shown + 1));
  return (
    <section class="part">
      <h3>
        {w.ask.evidence} <span class="faint small">{w.ask.evidenceCount(evidence.length)}</span>
      </h3>
      <ol class="evidence">
        {listed.map((e, at) => (
          <li key={at}>
            <button
              type="button"
              class="passage"
              aria-pressed={shown === at}
              onClick={() => open({ list: evidence, at })}
              data-evidence={at}
            >
              <span class="passage-where">
                <Grade grade={e.grade} />
                <span class="clip">{e.document}</span>
                <span class="faint clip">{e.cells ?? e.section}</span>
              </span>
              <q>{e.quote}</q>
            </button>
          </li>
        ))}
      </ol>
      {listed.length < evidence.length && (
        <button type="button" class="quiet" onClick={() => setAll(true)}>
          {w.showAll(evidence.length)}
        </button>
      )}
    </section>
  );
}
