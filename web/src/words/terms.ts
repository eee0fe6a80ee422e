import { useEffect, useState } from "preact/hooks";
import { api } from "../api/client";
import { onStoreChange } from "../shell/store";
import { labelOf, useWords, type Label, type Words } from "./index";

export interface Term {
  name: string;
  label: Label;
}

/** The ontology's words in both languages (`GET /api/ontology`). */
export interface Ontology {
  classes: (Term & { attributes: string[]; structural: boolean })[];
  relations: (Term & { inverse: Label; subjects: string[]; objects: string[]; qualifiers: string[]; structural: boolean })[];
  subtypes: Term[];
  roles: Term[];
  properties: Term[];
  metrics: Term[];
}

let asked: Promise<Ontology | undefined> | undefined;
let known: Ontology | undefined;

/** Reads it once; a load may bring another ontology, so it is read again then. */
export function ontology(): Promise<Ontology | undefined> {
  asked ??= api.ontology().then(
    (found) => (known = found),
    () => (asked = undefined),
  );
  return asked;
}

onStoreChange(() => {
  asked = undefined;
});

const maps = new WeakMap<readonly Term[], Map<string, Label>>();

function labelIn(terms: readonly Term[] | undefined, name: string): Label | undefined {
  if (!terms) return undefined;
  let map = maps.get(terms);
  if (!map) maps.set(terms, (map = new Map(terms.map((t) => [t.name, t.label]))));
  return map.get(name);
}

/** What things, roles and metrics are called in the language of the page. */
export class Terms {
  constructor(
    readonly ontology: Ontology | undefined,
    private readonly w: Words,
  ) {}
  private of(terms: readonly Term[] | undefined, name: string, otherwise = name): string {
    const label = labelIn(terms, name);
    return label ? labelOf(label, this.w) : otherwise;
  }
  cls = (name: string): string => this.of(this.ontology?.classes, name);
  role = (name: string): string => this.of(this.ontology?.roles, name);
  property = (name: string): string => this.w.properties[name] ?? this.of(this.ontology?.properties, name);
  /** In Chinese as the source writes it; in English by the ontology's word, where it has one. */
  metric = (id: string, written: string): string => (this.w.code === "en" ? this.of(this.ontology?.metrics, id, written) : written);
}

export function useTerms(): Terms {
  const w = useWords();
  const [found, setFound] = useState(known);
  useEffect(() => {
    let there = true;
    void ontology().then((read) => there && setFound(read));
    return () => {
      there = false;
    };
  }, []);
  return new Terms(found, w);
}
