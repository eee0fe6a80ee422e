import { useEffect, useState } from "preact/hooks";
import { useWords } from "../words";

/** Puts a text on the clipboard, also where the page is not served over https. */
export async function toClipboard(text: string): Promise<void> {
  if (navigator.clipboard && isSecureContext) return navigator.clipboard.writeText(text);
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "off-screen";
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}

export function Copy({ text, label, done }: { text: () => string; label?: string; done?: string }) {
  const w = useWords();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), 1800);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <button type="button" class="quiet" onClick={() => void toClipboard(text()).then(() => setCopied(true))}>
      <span aria-live="polite">{copied ? (done ?? w.copied) : (label ?? w.copy)}</span>
    </button>
  );
}
