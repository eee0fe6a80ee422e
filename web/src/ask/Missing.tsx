import type { Answer, Basis } from "../api/types";
import { useWords } from "../words";
import { ExampleList } from "./Start";

/** What is not there and why: no record, not understood, or what an absence rests on. */
export function Missing({ answer }: { answer: Answer }) {
  const w = useWords();
  const bases = [...new Set(answer.row_basis.filter((b): b is NonNullable<Basis> => b !== null))];
  if (answer.status === "not_understood") {
    return (
      <section class="part">
        <h3>{w.ask.missing}</h3>
        <p>{w.ask.notUnderstoodDo}</p>
        <ExampleList most={answer.suggestions.length ? 4 : undefined} />
      </section>
    );
  }
  if (answer.status === "no_data") {
    return (
      <section class="part">
        <h3>{w.ask.missing}</h3>
        <p>
          {w.ask.missingNoData}
          {w.ask.missingDo} <a href="/load">{w.ask.missingLoad}</a>。
        </p>
      </section>
    );
  }
  if (!bases.length) return null;
  return (
    <section class="part">
      <h3>{w.ask.missing}</h3>
      <ul class="legend">
        {bases.map((basis) => (
          <li key={basis}>
            <span class={`basis basis-${basis}`}>{w.ask.basis[basis]}</span> {w.ask.basisLong[basis]}
          </li>
        ))}
      </ul>
    </section>
  );
}
