/** What this browser keeps; where storing is not allowed, it is kept as long as the page is open. */
const open = new Map<string, string>();

export function kept(name: string): string | null {
  try {
    return localStorage.getItem(name) ?? open.get(name) ?? null;
  } catch {
    return open.get(name) ?? null;
  }
}

export function keep(name: string, value: string): void {
  open.set(name, value);
  try {
    localStorage.setItem(name, value);
  } catch {
    // full or forbidden: the copy above does for now
  }
}
