import { api } from "../api/client";
import type { Evidence } from "../api/types";
import { placeOf } from "../reader/text";

export interface Measured {
  subject: string;
  metric: string;
  name: string;
  period: string;
  value: number;
  unit: string;
  passages: string[];
}

const QUERY = `MATCH (x)<-[:ABOUT]-(o:Observation)-[:MEASURES]->(m:Metric)
WHERE x.id IN $ids AND o.value_kind = 'actual' AND o.value IS NOT NULL
RETURN x.id AS subject, m.id AS metric, m.name AS name, o.period AS period,
       o.value AS value, o.unit AS unit, o.passages AS passages
ORDER BY name, subject, period`;

/** The figures of things, for colouring them; none where this may not be asked. */
export async function measured(ids: string[], signal: AbortSignal): Promise<Measured[]> {
  try {
    const { rows } = await api.cypher(QUERY, { ids }, signal);
    return rows.map(([subject, metric, name, period, value, unit, passages]) => ({
      subject: String(subject),
      metric: String(metric),
      name: String(name),
      period: String(period ?? ""),
      value: Number(value),
      unit: String(unit ?? ""),
      passages: Array.isArray(passages) ? passages.map(String) : [],
    }));
  } catch {
    return [];
  }
}

export interface Scale {
  metric: string;
  low: number;
  high: number;
  unit: string;
  /** the latest figure of each thing */
  of: Map<string, Measured>;
}

/** The latest figures of a metric, and between which values they lie. */
export function scaleOf(figures: Measured[], metric: string): Scale | undefined {
  const of = new Map<string, Measured>();
  for (const figure of figures) {
    const before = of.get(figure.subject);
    if (figure.metric === metric && (!before || before.period <= figure.period)) of.set(figure.subject, figure);
  }
  const values = [...of.values()].map((f) => f.value);
  if (!values.length) return undefined;
  return { metric, low: Math.min(...values), high: Math.max(...values), unit: [...of.values()][0]!.unit, of };
}

export const STEPS = 5;

/** The step of a value between the lowest (0) and the highest. */
export function step({ low, high }: Scale, value: number): number {
  return high === low ? STEPS - 1 : Math.min(STEPS - 1, Math.floor(((value - low) / (high - low)) * STEPS));
}

/** A reference of the graph as evidence that the reader can open. */
export function evidenceAt(reference: string): Evidence {
  return { ...placeOf(reference), section: "", quote: "", url: null, grade: null };
}
