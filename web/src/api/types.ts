// The shapes of docs/api.md, as far as the page reads them.

export type Status = "answered" | "no_data" | "not_understood" | "ambiguous";
export type Basis = "denied" | "covered" | "unrecorded" | null;

/** A passage: characters of a document (code points), or cells of a table. */
export interface Evidence {
  document: string;
  section: string;
  quote: string;
  start: number | null;
  end: number | null;
  cells: string | null;
  url: string | null;
  grade: string | null;
}

export interface Disagreement {
  of: string;
  values: string[];
  kind: "conflict" | "divergence";
  differs_in: string[];
  /** of each value; older answers that are kept have none */
  passages?: string[][];
}

export interface GraphNode {
  id: string;
  class: string;
  name: string;
}

export interface GraphEdge {
  id: string;
  type: string;
  source: string;
  target: string;
  passages: string[];
}

export interface ShownCypher {
  query: string;
  params: Record<string, unknown>;
}

export interface Answer {
  id: string;
  question: string;
  asked: string;
  status: Status;
  answers: string[];
  text: string;
  reading: string;
  logical_form: string;
  confidence: number;
  notes: string[];
  columns: string[];
  rows: string[][];
  row_basis: Basis[];
  row_ids?: (string | null)[];
  row_passages?: string[][];
  total?: number;
  evidence: Evidence[];
  conflicts: Disagreement[];
  cypher: ShownCypher[];
  graph: { nodes: GraphNode[]; edges: GraphEdge[] };
  suggestions: string[];
  engine: string;
  elapsed_ms: number;
}

export interface StoreStatus {
  hash: string;
  documents: number;
  nodes: Record<string, number>;
  relationships: Record<string, number>;
  conflicts: number;
  engine: string;
  version: string;
  extractor: string;
}

export interface CypherResult {
  columns: string[];
  rows: unknown[][];
  truncated: boolean;
  elapsed_ms: number;
  engine: string;
  warnings: string[];
}

export interface SectionOf {
  id?: string;
  number?: string;
  label?: string;
  title?: string;
  level: number;
  start: number;
  end?: number;
}

export interface Sheet {
  sheet: string;
  rows: string[][];
}

export interface LoadedDocument {
  id: string;
  title: string;
  number: string;
  issuer: string;
  dated: string;
  text: string | null;
  rows: Sheet[] | null;
  sections?: SectionOf[];
}
