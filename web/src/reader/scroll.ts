/** Scrolls a box so that a thing inside stands in its middle; the page around it stays. */
export function centred(box: HTMLElement, inside: HTMLElement): void {
  const [outer, inner] = [box.getBoundingClientRect(), inside.getBoundingClientRect()];
  box.scrollTop += inner.top - outer.top - Math.max(40, (outer.height - inner.height) / 2);
}
