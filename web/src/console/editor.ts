import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap, type Completion, type CompletionContext, type CompletionResult } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorState, Prec } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers, placeholder } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { cypher, FUNCTIONS, KEYWORDS } from "./cypher";

/** What can stand in a statement, for completing: each with what it means. */
export interface Schema {
  labels: Completion[];
  types: Completion[];
  properties: Completion[];
}

/** Properties that every thing, relationship or observation may have; the ontology has the others. */
export const PROPERTIES =
  "id class name subtype aliases code polarity metric period start end value low high text unit base_value base_unit bound value_kind scope passages sources stated_as document section order title".split(" ");

const option = (type: string) => (label: string): Completion => ({ label, type });

function completer(schema: () => Schema) {
  return (context: CompletionContext): CompletionResult | null => {
    const word = context.matchBefore(/[\p{L}\w]*/u);
    if (!word) return null;
    const before = context.state.sliceDoc(Math.max(0, word.from - 60), word.from);
    const options = /\[[^\]()]*[:|]$/.test(before)
      ? schema().types
      : /[:|]$/.test(before)
        ? schema().labels
        : /\.$/.test(before)
          ? schema().properties
          : word.from === word.to && !context.explicit
            ? []
            : [...KEYWORDS.map(option("keyword")), ...FUNCTIONS.map(option("function"))];
    return options.length ? { from: word.from, options, validFor: /^[\p{L}\w]*$/u } : null;
  };
}

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: "#1d4f7c", fontWeight: "600" },
  { tag: tags.string, color: "#7a4a00" },
  { tag: tags.number, color: "#7a4a00" },
  { tag: tags.comment, color: "#5f6b7a", fontStyle: "italic" },
  { tag: tags.typeName, color: "#1f6b45" },
  { tag: tags.propertyName, color: "#5b3b8c" },
  { tag: tags.atom, color: "#9a2b22" },
  { tag: [tags.function(tags.variableName), tags.standard(tags.variableName)], color: "#1d4f7c" },
]);

const looks = EditorView.theme({
  "&": { height: "100%", fontSize: "13px", backgroundColor: "#fff", color: "#1c2530" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: '"Cascadia Mono", Consolas, Menlo, "Noto Sans Mono", "Noto Sans Mono CJK SC", monospace', lineHeight: "1.6" },
  ".cm-gutters": { backgroundColor: "#f5f6f8", color: "#626e7d", border: "none" },
  ".cm-activeLine": { backgroundColor: "#f5f6f880" },
  ".cm-placeholder": { color: "#626e7d" },
  ".cm-tooltip": { border: "1px solid #c3cad3", borderRadius: "6px", backgroundColor: "#fff" },
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "#e6eef6", color: "#1c2530" },
});

export interface Editor {
  text: () => string;
  set: (text: string) => void;
  focus: () => void;
  destroy: () => void;
}

/** An editor inside ``host``. It lives in a shadow root: there its styles are sheets that the
 * content security policy lets through, where it would refuse the elements that it makes elsewhere. */
export function editorIn(host: HTMLElement, label: string, hint: string, text: string, run: () => void, schema: () => Schema): Editor {
  const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
  root.replaceChildren();
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: text,
      extensions: [
        Prec.highest(keymap.of([{ key: "Mod-Enter", run: () => (run(), true) }])),
        lineNumbers(),
        history(),
        drawSelection(),
        bracketMatching(),
        closeBrackets(),
        highlightActiveLine(),
        placeholder(hint),
        cypher,
        syntaxHighlighting(colours),
        autocompletion({ override: [completer(schema)] }),
        keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, ...completionKeymap]),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ "aria-label": label }),
        looks,
      ],
    }),
  });
  return {
    text: () => view.state.doc.toString(),
    set: (next) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: next } }),
    focus: () => view.focus(),
    destroy: () => view.destroy(),
  };
}
