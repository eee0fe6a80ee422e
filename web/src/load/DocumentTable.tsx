import type { DocumentRow } from "../api/graph";
import { documentPath } from "../reader/Reader";
import type { Loaded } from "../shell/loaded";
import { Problem, storeless } from "../shell/Problem";
import { useWords } from "../words";

const size = (bytes: number): string => (bytes < 1024 ? `${bytes} B` : bytes < 1 << 20 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / (1 << 20)).toFixed(1)} MB`);

/** What is loaded. */
export function DocumentTable({ documents }: { documents: Loaded<{ documents: DocumentRow[]; truncated: boolean }> }) {
  const w = useWords();
  const { value, failure, again } = documents;
  // where there is no store yet, the upload makes one
  const none = storeless(failure);
  const issued = value?.documents.some((d) => d.issuer) ?? false;
  const dated = value?.documents.some((d) => d.dated) ?? false;
  const wanted = (column: number): boolean => (column !== 3 || issued) && (column !== 4 || dated);
  return (
    <section class="card">
      <h2>
        {w.load.loaded} {value && <span class="faint small">{value.documents.length}{value.truncated && "+"}</span>}
      </h2>
      {failure !== undefined && !none && <Problem failure={failure} again={again} />}
      {(none || value?.documents.length === 0) && <p class="faint">{w.load.nothing}</p>}
      {value && value.documents.length > 0 && (
        <div class="table-frame plain" tabIndex={0} role="region" aria-label={w.load.loaded}>
          <table>
            <thead>
              <tr>
                {w.load.documentColumns.filter((_, n) => wanted(n)).map((c) => (
                  <th key={c} scope="col">
                    {c}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {value.documents.map((d) => (
                <tr key={d.id}>
                  <td>
                    <a href={documentPath({ document: d.id, start: null, end: null, cells: null })}>{d.title || d.id}</a>
                    {d.draft && <span class="tag">{w.load.draft}</span>}
                  </td>
                  <td class="faint small">{d.id}</td>
                  <td>{w.load.kindsOf[d.kind] ?? ""}</td>
                  {issued && <td>{d.issuer}</td>}
                  {dated && <td>{d.dated}</td>}
                  <td class="number">{size(d.size)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
