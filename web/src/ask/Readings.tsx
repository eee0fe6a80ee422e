import type { Answer } from "../api/types";
import { askPath } from "../route";
import { useWords } from "../words";

/** What to ask next; where the question is ambiguous, its readings to choose from. */
export function Readings({ answer }: { answer: Answer }) {
  const w = useWords();
  if (!answer.suggestions.length) return null;
  return (
    <section class="part">
      <h3>{answer.status === "ambiguous" ? w.ask.ambiguousDo : w.ask.suggestions}</h3>
      <p class="chips">
        {answer.suggestions.map((suggestion) => (
          <a key={suggestion} class="chip" href={askPath(suggestion, answer.id)}>
            {suggestion}
          </a>
        ))}
      </p>
    </section>
  );
}
