import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { ChainPage } from "../api/graph";
import { api } from "../api/client";
import type { Evidence } from "../api/types";
import { EmptyStore } from "../ask/EmptyStore";
import { Reader } from "../reader/Reader";
import { chainPath, renamed } from "../route";
import { useLoaded } from "../shell/loaded";
import { Problem } from "../shell/Problem";
import { useWords } from "../words";
import { useTerms } from "../words/terms";
import { boxes as boxesOf, MOST, READABLE } from "./aggregate";
import { Board, useWidth, type Selected } from "./Board";
import { measured, scaleOf, type Measured } from "./colour";
import { EdgeDetails, FirmDetails } from "./Details";
import { choices, filtered, NO_FILTER, type Filter, type Wider } from "./filter";
import { ChainHead } from "./Head";
import { layout as layoutOf } from "./layout";
import { boardOf, type Column } from "./model";
import { picture, savePng, saveSvg } from "./picture";
import { Picker } from "./Picker";
import { Tools } from "./Tools";

export function ChainView({ id }: { id: string }) {
  const w = useWords();
  const list = useLoaded((signal) => api.chains(signal), []);
  const chains = list.value?.chains ?? [];
  const current = id || [...chains].sort((a, b) => b.members - a.members)[0]?.id || "";
  const chain = useLoaded((signal) => (current ? api.chain(current, signal) : Promise.resolve(undefined)), [current]);
  useEffect(() => {
    // the address of what is shown can be passed on
    if (!id && current) renamed(chainPath(current));
  }, [id, current]);
  useEffect(() => {
    document.title = `${chain.value?.name ?? w.nav.chain} · NQI-KG`;
  }, [chain.value, w]);
  if (list.failure !== undefined) {
    return (
      <div class="column">
        <Problem failure={list.failure} again={list.again} />
      </div>
    );
  }
  if (list.value && !chains.length) {
    return (
      <div class="column">
        <EmptyStore none={false} />
      </div>
    );
  }
  return (
    <div class="chain">
      <Picker chains={chains} current={current} truncated={list.value?.truncated ?? false} />
      {chain.failure !== undefined && (
        <div class="column">
          <Problem failure={chain.failure} again={chain.again} />
        </div>
      )}
      {chain.value && chain.value.id === current && <Chain key={current} chain={chain.value} />}
      {chain.busy && <div class="waiting chain-waiting" aria-busy="true" />}
    </div>
  );
}

const STAGES: readonly Column[] = ["upstream", "midstream", "downstream"];

const NOWHERE: Wider = new Map();

/** Which region lies in which; nothing until it is known. */
function useWider(): Wider {
  const { value } = useLoaded((signal) => api.regions(signal), []);
  return useMemo(() => {
    if (!value) return NOWHERE;
    const byId = new Map(value.regions.map((r) => [r.id, r]));
    return new Map(
      value.regions.flatMap((r) => {
        const over = byId.get(r.parent);
        return over ? [[r.id, { id: over.id, class: "Region", name: over.name }] as const] : [];
      }),
    );
  }, [value]);
}

function Chain({ chain }: { chain: ChainPage }) {
  const w = useWords();
  const terms = useTerms();
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  const [filter, setFilter] = useState<Filter>(NO_FILTER);
  const [metric, setMetric] = useState("");
  const [figures, setFigures] = useState<Measured[]>([]);
  const [failure, setFailure] = useState<unknown>();
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const [all, setAll] = useState(false);
  const [selected, select] = useState<Selected>();
  const [evidence, setEvidence] = useState<{ list: Evidence; from: Element | null }>();

  const board = useMemo(() => boardOf(chain), [chain]);
  const wider = useWider();
  const part = useMemo(() => filtered(board, filter, wider), [board, filter, wider]);
  const boxes = useMemo(() => boxesOf(part.firms, opened, w.chain.unstated, all), [part, opened, all, w]);
  const layout = useMemo(() => layoutOf(boxes, part.links, width - 2, STAGES), [boxes, part, width]);
  const scale = useMemo(() => (metric ? scaleOf(figures, metric) : undefined), [figures, metric]);
  useEffect(() => {
    const stop = new AbortController();
    measured(chain.id, stop.signal).then(
      (found) => stop.signal.aborted || setFigures(found),
      (failed: unknown) => stop.signal.aborted || setFailure(failed),
    );
    return () => stop.abort();
  }, [chain.id]);

  const open = (e: Evidence): void => setEvidence({ list: e, from: document.activeElement });
  const svg = (): string => picture(layout, { title: chain.name, columns: w.chain.columns, detail: w.chain.firms, role: terms.role, single: board.single });
  const edge = selected?.kind === "edge" ? layout.edges.find((e) => e.key === selected.key) : undefined;
  const firm = selected?.kind === "box" ? part.firms.find((f) => f.key === selected.key) : undefined;
  const close = (): void => select(undefined);
  return (
    <>
      <div class="chain-main">
        <ChainHead chain={chain} open={open} />
        <Tools
          filter={filter}
          setFilter={setFilter}
          choices={choices(board, wider)}
          figures={figures}
          metric={metric}
          setMetric={setMetric}
          scale={scale}
          shown={part.firms.filter((f) => f.member).length}
          of={board.firms.filter((f) => f.member).length}
          many={part.firms.length > READABLE && part.firms.length <= MOST}
          all={all}
          setAll={setAll}
          png={() => void savePng(chain.name, svg())}
          svg={() => saveSvg(chain.name, svg())}
        />
        {failure !== undefined && <Problem failure={failure} />}
        {chain.truncated && <p class="note">{w.chain.truncated}</p>}
        <div
          class="board"
          ref={frame}
          onClick={(event) => {
            if (!(event.target as Element).closest("button, .edge")) close();
          }}
        >
          {width > 0 && (
            <Board
              layout={layout}
              gaps={chain.gaps}
              single={board.single}
              scale={scale}
              selected={selected}
              select={select}
              opened={opened}
              toggle={(key) =>
                setOpened((before) => {
                  const next = new Set(before);
                  if (!next.delete(key)) next.add(key);
                  return next;
                })
              }
            />
          )}
        </div>
      </div>
      {evidence ? (
        <Reader
          evidence={evidence.list}
          focus
          close={() => {
            setEvidence(undefined);
            const from = evidence.from;
            if (from instanceof HTMLElement) requestAnimationFrame(() => from.focus());
          }}
        />
      ) : firm ? (
        <FirmDetails firm={firm} figures={figures} board={board} open={open} close={close} />
      ) : (
        edge && <EdgeDetails edge={edge} board={board} open={open} close={close} />
      )}
    </>
  );
}
