import { useMemo } from "preact/hooks";
import { useWords } from "../words";
import { useTerms } from "../words/terms";
import { STEPS, type Measured, type Scale } from "./colour";
import type { Choices, Filter } from "./filter";

interface Props {
  filter: Filter;
  setFilter: (filter: Filter) => void;
  choices: Choices;
  figures: Measured[];
  metric: string;
  setMetric: (metric: string) => void;
  scale: Scale | undefined;
  shown: number;
  of: number;
  many: boolean;
  all: boolean;
  setAll: (all: boolean) => void;
  png: () => void;
  svg: () => void;
}

/** Filters, colours and exports of the board. */
export function Tools(p: Props) {
  const w = useWords();
  const terms = useTerms();
  const metrics = useMemo(() => [...new Map(p.figures.map((f) => [f.metric, terms.metric(f.metric, f.name)]))], [p.figures, terms.ontology, w]);
  const set = (part: Partial<Filter>): void => p.setFilter({ ...p.filter, ...part });
  return (
    <div class="tools" role="toolbar" aria-label={w.chain.tools}>
      <input type="search" value={p.filter.words} placeholder={w.chain.findFirm} aria-label={w.chain.findFirm} onInput={(e) => set({ words: e.currentTarget.value })} />
      <Choice name={w.chain.filters.region} label={w.chain.region} value={p.filter.region} of={p.choices.regions.map((r) => [r.id, r.name])} set={(region) => set({ region })} />
      <Choice name={w.chain.filters.role} label={w.chain.role} value={p.filter.role} of={p.choices.roles.map((r) => [r, terms.role(r)])} set={(role) => set({ role })} />
      <Choice name={w.chain.filters.year} label={w.chain.year} value={p.filter.year} of={p.choices.years.map((y) => [y, y])} set={(year) => set({ year })} />
      <Choice name={w.chain.colour} label={w.chain.colour} value={p.metric} of={metrics} set={p.setMetric} />
      {p.scale && (
        <span class="scale small" role="img" aria-label={w.chain.scale(p.scale.low, p.scale.high, p.scale.unit)}>
          {p.scale.low}
          {Array.from({ length: STEPS }, (_, n) => (
            <span key={n} class={`swatch shade-${n}`} />
          ))}
          {p.scale.high}
          {p.scale.unit}
        </span>
      )}
      <span class="faint small" role="status">
        {w.chain.shown(p.shown, p.of)}
      </span>
      {p.many && (
        <label class="small">
          <input type="checkbox" checked={p.all} onChange={(e) => p.setAll(e.currentTarget.checked)} /> {w.chain.showAll}
        </label>
      )}
      <span class="tools-end">
        <button type="button" class="quiet" onClick={p.png}>
          PNG
        </button>
        <button type="button" class="quiet" onClick={p.svg}>
          SVG
        </button>
      </span>
    </div>
  );
}

function Choice({ name, label, value, of, set }: { name: string; label: string; value: string; of: (readonly [string, string])[]; set: (value: string) => void }) {
  if (!of.length) return null;
  return (
    <select value={value} aria-label={name} onChange={(e) => set(e.currentTarget.value)}>
      <option value="">{label}</option>
      {of.map(([key, name]) => (
        <option key={key} value={key}>
          {name}
        </option>
      ))}
    </select>
  );
}
