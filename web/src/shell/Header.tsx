import { useEffect, useRef, useState } from "preact/hooks";
import { api, key } from "../api/client";
import type { StoreStatus } from "../api/types";
import { useWords } from "../words";
import { onStoreChange } from "./store";

export function Header({ view, switchLanguage }: { view: string; switchLanguage: () => void }) {
  const w = useWords();
  const tabs: [string, string, string][] = [
    ["/", w.nav.ask, view === "answer" ? "answer" : ""],
    ["/chain", w.nav.chain, "chain"],
    ["/cypher", w.nav.cypher, "cypher"],
    ["/load", w.nav.load, "load"],
  ];
  return (
    <header class="bar">
      <a class="brand" href="/" title={w.brandLong}>
        <img src="/page/icon.svg" alt="" width="22" height="22" />
        <span>
          {w.brand} <span class="brand-long">{w.brandLong}</span>
        </span>
      </a>
      <nav aria-label={w.menu}>
        {tabs.map(([path, name, at]) => (
          <a key={path} href={path} aria-current={at === view ? "page" : undefined}>
            {name}
          </a>
        ))}
      </nav>
      <div class="bar-end">
        <Store />
        <SignIn />
        <button type="button" class="quiet" title={w.otherLanguageHint} onClick={switchLanguage}>
          {w.otherLanguage}
        </button>
      </div>
    </header>
  );
}

function Store() {
  const w = useWords();
  const [status, setStatus] = useState<StoreStatus>();
  useEffect(() => {
    const read = (): void => void api.status().then(setStatus, () => setStatus(undefined));
    read();
    return onStoreChange(read);
  }, []);
  if (!status) return null;
  return (
    <span class="faint small" title={`${w.storeHint}: ${status.engine} ${status.hash.slice(0, 12)}`}>
      {w.store(status.documents, status.version)}
    </span>
  );
}

function SignIn() {
  const w = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const [held, setHeld] = useState(key.get() !== "");
  const [value, setValue] = useState("");
  const done = (given: string): void => {
    key.set(given.trim());
    location.reload();
  };
  if (held) {
    return (
      <button type="button" class="quiet" onClick={() => (setHeld(false), done(""))}>
        {w.signOut}
      </button>
    );
  }
  return (
    <>
      <button type="button" class="quiet" onClick={() => dialog.current?.showModal()}>
        {w.signIn}
      </button>
      <dialog ref={dialog} aria-labelledby="sign-in">
        <form
          method="dialog"
          onSubmit={(event) => {
            event.preventDefault();
            done(value);
          }}
        >
          <h2 id="sign-in">{w.signIn}</h2>
          <label for="key">{w.keyLabel}</label>
          <input type="text" name="username" autocomplete="username" value="nqi" hidden readOnly />
          <input
            id="key"
            type="password"
            autocomplete="current-password"
            value={value}
            onInput={(e) => setValue(e.currentTarget.value)}
            required
          />
          <p class="faint small">{w.keyHint}</p>
          <div class="dialog-end">
            <button type="button" onClick={() => dialog.current?.close()}>
              {w.cancel}
            </button>
            <button class="main">{w.signIn}</button>
          </div>
        </form>
      </dialog>
    </>
  );
}
