import { inPath } from "./api/client";
import { useEffect, useState } from "preact/hooks";

export interface Place {
  path: string;
  query: URLSearchParams;
}

const here = (): Place => ({ path: location.pathname, query: new URLSearchParams(location.search) });
const listeners = new Set<() => void>();
const tell = (): void => listeners.forEach((listener) => listener());

/** Goes to another view; ``replace`` leaves no step in the browser's history. */
export function go(to: string, replace = false): void {
  if (to === location.pathname + location.search) return;
  history[replace ? "replaceState" : "pushState"](null, "", to);
  tell();
}

/** Changes the address without telling the views, where they show it already. */
export function renamed(to: string): void {
  history.replaceState(null, "", to);
}

export function usePlace(): Place {
  const [place, setPlace] = useState(here);
  useEffect(() => {
    const moved = (): void => setPlace(here());
    listeners.add(moved);
    addEventListener("popstate", moved);
    return () => {
      listeners.delete(moved);
      removeEventListener("popstate", moved);
    };
  }, []);
  return place;
}

const OWN = /^\/(?:$|\?|answer\/|chain(?:$|\/|\?)|cypher(?:$|\?)|load(?:$|\?)|document\/|entity\/)/;

/** Links between views are followed without loading the page anew. */
export function followLinks(): () => void {
  const clicked = (event: MouseEvent): void => {
    if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
      return;
    const link = (event.target as Element | null)?.closest?.("a[href]");
    const to = link?.getAttribute("href");
    if (!to || !OWN.test(to) || link?.hasAttribute("target") || link?.hasAttribute("download")) return;
    event.preventDefault();
    go(to);
  };
  document.addEventListener("click", clicked);
  return () => document.removeEventListener("click", clicked);
}

/** The address of an answer: its id, and the question for where the answer is no longer kept. */
export const answerPath = (id: string, question: string): string =>
  `/answer/${encodeURIComponent(id)}?q=${encodeURIComponent(question)}`;
export const askPath = (question: string, previous?: string): string =>
  `/?q=${encodeURIComponent(question)}${previous ? `&previous=${encodeURIComponent(previous)}` : ""}`;
export const entityPath = (id: string): string => `/entity/${encodeURIComponent(id)}`;
export const chainPath = (id: string): string => `/chain/${inPath(id)}`;
export const cypherPath = (query: string, params: unknown): string =>
  `/cypher?query=${encodeURIComponent(query)}&params=${encodeURIComponent(JSON.stringify(params))}`;
