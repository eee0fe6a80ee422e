import { Component, type ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { AskView } from "./ask/AskView";
import { followLinks, usePlace } from "./route";
import { Header } from "./shell/Header";
import { lazily } from "./shell/lazily";
import { Problem } from "./shell/Problem";
import { choose, chosen, wordsOf, WordsOfPage, type Language } from "./words";

const ChainView = lazily(() => import("./chain/ChainView").then((m) => m.ChainView));
const ConsoleView = lazily(() => import("./console/ConsoleView").then((m) => m.ConsoleView));
const EntityView = lazily(() => import("./entity/EntityView").then((m) => m.EntityView));
const LoadView = lazily(() => import("./load/LoadView").then((m) => m.LoadView));
const DocumentView = lazily(() => import("./reader/DocumentView").then((m) => m.DocumentView));

class Guard extends Component<{ at: string; children: ComponentChildren }, { failure?: unknown }> {
  override state: { failure?: unknown } = {};
  override componentDidCatch(failure: unknown): void {
    this.setState({ failure });
  }
  override componentDidUpdate(before: { at: string }): void {
    if (before.at !== this.props.at && this.state.failure) this.setState({ failure: undefined });
  }
  override render() {
    return this.state.failure ? (
      <Problem failure={this.state.failure} again={() => location.reload()} />
    ) : (
      this.props.children
    );
  }
}

export function App() {
  const [language, setLanguage] = useState<Language>(chosen);
  const place = usePlace();
  const words = wordsOf(language);
  useEffect(followLinks, []);
  useEffect(() => {
    document.documentElement.lang = language === "en" ? "en" : "zh-CN";
    choose(language);
  }, [language]);
  const view = place.path.split("/")[1] ?? "";
  return (
    <WordsOfPage.Provider value={words}>
      <a class="skip" href="#main">
        {words.skip}
      </a>
      <Header view={view} switchLanguage={() => setLanguage(language === "en" ? "zh" : "en")} />
      <main id="main" tabIndex={-1}>
        <Guard at={place.path}>
          <View view={view} />
        </Guard>
      </main>
    </WordsOfPage.Provider>
  );
}

function View({ view }: { view: string }) {
  const place = usePlace();
  const words = wordsOf(chosen());
  const id = decodeURIComponent(place.path.split("/").slice(2).join("/"));
  switch (view) {
    case "":
    case "answer":
      return <AskView answer={view ? id : ""} query={place.query} />;
    case "chain":
      return <ChainView id={id} />;
    case "cypher":
      return <ConsoleView query={place.query} />;
    case "entity":
      return <EntityView id={id} />;
    case "load":
      return <LoadView query={place.query} />;
    case "document":
      return <DocumentView id={id} query={place.query} />;
    default:
      return (
        <div class="column">
          <p>{words.unknownPage}</p>
          <a href="/">{words.toStart}</a>
        </div>
      );
  }
}
