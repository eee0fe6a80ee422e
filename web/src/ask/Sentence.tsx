import { useMemo, useState } from "preact/hooks";
import type { Answer } from "../api/types";
import { useWords } from "../words";
import { pieces, type OpenProof } from "./evidence";

/** Longer sentences than this are cut: the table has what they list. */
const LONG = 200;

/** What the answer says; each of its numbers opens what it rests on. */
export function Sentence({ answer, open }: { answer: Answer; open: OpenProof }) {
  const w = useWords();
  const [whole, setWhole] = useState(false);
  const cut = !whole && answer.text.length > LONG + 40;
  const text = cut ? `${answer.text.slice(0, LONG)}…` : answer.text;
  const parts = useMemo(() => pieces(answer, text), [answer, text]);
  return (
    <p class="sentence">
      {parts.map((part, n) =>
        typeof part === "string" ? (
          part
        ) : (
          <button key={n} type="button" class="link number" onClick={() => open(part.proof)} title={w.ask.evidenceOf(part.text)}>
            {part.text}
          </button>
        ),
      )}
      {cut && (
        <button type="button" class="link more" onClick={() => setWhole(true)}>
          {w.ask.wholeText}
        </button>
      )}
    </p>
  );
}
