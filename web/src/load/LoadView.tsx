import { useEffect, useRef, useState } from "preact/hooks";
import { api, errorOf } from "../api/client";
import { useLoaded } from "../shell/loaded";
import { Problem } from "../shell/Problem";
import { onStoreChange, storeChanged } from "../shell/store";
import { useWords } from "../words";
import { Disagreements } from "./Disagreements";
import { DocumentTable } from "./DocumentTable";
import { Report } from "./Report";
import { dropped, upload, type Chosen, type LoadState } from "./upload";

const POLL = 400;

interface Running {
  names: string[];
  share: number;
  state?: LoadState;
  failure?: unknown;
}

export function LoadView({ query }: { query: URLSearchParams }) {
  const w = useWords();
  const [running, setRunning] = useState<Running>();
  const [over, setOver] = useState(false);
  const [undone, setUndone] = useState<boolean | undefined>();
  const [failure, setFailure] = useState<unknown>();
  const input = useRef<HTMLInputElement>(null);
  const [turn, setTurn] = useState(0);
  const documents = useLoaded((signal) => api.documents(signal), [turn]);
  const busy = running !== undefined && running.failure === undefined && running.state?.state !== "done" && running.state?.state !== "failed";

  useEffect(() => {
    document.title = `${w.nav.load} · NQI-KG`;
  }, [w]);
  useEffect(() => onStoreChange(() => setTurn((t) => t + 1)), []);

  const follow = async (id: string): Promise<void> => {
    for (;;) {
      const state = await api.load(id);
      setRunning((before) => before && { ...before, share: 1, state });
      if (state.state === "done" || state.state === "failed") {
        storeChanged();
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, POLL));
    }
  };
  const begin = (names: string[], start: () => Promise<{ id: string }>): void => {
    setUndone(undefined);
    setFailure(undefined);
    setRunning({ names, share: 0 });
    start()
      .then(({ id }) => follow(id))
      .catch((error: unknown) => setRunning((before) => before && { ...before, failure: error }));
  };
  const send = (chosen: Chosen[]): void => {
    // which kinds are read the service knows: the report names what was left out and why
    if (chosen.length) begin(chosen.map((f) => f.name), () => upload(chosen, (share) => setRunning((before) => before && { ...before, share })));
  };
  const demonstration = (): void => begin([w.load.demo], () => api.demonstration());
  useEffect(() => {
    if (query.get("demo")) {
      history.replaceState(null, "", "/load");
      demonstration();
    }
  }, []);
  const undo = (): void => {
    if (!confirm(w.load.undoSure)) return;
    setRunning(undefined);
    setFailure(undefined);
    api.undo().then(({ undone: done }) => {
      setUndone(done);
      storeChanged();
    }, setFailure);
  };

  return (
    <div class="column load">
      <h1>{w.load.title}</h1>
      <p class="faint">{w.load.intro}</p>
      <div
        class={`drop${over ? " over" : ""}`}
        onDragOver={(e) => {
          e.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(e) => {
          e.preventDefault();
          setOver(false);
          if (e.dataTransfer && !busy) void dropped(e.dataTransfer).then(send);
        }}
      >
        <p class="drop-title">{w.load.drop}</p>
        <p class="faint small">{w.load.kinds}</p>
        <input
          ref={input}
          id="files"
          type="file"
          multiple
          class="off-screen"
          aria-label={w.load.choose}
          tabIndex={-1}
          onChange={(e) => {
            send([...(e.currentTarget.files ?? [])].map((file) => ({ name: file.name, file })));
            e.currentTarget.value = "";
          }}
        />
        <p class="drop-ways">
          <button type="button" class="main" disabled={busy} onClick={() => input.current?.click()}>
            {w.load.choose}
          </button>
          <button type="button" disabled={busy} onClick={demonstration}>
            {w.empty.demo}
          </button>
          <button type="button" disabled={busy} onClick={undo}>
            {w.load.undo}
          </button>
        </p>
      </div>
      <div aria-live="polite">
        {running && <Progress running={running} />}
        {failure !== undefined && <Problem failure={failure} />}
        {undone !== undefined && <p class="note">{undone ? w.load.undone : w.load.nothingToUndo}</p>}
      </div>
      {running?.state?.report && <Report report={running.state.report} />}
      <DocumentTable documents={documents} />
      <Disagreements turn={turn} />
    </div>
  );
}

function Progress({ running }: { running: Running }) {
  const w = useWords();
  const { state, share, failure, names } = running;
  if (failure !== undefined) return <Problem failure={failure} />;
  if (state?.state === "failed") return <Problem failure={errorOf({ error: state.error ?? undefined }, 500)} />;
  const said = !state ? w.load.sending(Math.round(share * 100)) : state.state === "waiting" ? w.load.waiting : state.state === "running" ? w.load.reading(state.done, state.total, state.what) : w.load.done;
  return (
    <section class="progress">
      <p>
        <b>{said}</b> <span class="faint">{names.slice(0, 3).join("、")}{names.length > 3 && w.load.andMore(names.length)}</span>
      </p>
      {state?.state !== "done" && <progress max={1} value={!state ? share * 0.3 : 0.3 + (0.7 * state.done) / Math.max(1, state.total)} aria-label={said} />}
    </section>
  );
}
