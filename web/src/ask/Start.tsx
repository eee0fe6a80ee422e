import { useState } from "preact/hooks";
import { api, get } from "../api/client";
import { askPath, answerPath } from "../route";
import { useLoaded } from "../shell/loaded";
import { Problem, storeless } from "../shell/Problem";
import { labelOf, useWords, type Label } from "../words";
import { asked, forget } from "./history";
import { EmptyStore } from "./EmptyStore";

interface Examples {
  examples: { question: string; shows: Label }[];
}

/** What is there before the first question: examples that can be answered here, and history. */
export function Start() {
  const w = useWords();
  const status = useLoaded(() => api.status(), []);
  const missing = storeless(status.failure);
  if (missing || status.value?.documents === 0) return <EmptyStore none={missing} />;
  if (status.failure !== undefined) return <Problem failure={status.failure} again={status.again} />;
  return (
    <div class="start">
      <section aria-labelledby="examples">
        <h2 id="examples">
          {w.ask.examples} <span class="faint small">{w.ask.examplesNote}</span>
        </h2>
        <ExampleList />
      </section>
      <History />
    </div>
  );
}

export function ExampleList({ most }: { most?: number }) {
  const w = useWords();
  const { value, failure, again } = useLoaded((signal) => get<Examples>("/api/examples", signal), []);
  if (failure !== undefined) return <Problem failure={failure} again={again} />;
  if (!value) return <div class="waiting" aria-busy="true" />;
  return (
    <ul class="examples">
      {value.examples.slice(0, most).map(({ question, shows }) => (
        <li key={question}>
          <a href={askPath(question)}>
            <span>{question}</span>
            <span class="faint small">{labelOf(shows, w)}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}

/** Questions asked before that are listed at once. */
const FIRST = 10;

function History() {
  const w = useWords();
  const [list, setList] = useState(asked);
  const [all, setAll] = useState(false);
  return (
    <section aria-labelledby="history">
      <h2 id="history">
        {w.ask.history}
        {list.length > 0 && (
          <button
            type="button"
            class="quiet"
            onClick={() => {
              forget();
              setList([]);
            }}
          >
            {w.ask.forget}
          </button>
        )}
      </h2>
      {list.length === 0 ? (
        <p class="faint">{w.ask.noHistory}</p>
      ) : (
        <ul class="examples history">
          {(all ? list : list.slice(0, FIRST)).map((entry) => (
            <li key={entry.question}>
              <a href={answerPath(entry.id, entry.question)}>
                <span>{entry.question}</span>
                <span class="faint small">{w.ask.status[entry.status]}</span>
              </a>
            </li>
          ))}
        </ul>
      )}
      {!all && list.length > FIRST && (
        <button type="button" class="quiet" onClick={() => setAll(true)}>
          {w.showAll(list.length)}
        </button>
      )}
    </section>
  );
}
