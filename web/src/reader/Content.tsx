import type { LoadedDocument } from "../api/types";
import { useWords } from "../words";
import { Table } from "./Table";
import { Text } from "./Text";

interface Props {
  of: LoadedDocument;
  start: number | null;
  end: number | null;
  cells: string | null;
  focus: boolean;
  quote?: string;
}

/** A document's text or rows with one place of it highlighted. */
export function Content({ of, start, end, cells, focus, quote }: Props) {
  const w = useWords();
  if (of.text !== null) return <Text document={of} text={of.text} start={start} end={end} focus={focus} />;
  if (of.rows) return <Table sheets={of.rows} cells={cells} focus={focus} />;
  return (
    <div class="reader-body">
      <p class="note">{w.reader.noContent}</p>
      {quote && <blockquote>{quote}</blockquote>}
    </div>
  );
}
