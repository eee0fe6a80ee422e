import { useEffect, useId, useRef, useState } from "preact/hooks";
import { useWords } from "../words";
import { useTerms } from "../words/terms";
import { completed, suggest, type Suggestion } from "./suggest";

interface Props {
  value: string;
  busy: boolean;
  focus: boolean;
  ask: (question: string) => void;
}

/** True while an input method composes: Enter then chooses a word and asks nothing. */
export const composing = (event: KeyboardEvent): boolean => event.isComposing || event.keyCode === 229;

const PAUSE = 140;

export function QuestionBox({ value, busy, focus, ask }: Props) {
  const w = useWords();
  const terms = useTerms();
  const id = useId();
  const box = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(value);
  const [list, setList] = useState<Suggestion[]>([]);
  const [at, setAt] = useState(-1);
  const [typed, setTyped] = useState(0);
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (focus) box.current?.focus();
  }, []);
  useEffect(() => {
    if (!typed) return undefined;
    const stop = new AbortController();
    const timer = setTimeout(() => {
      const caret = box.current?.selectionStart ?? text.length;
      suggest(text.slice(0, caret), stop.signal).then((found) => {
        if (stop.signal.aborted) return;
        setList(found);
        setAt(-1);
      }, () => setList([]));
    }, PAUSE);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [typed]);

  const hide = (): void => {
    setList([]);
    setAt(-1);
  };
  const take = (chosen: Suggestion): void => {
    if (chosen.kind === "question") {
      setText(chosen.text);
      hide();
      setTyped(0);
      ask(chosen.text);
      return;
    }
    const input = box.current!;
    const [next, caret] = completed(text, input.selectionStart ?? text.length, chosen);
    setText(next);
    hide();
    input.focus();
    requestAnimationFrame(() => input.setSelectionRange(caret, caret));
  };
  const keyed = (event: KeyboardEvent): void => {
    if (composing(event)) {
      // some browsers send the form on this Enter all the same
      if (event.key === "Enter") event.preventDefault();
      return;
    }
    if (!list.length) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      setAt((n) => (n + step + list.length + 1) % (list.length + 1) === list.length ? -1 : (n + step + list.length + 1) % (list.length + 1));
    } else if (event.key === "Escape") {
      event.preventDefault();
      hide();
    } else if ((event.key === "Enter" || event.key === "Tab") && at >= 0) {
      event.preventDefault();
      take(list[at]!);
    }
  };

  return (
    <form
      class="question"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        hide();
        setTyped(0);
        if (text.trim()) ask(text.trim());
      }}
    >
      <label class="off-screen" for={id}>
        {w.ask.label}
      </label>
      <div class="question-box">
        <input
          ref={box}
          id={id}
          value={text}
          placeholder={w.ask.placeholder}
          autocomplete="off"
          spellcheck={false}
          maxLength={1000}
          role="combobox"
          aria-autocomplete="list"
          aria-expanded={list.length > 0}
          aria-controls={`${id}-list`}
          aria-activedescendant={at >= 0 ? `${id}-${at}` : undefined}
          onInput={(event) => {
            setText(event.currentTarget.value);
            if (!event.isComposing) setTyped((n) => n + 1);
          }}
          onCompositionEnd={() => setTyped((n) => n + 1)}
          onKeyDown={keyed}
          onBlur={() => setTimeout(hide, 150)}
        />
        <button class="main" disabled={busy}>
          {w.ask.button}
        </button>
      </div>
      <p class="off-screen" role="status">
        {list.length > 0 && w.ask.suggested(list.length)}
      </p>
      <ul id={`${id}-list`} class="suggestions" role="listbox" aria-label={w.ask.label} hidden={!list.length}>
        {list.map((entry, n) => (
          <li
            key={`${entry.kind} ${entry.id} ${entry.text}`}
            id={`${id}-${n}`}
            role="option"
            aria-selected={n === at}
            onMouseDown={(event) => {
              event.preventDefault();
              take(entry);
            }}
          >
            <span>{entry.text}</span>
            <span class="faint small">{entry.kind === "question" ? w.ask.wholeQuestion : terms.cls(entry.class || "Metric")}</span>
          </li>
        ))}
      </ul>
    </form>
  );
}
