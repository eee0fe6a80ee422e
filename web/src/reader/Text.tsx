import { useEffect, useMemo, useRef } from "preact/hooks";
import type { LoadedDocument } from "../api/types";
import { useWords } from "../words";
import { centred } from "./scroll";
import { blocks, LONGEST_HEADING, unitAt, type Block } from "./text";

interface Props {
  document: LoadedDocument;
  text: string;
  start: number | null;
  end: number | null;
  focus: boolean;
}

interface Heading {
  label: string;
  level: number;
  block: number;
}

/** The headings: as the service found them, else as they look. */
function headings(document: LoadedDocument, text: string, lines: Block[]): Heading[] {
  if (document.sections?.length) {
    return document.sections.map((s) => {
      const unit = unitAt(text, s.start);
      const block = lines.findIndex((line) => line.end > unit);
      const label = [s.label || s.number, s.title].filter(Boolean).join(" ") || lines[block]?.text || "";
      return { label: label.replace(/^#+\s*/, ""), level: Math.max(1, s.level), block: Math.max(0, block) };
    });
  }
  return lines.flatMap((line, block) =>
    line.level ? [{ label: line.text.replace(/^#+\s*/, "").trim(), level: line.level, block }] : [],
  );
}

export function Text({ document: of, text, start, end, focus }: Props) {
  const w = useWords();
  const body = useRef<HTMLDivElement>(null);
  const outline = useRef<HTMLElement>(null);
  const lines = useMemo(() => blocks(text), [text]);
  const tree = useMemo(() => headings(of, text, lines), [of, text, lines]);
  const marked = useMemo((): [number, number] => (start === null || end === null ? [-1, -1] : [unitAt(text, start), unitAt(text, end)]), [text, start, end]);
  // a section may begin with a whole paragraph: only a short line is a heading
  const levels = useMemo(() => new Map(tree.filter((h) => (lines[h.block]?.text.length ?? 0) <= LONGEST_HEADING).map((h) => [h.block, h.level])), [tree, lines]);

  useEffect(() => {
    const mark = body.current?.querySelector<HTMLElement>("mark");
    if (!mark) return;
    centred(body.current!, mark);
    if (focus) mark.focus({ preventScroll: true });
    const section = outline.current?.querySelector<HTMLElement>("[aria-current]");
    if (section) centred(outline.current!, section);
  }, [marked, focus]);

  const jump = (block: number): void => {
    const line = body.current?.querySelector<HTMLElement>(`[data-block="${block}"]`);
    if (line) body.current!.scrollTop += line.getBoundingClientRect().top - body.current!.getBoundingClientRect().top - 12;
  };
  const base = Math.min(...tree.map((h) => h.level));
  const current = tree.findLast((h) => (lines[h.block]?.start ?? 0) <= marked[0]);
  return (
    <div class="reader-split">
      <nav class="outline" aria-label={w.reader.sections} ref={outline}>
        {tree.length ? (
          <ul>
            {tree.map((h, n) => (
              <li key={n} class={`depth-${Math.min(4, h.level - base)}`}>
                <button type="button" class="link" onClick={() => jump(h.block)} aria-current={h === current ? "location" : undefined} title={h.label}>
                  {h.label}
                </button>
              </li>
            ))}
          </ul>
        ) : (
          <p class="faint small">{w.reader.noSections}</p>
        )}
      </nav>
      <div class="reader-body text" ref={body} tabIndex={0} role="region" aria-label={of.title || of.id}>
        {lines.map((line, n) => (
          <Line key={n} line={line} n={n} level={levels.get(n) ?? line.level} marked={marked} />
        ))}
      </div>
    </div>
  );
}

/** The marks of emphasis of Markdown and HTML (`**…**`, `<b>…</b>`) as what they mean. */
function Emphasised({ text }: { text: string }) {
  return (
    <>
      {text.split(/\*\*(?=\S)(.+?)\*\*|<b>(.+?)<\/b>/g).map((part, n) => (n % 3 && part !== undefined ? <b key={n}>{part}</b> : part))}
    </>
  );
}

function Line({ line, n, level, marked }: { line: Block; n: number; level: number; marked: [number, number] }) {
  const from = Math.max(line.start, marked[0]);
  const to = Math.min(line.end, marked[1]);
  const at = (unit: number): number => unit - line.start;
  const shown = level ? line.text.replace(/^#+\s*/, "") : line.text;
  const cut = line.text.length - shown.length;
  const inside =
    from < to ? (
      <>
        <Emphasised text={line.text.slice(cut, at(from))} />
        <mark tabIndex={-1}>{line.text.slice(at(from), at(to))}</mark>
        <Emphasised text={line.text.slice(at(to))} />
      </>
    ) : (
      <Emphasised text={shown} />
    );
  return (
    <p data-block={n} class={level ? `heading heading-${Math.min(4, level)}` : undefined}>
      {inside}
    </p>
  );
}
