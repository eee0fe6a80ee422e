import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { keep, kept } from "../kept";
import { en } from "./en";
import { zh, type Words } from "./zh";

export type Language = "zh" | "en";
export type { Words };

const NAME = "nqi.language";

export const chosen = (): Language => (kept(NAME) === "en" ? "en" : "zh");
export const choose = (language: Language): void => keep(NAME, language);
export const wordsOf = (language: Language): Words => (language === "en" ? en : zh);

export const WordsOfPage = createContext<Words>(zh);
/** A label that the service gives in both languages. */
export interface Label {
  zh: string;
  en: string;
}

export const labelOf = (label: Label, w: Words): string => (w === en ? label.en : label.zh) || label.zh;

export const useWords = (): Words => useContext(WordsOfPage);
