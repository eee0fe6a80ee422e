import type { LoadState } from "../load/upload";
import type { CatalogueEntry, ChainPage, ChainRow, DisagreementView, DocumentRow, EntityPage, ObservationView, Subgraph } from "./graph";
import { chosen } from "../words/language";
import type { Ontology } from "../words/terms";
import type { Answer, CypherResult, LoadedDocument, StoreStatus } from "./types";

/** A failure with what to do about it: the service's one shape of errors. */
export class ApiError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly hint: string,
    readonly where: string,
    readonly status: number,
  ) {
    super(message);
  }
}

const KEY = "nqi.key";

/** The key that is sent with every request; empty where nobody signed in. */
export const key = {
  get: (): string => sessionStorage.getItem(KEY) ?? "",
  set: (value: string): void => {
    if (value) sessionStorage.setItem(KEY, value);
    else sessionStorage.removeItem(KEY);
  },
};

export function headers(more: Record<string, string> = {}): Record<string, string> {
  const held = key.get();
  const spoken = { ...more, "Accept-Language": chosen() };
  return held ? { ...spoken, Authorization: `Bearer ${held}` } : spoken;
}

export async function request<T>(path: string, init: RequestInit = {}): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, { ...init, headers: headers(init.headers as Record<string, string>) });
  } catch (failure) {
    if (failure instanceof DOMException && failure.name === "AbortError") throw failure;
    throw new ApiError("unreachable", "", "", "", 0);
  }
  const text = await response.text();
  const body = parsed(text);
  if (response.ok && body !== undefined) return body as T;
  throw errorOf(body, response.status);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

export function errorOf(body: unknown, status: number): ApiError {
  const error = (body as { error?: Partial<ApiError> } | undefined)?.error ?? {};
  return new ApiError(
    error.code ?? `http_${status}`,
    error.message ?? `HTTP ${status}`,
    error.hint ?? "",
    error.where ?? "",
    status,
  );
}

export const get = <T>(path: string, signal?: AbortSignal): Promise<T> => request<T>(path, { signal });

export const post = <T>(path: string, body: unknown, signal?: AbortSignal): Promise<T> =>
  request<T>(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
    signal,
  });

/** An id as a part of a path: its slashes stay, since ids of documents are paths. */
export const inPath = (id: string): string => id.split("/").map(encodeURIComponent).join("/");

export const api = {
  ask: (question: string, { previous, limit }: { previous?: string; limit?: number } = {}, signal?: AbortSignal) =>
    post<Answer>("/api/ask", { question, ...(previous ? { previous } : {}), ...(limit ? { limit } : {}) }, signal),
  answer: (id: string, signal?: AbortSignal) => get<Answer>(`/api/answers/${encodeURIComponent(id)}`, signal),
  chains: (signal?: AbortSignal) => get<{ chains: ChainRow[]; truncated: boolean }>("/api/chains?limit=1000", signal),
  chain: (id: string, signal?: AbortSignal) => get<ChainPage>(`/api/chains/${inPath(id)}`, signal),
  entity: (id: string, signal?: AbortSignal) => get<EntityPage>(`/api/entities/${inPath(id)}?limit=200`, signal),
  documents: (signal?: AbortSignal) => get<{ documents: DocumentRow[]; truncated: boolean }>("/api/documents?limit=1000", signal),
  conflicts: (signal?: AbortSignal) => get<{ conflicts: DisagreementView[]; truncated: boolean }>("/api/conflicts?limit=200", signal),
  load: (id: string) => get<LoadState>(`/api/loads/${id}`),
  demonstration: () => request<{ id: string }>("/api/loads/demonstration", { method: "POST" }),
  undo: () => request<{ undone: boolean }>("/api/undo", { method: "POST" }),
  status: () => get<StoreStatus>("/api/status"),
  document: (id: string, signal?: AbortSignal) => get<LoadedDocument>(`/api/documents/${inPath(id)}`, signal),
  cypher: (query: string, params: Record<string, unknown>, signal?: AbortSignal, limits: { limit?: number; seconds?: number } = {}) =>
    post<CypherResult>("/api/cypher", { query, params, ...limits }, signal),
  figures: (chain: string, signal?: AbortSignal) =>
    get<{ figures: ObservationView[]; truncated: boolean }>(`/api/figures?limit=1000&chain=${encodeURIComponent(chain)}`, signal),
  ontology: (signal?: AbortSignal) => get<Ontology>("/api/ontology", signal),
  regions: (signal?: AbortSignal) => get<{ regions: { id: string; name: string; parent: string }[] }>("/api/regions?limit=1000", signal),
  catalogue: (signal?: AbortSignal) => get<{ queries: CatalogueEntry[] }>("/api/catalogue", signal),
  subgraph: (ids: string[], depth: number, signal?: AbortSignal) =>
    get<Subgraph>(`/api/subgraph?depth=${depth}&limit=400&${ids.map((id) => `id=${encodeURIComponent(id)}`).join("&")}`, signal),
};
