export interface Parameter {
  name: string;
  type: string;
  example: string;
}

/** The names of the parameters in a statement, outside of strings and comments. */
export function parametersIn(query: string): string[] {
  const bare = query.replace(/\/\/[^\n]*|\/\*[\s\S]*?\*\/|'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|`[^`]*`/g, " ");
  return [...new Set([...bare.matchAll(/\$([\p{L}_][\p{L}\w]*)/gu)].map((m) => m[1]!))];
}

/** A value as it is typed into a form: JSON where it is JSON, else text. */
export function valueOf(typed: string, type = ""): unknown {
  if (type === "string") return typed;
  if (type === "strings") return typed.split(/[,，;；]\s*/).filter(Boolean);
  try {
    return JSON.parse(typed) as unknown;
  } catch {
    return typed;
  }
}

export const typed = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

const ID = /^[a-z]+:[^\s].*$/;

/** The ids of things that stand in a result, in their order. */
export function idsIn(rows: readonly (readonly unknown[])[], classes: readonly string[]): string[] {
  const known = new Set(classes.map((c) => c.toLowerCase()));
  const found = new Set<string>();
  const look = (value: unknown): void => {
    if (typeof value === "string") {
      if (ID.test(value) && known.has(value.slice(0, value.indexOf(":")))) found.add(value);
    } else if (Array.isArray(value)) value.forEach(look);
    else if (value && typeof value === "object") Object.values(value).forEach(look);
  };
  rows.forEach((row) => row.forEach(look));
  return [...found];
}
