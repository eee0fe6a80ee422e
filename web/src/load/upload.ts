import { errorOf, headers } from "../api/client";
import type { ApiError } from "../api/client";

export interface Rejection {
  document: string;
  where: string;
  code: string;
  reason: string;
}

export interface LoadReport {
  documents: { id: string; status: string; facts: number }[];
  facts: number;
  rejections: Rejection[];
  seconds: number;
}

export interface LoadState {
  id: string;
  state: "waiting" | "running" | "done" | "failed";
  done: number;
  total: number;
  what: string;
  report: LoadReport | null;
  error: { code: string; message: string; hint: string; where: string } | null;
}

/** A file with the name that its document gets. */
export interface Chosen {
  name: string;
  file: File;
}

/** Sends files; tells which share of them has gone. */
export function upload(files: Chosen[], told: (share: number) => void): Promise<{ id: string }> {
  const form = new FormData();
  for (const { name, file } of files) form.append("files", file, name);
  return new Promise((resolve, reject: (failure: ApiError) => void) => {
    const request = new XMLHttpRequest();
    request.open("POST", "/api/loads");
    for (const [name, value] of Object.entries(headers())) request.setRequestHeader(name, value);
    request.upload.onprogress = (e) => told(e.lengthComputable ? e.loaded / e.total : 0);
    request.onload = () => {
      let body: unknown;
      try {
        body = JSON.parse(request.responseText);
      } catch {
        body = undefined;
      }
      if (request.status < 300 && body) resolve(body as { id: string });
      else reject(errorOf(body, request.status));
    };
    request.onerror = () => reject(errorOf({ error: { code: "unreachable", message: "", hint: "", where: "" } }, 0));
    request.send(form);
  });
}

/** The files of a drop: folders are gone through, and keep their names. */
export async function dropped(transfer: DataTransfer): Promise<Chosen[]> {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter((e) => e !== null && e !== undefined);
  if (!entries.length) return [...transfer.files].map((file) => ({ name: file.name, file }));
  const found: Chosen[] = [];
  const visit = async (entry: FileSystemEntry, path: string): Promise<void> => {
    if (entry.name.startsWith(".")) return;
    if (entry.isFile) {
      const file = await new Promise<File>((done, failed) => (entry as FileSystemFileEntry).file(done, failed));
      found.push({ name: path + entry.name, file });
      return;
    }
    const reader = (entry as FileSystemDirectoryEntry).createReader();
    for (;;) {
      const some = await new Promise<FileSystemEntry[]>((done, failed) => reader.readEntries(done, failed));
      if (!some.length) return;
      for (const inner of some) await visit(inner, `${path}${entry.name}/`);
    }
  };
  for (const entry of entries) await visit(entry, "");
  return found;
}
