import { text } from "./csv";
import { zip } from "./zip";

/** The media type of what `xlsx` gives. */
export const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml";

// eslint-disable-next-line no-control-regex
const escaped = (value: string): string =>
  value
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");

function cell(value: unknown): string {
  if (typeof value === "number" && Number.isFinite(value)) return `<c><v>${value}</v></c>`;
  return `<c t="inlineStr"><is><t xml:space="preserve">${escaped(text(value))}</t></is></c>`;
}

/** The width of a column in characters; a Chinese one takes two. */
function width(rows: readonly (readonly unknown[])[], column: number): number {
  const widths = rows.slice(0, 200).map((row) => text(row[column]).replace(/[^\x00-\xff]/g, "xx").length);
  return Math.min(60, Math.max(8, ...widths) + 2);
}

/** One sheet with the rows, the first of them a heading that stays in view. */
export function xlsx(rows: readonly (readonly unknown[])[], name = "NQI-KG"): Uint8Array {
  const columns = (rows[0] ?? []).map((_, c) => `<col min="${c + 1}" max="${c + 1}" width="${width(rows, c)}" customWidth="1"/>`);
  const sheet =
    `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0">` +
    `<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>` +
    `${columns.length ? `<cols>${columns.join("")}</cols>` : ""}<sheetData>` +
    rows.map((row) => `<row>${row.map(cell).join("")}</row>`).join("") +
    "</sheetData></worksheet>";
  return zip({
    "[Content_Types].xml":
      `${XML}<Types xmlns="${PACKAGE}/content-types">` +
      '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
      `<Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/>` +
      `<Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPE}.worksheet+xml"/></Types>`,
    "_rels/.rels":
      `${XML}<Relationships xmlns="${PACKAGE}/relationships">` +
      `<Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    "xl/workbook.xml":
      `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>` +
      `<sheet name="${escaped(name)}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    "xl/_rels/workbook.xml.rels":
      `${XML}<Relationships xmlns="${PACKAGE}/relationships">` +
      `<Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    "xl/worksheets/sheet1.xml": sheet,
  });
}
