const listeners = new Set<() => void>();

/** Told when this page has changed what is in the store. */
export function onStoreChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const storeChanged = (): void => listeners.forEach((listener) => listener());
