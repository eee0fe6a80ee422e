import { api } from "../api/client";

export interface Measured {
  subject: string;
  metric: string;
  name: string;
  period: string;
  value: number;
  /** as people write it: 不低于98.5% */
  shown: string;
  unit: string;
  passages: string[];
}

/** The figures of a chain's members that are numbers and not targets, for colouring the members. */
export async function measured(chain: string, signal: AbortSignal): Promise<Measured[]> {
  const { figures } = await api.figures(chain, signal);
  return figures.flatMap(({ subject, metric, phrase, period, value, shown, unit, value_kind, passages }) =>
    value === null || value_kind !== "actual"
      ? []
      : [{ subject: subject.id, metric: metric?.id ?? phrase, name: metric?.name ?? phrase, period, value, shown, unit, passages }],
  );
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
