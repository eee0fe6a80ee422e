import { save } from "../export/save";
import { HEIGHT, type Layout } from "./layout";

const FONT = "'Microsoft YaHei','PingFang SC','Noto Sans CJK SC',sans-serif";
const MARGIN = 24;
const TITLE = 44;

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

/** The text that fits into a width; a Chinese character takes about the size of the letters. */
function fitting(text: string, width: number, size: number): string {
  let used = 0;
  for (const [n, character] of [...text].entries()) {
    used += character.codePointAt(0)! > 0xff ? size : size * 0.56;
    if (used > width) return `${[...text].slice(0, Math.max(1, n - 1)).join("")}…`;
  }
  return text;
}

interface Names {
  title: string;
  columns: Record<string, string>;
  detail: (firms: number) => string;
  role: (role: string) => string;
  single: ReadonlySet<string>;
}

/** The board as a picture of its own, for reports: no styles, scripts or fonts from anywhere. */
export function picture(layout: Layout, names: Names): string {
  const width = layout.width + 2 * MARGIN;
  const height = layout.height + TITLE + 2 * MARGIN;
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${FONT}">`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    `<text x="${MARGIN}" y="${MARGIN + 18}" font-size="18" font-weight="600" fill="#1c2530">${escaped(names.title)}</text>`,
    `<g transform="translate(${MARGIN},${TITLE + MARGIN - 10})">`,
  ];
  for (const { path, links } of layout.edges) {
    const denied = links.every((l) => l.polarity === "denied");
    const single = links.every((l) => names.single.has(l.id));
    parts.push(`<path d="${path}" fill="none" stroke="${denied ? "#9a2b22" : single ? "#b8860b" : "#8fa3b8"}" stroke-width="1.4"${denied ? ' stroke-dasharray="5 4"' : ""}/>`);
  }
  for (const { column, x, width: wide, boxes } of layout.columns) {
    parts.push(`<text x="${x}" y="20" font-size="13" font-weight="600" fill="#4a5665">${escaped(names.columns[column] ?? column)}</text>`);
    for (const box of boxes) {
      const [firm] = box.firms;
      const group = box.firms.length > 1;
      const leads = !group && firm!.leads;
      const detail = group ? names.detail(box.firms.length) : [...firm!.roles.map(names.role), firm!.places[0]?.name ?? ""].filter(Boolean).join(" · ");
      parts.push(
        `<rect x="${x}" y="${box.y}" width="${wide}" height="${HEIGHT}" rx="5" fill="${leads ? "#e6eef6" : "#fff"}" stroke="${leads ? "#1d4f7c" : "#c3cad3"}"${firm!.denied && !group ? ' stroke-dasharray="4 3"' : ""}/>`,
        `<text x="${x + 10}" y="${box.y + (detail ? 18 : 26)}" font-size="13" fill="#1c2530">${escaped(fitting(box.title, wide - 20, 13))}</text>`,
        detail ? `<text x="${x + 10}" y="${box.y + 34}" font-size="11" fill="#626e7d">${escaped(fitting(detail, wide - 20, 11))}</text>` : "",
      );
    }
  }
  parts.push("</g></svg>");
  return parts.join("");
}

export const saveSvg = (name: string, svg: string): void => save(`${name}.svg`, "image/svg+xml", svg);

/** The longest side that canvases of all browsers hold. */
const LONGEST = 16_000;

export async function savePng(name: string, svg: string): Promise<void> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const scale = Math.min(2, LONGEST / Math.max(image.width, image.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(image.width * scale);
  canvas.height = Math.round(image.height * scale);
  canvas.getContext("2d")!.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
  if (blob) save(`${name}.png`, "image/png", new Uint8Array(await blob.arrayBuffer()));
}
