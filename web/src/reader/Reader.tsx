import { useEffect, useRef } from "preact/hooks";
import { api } from "../api/client";
import type { Evidence } from "../api/types";
import { Grade } from "../ask/EvidenceList";
import { inPath } from "../api/client";
import { useLoaded } from "../shell/loaded";
import { Problem } from "../shell/Problem";
import { useWords } from "../words";
import { Content } from "./Content";

interface Props {
  evidence: Pick<Evidence, "document" | "section" | "quote" | "start" | "end" | "cells" | "url" | "grade">;
  /** true where a person opened it: then the quote takes the focus */
  focus: boolean;
  position?: [at: number, of: number];
  move?: (at: number) => void;
  close: () => void;
}

export const documentPath = (e: Pick<Evidence, "document" | "start" | "end" | "cells">): string => {
  const place = e.cells ? `?cells=${encodeURIComponent(e.cells)}` : e.start !== null ? `?start=${e.start}&end=${e.end}` : "";
  return `/document/${inPath(e.document)}${place}`;
};

/** The document beside an answer, with the quote in it highlighted. */
export function Reader({ evidence, focus, position, move, close }: Props) {
  const w = useWords();
  const panel = useRef<HTMLElement>(null);
  const { value, failure, again } = useLoaded((signal) => api.document(evidence.document, signal), [evidence.document]);
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (event.key === "Escape" && panel.current?.contains(document.activeElement)) close();
    };
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  }, [close]);
  const [at, of] = position ?? [0, 1];
  return (
    <aside class="reader" aria-label={w.reader.title} ref={panel}>
      <header class="reader-head">
        <div class="reader-title">
          <h2 class="clip" title={evidence.document}>
            {value?.title || evidence.document}
          </h2>
          <p class="faint small clip">
            <Grade grade={evidence.grade} /> {evidence.document} {evidence.section || evidence.cells}
          </p>
        </div>
        {move && of > 1 && (
          <span class="reader-move">
            <button type="button" class="quiet" onClick={() => move((at - 1 + of) % of)} aria-label={w.reader.previous}>
              ‹
            </button>
            <span class="faint small">
              {at + 1}/{of}
            </span>
            <button type="button" class="quiet" onClick={() => move((at + 1) % of)} aria-label={w.reader.next}>
              ›
            </button>
          </span>
        )}
        <a class="quiet" href={documentPath(evidence)} title={w.reader.openWhole} aria-label={w.reader.openWhole}>
          ⤢
        </a>
        <button type="button" class="quiet" onClick={close} aria-label={w.close} title={w.close}>
          ✕
        </button>
      </header>
      {failure !== undefined && <Problem failure={failure} again={again} />}
      {value?.id === evidence.document ? (
        <Content of={value} start={evidence.start} end={evidence.end} cells={evidence.cells} focus={focus} quote={evidence.quote} />
      ) : (
        failure === undefined && <p class="waiting">{w.reader.loading}</p>
      )}
      {evidence.url && (
        <footer class="reader-foot small">
          <span class="faint">{w.reader.source}</span> <span class="url">{evidence.url}</span>
        </footer>
      )}
    </aside>
  );
}
