// The pages of the graph (docs/api.md, “The graph”).
import type { Label } from "../words";
import type { Basis, Evidence } from "./types";

export interface Ref {
  id: string;
  class: string;
  name: string;
}

export interface Fact {
  id: string;
  polarity: "stated" | "denied";
  other: Ref;
  qualifiers: Record<string, unknown>;
  passages: string[];
  evidence: Evidence[];
}

export interface RelationFacts {
  relation: string;
  direction: "in" | "out";
  label: Label;
  facts: Fact[];
  truncated: boolean;
}

export interface ObservationView {
  id: string;
  subject: Ref;
  metric: Ref | null;
  phrase: string;
  period: string;
  shown: string;
  value: number | null;
  text: string;
  unit: string;
  value_kind: string;
  scope: string;
  passages: string[];
  evidence: Evidence[];
}

export interface EntityPage {
  id: string;
  class: string;
  label: Label;
  name: string;
  subtype: string;
  subtype_label: Label | null;
  aliases: string[];
  code: string;
  attributes: Record<string, unknown>;
  relations: RelationFacts[];
  observations: ObservationView[];
  observations_truncated: boolean;
  passages: string[];
  evidence: Evidence[];
}

export interface ChainRow {
  id: string;
  class: string;
  name: string;
  places: Ref[];
  members: number;
  lead_firms: number;
}

export interface Member {
  id: string;
  class: string;
  name: string;
  roles: string[];
  years: string[];
  leads: boolean;
  polarity: "stated" | "denied";
  places: Ref[];
  passages: string[];
  evidence: Evidence[];
}

export interface Stage {
  stage: string;
  label: Label;
  members: Member[];
}

export interface Link {
  id: string;
  type: string;
  label: Label;
  source: Ref;
  target: Ref;
  polarity: "stated" | "denied";
  qualifiers: Record<string, unknown>;
  passages: string[];
  evidence: Evidence[];
}

export interface Gap {
  kind: string;
  what: Label;
  stage: string;
  relation: string;
  class: string;
  subtype: string;
  basis: NonNullable<Basis>;
  evidence: Evidence[];
}

export interface ChainPage {
  id: string;
  class: string;
  label: Label;
  name: string;
  aliases: string[];
  places: Ref[];
  stages: Stage[];
  lead_firms: Member[];
  suppliers: Ref[];
  links: Link[];
  relations: RelationFacts[];
  gaps: Gap[];
  observations: ObservationView[];
  truncated: boolean;
}

export interface Subgraph {
  nodes: Ref[];
  edges: { id: string; type: string; label: Label; source: string; target: string; polarity: string; passages: string[] }[];
  truncated: boolean;
}

export interface CatalogueEntry {
  name: string;
  title: Label;
  description: string[];
  parameters: { name: string; type: string; example: string; title: Label }[];
  query: string;
  engines: string[];
}

export interface DocumentRow {
  id: string;
  title: string;
  kind: string;
  number: string;
  issuer: string;
  dated: string;
  draft: boolean;
  size: number;
}

export interface DisagreementView {
  kind: "conflict" | "divergence";
  of: string;
  subject: Ref;
  metric: string;
  period: string;
  values: string[];
  differs_in: string[];
  observations: ObservationView[];
}
