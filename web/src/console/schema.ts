import { labelOf, type Words } from "../words";
import type { Ontology, Term } from "../words/terms";
import { PROPERTIES, type Schema } from "./editor";

/** The ontology's classes, relations and properties for completing, each with its word. */
export function schemaOf(ontology: Ontology | undefined, w: Words): Schema {
  const complete = (type: string) => (term: Term) => ({ label: term.name, type, detail: labelOf(term.label, w) });
  const qualifiers = new Set(ontology?.relations.flatMap((r) => r.qualifiers));
  const named = new Set([...(ontology?.properties.map((p) => p.name) ?? []), ...qualifiers]);
  return {
    labels: ontology?.classes.map(complete("class")) ?? [],
    types: ontology?.relations.map(complete("type")) ?? [],
    properties: [
      ...(ontology?.properties.map(complete("property")) ?? []),
      ...[...qualifiers].map((label) => ({ label, type: "property", detail: w.properties[label] ?? "" })),
      ...PROPERTIES.filter((label) => !named.has(label)).map((label) => ({ label, type: "property" })),
    ],
  };
}
