import type { Answer } from "../api/types";
import { cypherPath } from "../route";
import { Copy } from "../shell/Copy";
import { useWords } from "../words";

/** How the answer came about: logical form and statements. */
export function Working({ answer }: { answer: Answer }) {
  const w = useWords();
  if (!answer.logical_form && !answer.cypher.length) return null;
  return (
    <details class="part working">
      <summary>
        {w.ask.working_}
        <span class="faint small">
          {w.ask.confidence(answer.confidence)} · {answer.engine} · {w.ask.took(answer.elapsed_ms)}
        </span>
      </summary>
      <h4>
        {w.ask.logicalForm} <Copy text={() => answer.logical_form} />
      </h4>
      <pre tabIndex={0}>{answer.logical_form}</pre>
      {answer.cypher.map(({ query, params }, n) => (
        <div key={n}>
          <h4>
            {w.ask.cypherN(n + 1, answer.cypher.length)} <Copy text={() => query} />
            <a href={cypherPath(query, params)}>{w.ask.openConsole}</a>
          </h4>
          <pre tabIndex={0}>{query}</pre>
          {Object.keys(params).length > 0 && <pre tabIndex={0}>{JSON.stringify(params, null, 1)}</pre>}
        </div>
      ))}
    </details>
  );
}
