import { useId, useState } from "preact/hooks";
import type { Answer } from "../api/types";
import { askPath, go } from "../route";
import { useWords } from "../words";
import { composing } from "./QuestionBox";

/** Where one goes on from an answer: in words of one's own, or with a suggestion. */
export function FollowUp({ answer }: { answer: Answer }) {
  const w = useWords();
  const id = useId();
  const [text, setText] = useState("");
  const complete = answer.status === "answered" || answer.status === "no_data";
  if (!complete) return null;
  return (
    <section class="part follow-up" aria-label={w.ask.suggestions}>
      {answer.suggestions.length > 0 && (
        <>
          <h3>{w.ask.suggestions}</h3>
          <Choices of={answer.suggestions} previous={answer.id} />
        </>
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim()) go(askPath(text.trim(), answer.id));
        }}
      >
        <label class="off-screen" for={id}>
          {w.ask.followUp}
        </label>
        <input
          id={id}
          value={text}
          placeholder={w.ask.followUpExample}
          autocomplete="off"
          maxLength={1000}
          onInput={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => composing(event) && event.key === "Enter" && event.preventDefault()}
        />
        <button disabled={!text.trim()}>{w.ask.suggestions}</button>
      </form>
    </section>
  );
}

/** Where the question is ambiguous or was not understood: its nearest readings to choose from. */
export function Readings({ answer }: { answer: Answer }) {
  const w = useWords();
  if (!answer.suggestions.length || (answer.status !== "ambiguous" && answer.status !== "not_understood")) return null;
  return (
    <section class="part readings">
      <h3>{answer.status === "ambiguous" ? w.ask.ambiguousDo : w.ask.nearest}</h3>
      <Choices of={answer.suggestions} />
    </section>
  );
}

function Choices({ of, previous }: { of: string[]; previous?: string }) {
  return (
    <p class="choices">
      {of.map((choice) => (
        <a key={choice} class="button" href={askPath(choice, previous)}>
          {choice}
        </a>
      ))}
    </p>
  );
}
