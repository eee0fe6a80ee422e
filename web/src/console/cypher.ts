import { StreamLanguage, type StreamParser } from "@codemirror/language";

export const KEYWORDS =
  "MATCH OPTIONAL WHERE RETURN WITH UNWIND AS ORDER BY ASC DESC SKIP LIMIT DISTINCT AND OR XOR NOT IN IS NULL TRUE FALSE EXISTS CONTAINS STARTS ENDS CASE WHEN THEN ELSE END UNION ALL".split(" ");
export const FUNCTIONS =
  "count collect sum avg min max coalesce size toLower toUpper toString toInteger toFloat abs round ceil floor head last nodes relationships length exists".split(" ");

const keywords = new Set(KEYWORDS);
const functions = new Set(FUNCTIONS.map((f) => f.toLowerCase()));

interface State {
  comment: boolean;
  after: string;
}

/** Enough of Cypher to colour it: what a word is follows from the sign before it. */
const parser: StreamParser<State> = {
  name: "cypher",
  startState: () => ({ comment: false, after: "" }),
  token(stream, state) {
    if (state.comment) {
      if (stream.skipTo("*/")) {
        stream.match("*/");
        state.comment = false;
      } else stream.skipToEnd();
      return "comment";
    }
    if (stream.eatSpace()) return null;
    if (stream.match("//")) {
      stream.skipToEnd();
      return "comment";
    }
    if (stream.match("/*")) {
      state.comment = true;
      return "comment";
    }
    const after = state.after;
    const sign = stream.peek() ?? "";
    if (sign === "'" || sign === '"' || sign === "`") {
      stream.next();
      for (let next = stream.next(); next && next !== sign; next = stream.next())
        if (next === "\\" && sign !== "`") stream.next();
      state.after = "";
      return sign === "`" ? "variableName" : "string";
    }
    if (stream.match(/^\$[\p{L}\w]+/u)) {
      state.after = "";
      return "atom";
    }
    if (stream.match(/^\d[\d_]*(?:\.\d+)?(?:[eE][-+]?\d+)?/)) {
      state.after = "";
      return "number";
    }
    const word = stream.match(/^[\p{L}_][\p{L}\w]*/u) as RegExpMatchArray | null;
    if (word) {
      state.after = "";
      if (after === ":" || after === "|") {
        state.after = ":";
        return "typeName";
      }
      if (after === ".") return "propertyName";
      if (keywords.has(word[0].toUpperCase())) return "keyword";
      if (stream.peek() === "(" && functions.has(word[0].toLowerCase())) return "variableName.standard";
      return "variableName";
    }
    stream.next();
    state.after = sign === "|" && after !== ":" ? "" : sign;
    return "operator";
  },
  languageData: { commentTokens: { line: "//" }, closeBrackets: { brackets: ["(", "[", "{", "'", '"'] } },
};

export const cypher = StreamLanguage.define(parser);
