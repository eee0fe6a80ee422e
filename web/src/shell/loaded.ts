import { useCallback, useEffect, useState } from "preact/hooks";

export interface Loaded<T> {
  value: T | undefined;
  failure: unknown;
  busy: boolean;
  again: () => void;
}

/** What a request gives; asked anew when ``on`` changes. */
export function useLoaded<T>(ask: (signal: AbortSignal) => Promise<T>, on: unknown[]): Loaded<T> {
  const [state, setState] = useState<Omit<Loaded<T>, "again">>({ value: undefined, failure: undefined, busy: true });
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const stop = new AbortController();
    setState((before) => ({ ...before, busy: true, failure: undefined }));
    ask(stop.signal).then(
      (value) => stop.signal.aborted || setState({ value, failure: undefined, busy: false }),
      (failure: unknown) => stop.signal.aborted || setState({ value: undefined, failure, busy: false }),
    );
    return () => stop.abort();
  }, [...on, turn]);
  return { ...state, again: useCallback(() => setTurn((t) => t + 1), []) };
}
