import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Problem } from "./Problem";

/** A view whose code is fetched when it is first opened. */
export function lazily<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  let ready: ComponentType<P> | undefined;
  return function Lazy(props: P) {
    const [, setTurn] = useState(0);
    const [failure, setFailure] = useState<unknown>();
    useEffect(() => {
      if (ready) return;
      load().then((view) => {
        ready = view;
        setTurn((t) => t + 1);
      }, setFailure);
    }, []);
    if (failure) return <Problem failure={failure} again={() => location.reload()} />;
    const View = ready;
    return View ? <View {...props} /> : <div class="waiting" aria-busy="true" />;
  };
}
