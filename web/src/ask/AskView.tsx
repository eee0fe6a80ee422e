import { useCallback, useEffect, useState } from "preact/hooks";
import { api } from "../api/client";
import type { Answer, Evidence } from "../api/types";
import { Reader } from "../reader/Reader";
import { answerPath, askPath, go, renamed } from "../route";
import { Problem } from "../shell/Problem";
import { useWords } from "../words";
import { AnswerCard } from "./AnswerCard";
import { remember } from "./history";
import { QuestionBox } from "./QuestionBox";
import { Start } from "./Start";

type Origin = "asked" | "kept" | "again";

interface Shown {
  answer?: Answer;
  origin?: Origin;
  failure?: unknown;
  busy: boolean;
}

/** Reads the stored answer; where it is gone, or none is named, asks. */
async function find(id: string, question: string, previous: string, signal: AbortSignal): Promise<[Answer, Origin]> {
  if (id) {
    try {
      return [await api.answer(id, signal), "kept"];
    } catch (failure) {
      if (signal.aborted || !question) throw failure;
    }
  }
  return [await api.ask(question, previous || undefined, signal), id ? "again" : "asked"];
}

/** Room for the source beside the answer. */
const WIDE = "(min-width: 1180px)";

export function AskView({ answer: id, query }: { answer: string; query: URLSearchParams }) {
  const w = useWords();
  const question = query.get("q") ?? "";
  const previous = query.get("previous") ?? "";
  const [shown, setShown] = useState<Shown>({ busy: false });
  const [turn, setTurn] = useState(0);
  const [opened, setOpened] = useState<{ at: number; by: "person" | "page" }>();

  useEffect(() => {
    if (!id && !question) {
      setShown({ busy: false });
      return undefined;
    }
    const stop = new AbortController();
    setShown((before) => ({ ...before, failure: undefined, busy: true }));
    find(id, question, previous, stop.signal).then(
      ([answer, origin]) => {
        if (stop.signal.aborted) return;
        setShown({ answer, origin, busy: false });
        setOpened(answer.evidence.length && matchMedia(WIDE).matches ? { at: 0, by: "page" } : undefined);
        remember({ id: answer.id, question: answer.question, status: answer.status, at: Date.now() });
        renamed(answerPath(answer.id, answer.question));
      },
      (failure: unknown) => stop.signal.aborted || setShown({ failure, busy: false }),
    );
    return () => stop.abort();
  }, [id, question, previous, turn]);

  useEffect(() => {
    document.title = shown.answer ? `${shown.answer.question} · NQI-KG` : `${w.ask.title} · NQI-KG`;
  }, [shown.answer, w]);

  const again = useCallback(() => setTurn((t) => t + 1), []);
  const ask = (asked: string): void => {
    if (asked === question && !id) again();
    else go(askPath(asked));
  };
  const { answer, busy, failure, origin } = shown;
  const begun = busy || answer !== undefined || failure !== undefined;
  const evidence: Evidence | undefined = answer && opened && answer.evidence[opened.at];
  return (
    <div class={begun ? "ask" : "ask ask-start"}>
      <div class="ask-main">
        {!begun && <h1 class="ask-title">{w.brandLong}</h1>}
        <QuestionBox value={answer?.question ?? question} busy={busy} focus={!begun} ask={ask} />
        <p class="off-screen" role="status">
          {busy ? w.ask.working : (answer?.text ?? "")}
        </p>
        {busy && !answer && <div class="waiting" aria-hidden="true" />}
        {failure !== undefined && <Problem failure={failure} again={again} />}
        {answer && (
          <div class={busy ? "stale" : undefined}>
            <AnswerCard
              answer={answer}
              origin={origin ?? "asked"}
              opened={opened?.at}
              open={(at) => setOpened({ at, by: "person" })}
              again={again}
            />
          </div>
        )}
        {!begun && <Start />}
      </div>
      {evidence && answer && opened && (
        <Reader
          key={answer.id}
          evidence={evidence}
          focus={opened.by === "person"}
          position={[opened.at, answer.evidence.length]}
          move={(at) => setOpened({ at, by: "person" })}
          close={() => setOpened(undefined)}
        />
      )}
    </div>
  );
}
