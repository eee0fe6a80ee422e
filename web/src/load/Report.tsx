import { csv } from "../export/csv";
import { save } from "../export/save";
import { documentPath } from "../reader/Reader";
import { cellsOf } from "../reader/text";
import { useWords } from "../words";
import type { LoadReport, Rejection } from "./upload";

/** Where a rejection points to, as a place in its document, where it is one. */
function placeOfRejection({ document, where }: Rejection): string {
  const place = where.replace(/^.*#/, "");
  const span = /^(\d+)-(\d+)$/.exec(place);
  if (span) return documentPath({ document, start: Number(span[1]), end: Number(span[2]), cells: null });
  return documentPath({ document, start: null, end: null, cells: cellsOf(place) ? place : null });
}

/** What a load has done: each document, and what was rejected with place and reason. */
export function Report({ report }: { report: LoadReport }) {
  const w = useWords();
  const read = new Set(report.documents.filter((d) => d.status !== "rejected" && d.status !== "failed").map((d) => d.id));
  return (
    <section class="card report" aria-label={w.load.report}>
      <h2>
        {w.load.report} <span class="faint small">{w.load.summary(report.facts, report.rejections.length, report.seconds)}</span>
      </h2>
      <div class="table-frame plain" tabIndex={0} role="region" aria-label={w.load.report}>
        <table>
          <thead>
            <tr>
              <th scope="col">{w.load.document}</th>
              <th scope="col">{w.load.status}</th>
              <th scope="col">{w.load.facts}</th>
            </tr>
          </thead>
          <tbody>
            {report.documents.map((d) => (
              <tr key={d.id}>
                <td>{read.has(d.id) ? <a href={documentPath({ document: d.id, start: null, end: null, cells: null })}>{d.id}</a> : d.id}</td>
                <td>{w.load.statuses[d.status] ?? d.status}</td>
                <td class="number">
                  {d.facts} {d.facts === 0 && /\.(md|txt)$/i.test(d.id) && read.has(d.id) && d.status !== "unchanged" && <span class="faint small">{w.load.noFacts}</span>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {report.rejections.length > 0 && (
        <>
          <h3 class="rejections">
            {w.load.rejections} <span class="faint small">{report.rejections.length}</span>
            <button type="button" class="quiet" onClick={() => save("rejections.csv", "text/csv", csv([w.load.rejectionColumns, ...report.rejections.map((r) => [r.document, r.where, r.reason, r.code])]))}>
              CSV
            </button>
          </h3>
          <div class="table-frame plain" tabIndex={0} role="region" aria-label={w.load.rejections}>
            <table>
              <thead>
                <tr>
                  {w.load.rejectionColumns.map((c) => (
                    <th key={c} scope="col">
                      {c}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {report.rejections.slice(0, 200).map((r, n) => (
                  <tr key={n}>
                    <td>{r.document}</td>
                    <td>{read.has(r.document) && r.where ? <a href={placeOfRejection(r)}>{r.where}</a> : r.where}</td>
                    <td>
                      {w.load.reasons[r.code] ? (
                        <>
                          {w.load.reasons[r.code]} <span class="faint small">{r.reason}</span>
                        </>
                      ) : (
                        r.reason
                      )}
                    </td>
                    <td class="faint small">{r.code}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {report.rejections.length > 200 && <p class="faint small">{w.load.moreRejections(report.rejections.length - 200)}</p>}
        </>
      )}
    </section>
  );
}
