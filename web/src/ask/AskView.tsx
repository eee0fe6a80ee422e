import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { api } from "../api/client";
import type { Answer } from "../api/types";
import { Reader } from "../reader/Reader";
import { answerPath, askPath, go, renamed } from "../route";
import { Problem } from "../shell/Problem";
import { useWords } from "../words";
import { AnswerCard } from "./AnswerCard";
import type { Proof } from "./evidence";
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

interface Wanted {
  id: string;
  question: string;
  previous: string;
  /** asked anew, whatever is kept */
  anew: boolean;
}

/** Reads the stored answer; where it is gone, or none is named, asks. */
async function find({ id, question, previous, anew }: Wanted, signal: AbortSignal): Promise<[Answer, Origin]> {
  if (id && !anew) {
    try {
      return [await api.answer(id, signal), "kept"];
    } catch (failure) {
      if (signal.aborted || !question) throw failure;
    }
  }
  return [await api.ask(question, { previous }, signal), id && !anew ? "again" : "asked"];
}

/** Room for the source beside the answer. */
const WIDE = "(min-width: 1180px)";
/** As many rows as the service gives. */
const ALL = 10_000;

/** The question complete by itself, where it went on from another. */
const complete = (answer: Answer): string => answer.asked || answer.question;

export function AskView({ answer: id, query }: { answer: string; query: URLSearchParams }) {
  const w = useWords();
  const question = query.get("q") ?? "";
  const previous = query.get("previous") ?? "";
  const [shown, setShown] = useState<Shown>({ busy: false });
  const [turn, setTurn] = useState(0);
  const [opened, setOpened] = useState<Proof & { by: "person" | "page" }>();
  const turned = useRef(turn);
  const spoken = useRef(w);

  useEffect(() => {
    if (!id && !question) {
      setShown({ busy: false });
      return undefined;
    }
    const anew = turned.current !== turn;
    turned.current = turn;
    const stop = new AbortController();
    setShown((before) => ({ ...before, failure: undefined, busy: true }));
    // where an address names an answer alone, the answer has its question
    const asked = question || (shown.answer ? complete(shown.answer) : "");
    find({ id, question: asked, previous, anew: anew && asked !== "" }, stop.signal).then(
      ([answer, origin]) => {
        if (stop.signal.aborted) return;
        setShown({ answer, origin, busy: false });
        setOpened(answer.evidence.length && matchMedia(WIDE).matches ? { list: answer.evidence, at: 0, by: "page" } : undefined);
        remember({ id: answer.id, question: complete(answer), status: answer.status, at: Date.now() });
        renamed(answerPath(answer.id, complete(answer)));
      },
      (failure: unknown) => stop.signal.aborted || setShown({ failure, busy: false }),
    );
    return () => stop.abort();
  }, [id, question, previous, turn]);

  useEffect(() => {
    document.title = shown.answer ? `${complete(shown.answer)} · NQI-KG` : `${w.ask.title} · NQI-KG`;
  }, [shown.answer, w]);

  const again = useCallback(() => setTurn((t) => t + 1), []);
  // an answer speaks the language in which it was asked for
  useEffect(() => {
    if (spoken.current !== w && (shown.answer || shown.failure)) again();
    spoken.current = w;
  }, [w]);
  const ask = (asked: string): void => {
    if (asked === question && !id) again();
    else go(askPath(asked));
  };
  const { answer, busy, failure, origin } = shown;
  const whole = useCallback(async (): Promise<Answer> => {
    const full = await api.ask(answer!.question, { previous: answer!.asked ? previous : "", limit: ALL });
    setShown((before) => ({ ...before, answer: full }));
    renamed(answerPath(full.id, complete(full)));
    return full;
  }, [answer, previous]);
  const begun = busy || answer !== undefined || failure !== undefined;
  const evidence = opened?.list[opened.at];
  return (
    <div class={begun ? "ask" : "ask ask-start"}>
      <div class="ask-main">
        {!begun && <h1 class="ask-title">{w.brandLong}</h1>}
        <QuestionBox value={answer ? complete(answer) : question} busy={busy} focus={!begun} ask={ask} />
        <p class="off-screen" role="status">
          {busy ? w.ask.working : (answer?.text ?? "")}
        </p>
        {busy && !answer && <div class="waiting" aria-hidden="true" />}
        {failure !== undefined && <Problem failure={failure} again={again} />}
        {answer && (
          <div class={busy ? "stale" : undefined} aria-busy={busy}>
            <AnswerCard
              answer={answer}
              origin={origin ?? "asked"}
              opened={evidence}
              open={(proof) => setOpened({ ...proof, by: "person" })}
              again={again}
              whole={whole}
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
          position={[opened.at, opened.list.length]}
          move={(at) => setOpened({ list: opened.list, at, by: "person" })}
          close={() => setOpened(undefined)}
        />
      )}
    </div>
  );
}
