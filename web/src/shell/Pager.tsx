import { useWords } from "../words";

/** Rows of a table that are shown at once. */
export const PAGE = 50;

interface Props {
  at: number;
  of: number;
  page?: number;
  go: (at: number) => void;
}

/** Which rows of a long table are shown, and the way to the others. */
export function Pager({ at, of, page = PAGE, go }: Props) {
  const w = useWords();
  if (of <= page) return null;
  const last = Math.ceil(of / page) - 1;
  const step = (to: number, label: string, sign: string, off: boolean) => (
    <button type="button" class="quiet" aria-label={label} title={label} disabled={off} onClick={() => go(to)}>
      {sign}
    </button>
  );
  return (
    <nav class="pager small" aria-label={w.pager.label}>
      {step(0, w.pager.first, "«", at === 0)}
      {step(at - 1, w.pager.previous, "‹", at === 0)}
      <span role="status">{w.pager.rows(at * page + 1, Math.min(of, (at + 1) * page), of)}</span>
      {step(at + 1, w.pager.next, "›", at === last)}
      {step(last, w.pager.last, "»", at === last)}
    </nav>
  );
}
