import { useWords } from "../words";

/** An empty store offers the demonstration material and the upload. */
export function EmptyStore({ none }: { none: boolean }) {
  const w = useWords();
  return (
    <section class="empty">
      <h2>{none ? w.empty.none : w.empty.title}</h2>
      <p>{w.empty.text}</p>
      <p class="empty-ways">
        <a class="button main" href="/load?demo=1">
          {w.empty.demo}
        </a>
        <a class="button" href="/load">
          {w.empty.upload}
        </a>
      </p>
    </section>
  );
}
