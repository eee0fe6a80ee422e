import { useState } from "preact/hooks";
import type { ChainRow } from "../api/graph";
import { go, chainPath } from "../route";
import { useWords } from "../words";

/** All chains, the largest first, found by typing. */
export function Picker({ chains, current, truncated }: { chains: ChainRow[]; current: string; truncated: boolean }) {
  const w = useWords();
  const [words, setWords] = useState("");
  const found = chains
    .filter((c) => `${c.name}${c.places.map((p) => p.name).join("")}`.includes(words.trim()))
    .sort((a, b) => b.members - a.members || a.name.localeCompare(b.name, "zh-CN"));
  return (
    <nav class="picker" aria-label={w.chain.pick}>
      <label class="off-screen" for="picker">
        {w.chain.pick}
      </label>
      <input
        id="picker"
        type="search"
        value={words}
        placeholder={w.chain.find}
        onInput={(e) => setWords(e.currentTarget.value)}
        onKeyDown={(e) => {
          if (e.key === "Enter" && !e.isComposing && e.keyCode !== 229 && found[0]) go(chainPath(found[0].id));
        }}
      />
      <ul>
        {found.map((c) => (
          <li key={c.id}>
            <a href={chainPath(c.id)} aria-current={c.id === current ? "page" : undefined} title={c.id}>
              <span class="clip">{c.name}</span>
              <span class="faint small clip">{c.places[0]?.name ?? ""}</span>
              <span class={`count${c.members ? "" : " faint"}`}>{c.members}</span>
            </a>
          </li>
        ))}
      </ul>
      {!found.length && <p class="faint">{w.chain.noneFound}</p>}
      {truncated && <p class="faint small">{w.chain.moreChains}</p>}
    </nav>
  );
}
