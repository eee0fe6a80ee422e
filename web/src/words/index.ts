import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { en } from "./en";
import type { Language } from "./language";
import { zh, type Words } from "./zh";

export { choose, chosen } from "./language";
export type { Language, Words };

export const wordsOf = (language: Language): Words => (language === "en" ? en : zh);

export const WordsOfPage = createContext<Words>(zh);
/** A label that the service gives in both languages. */
export interface Label {
  zh: string;
  en: string;
}

export const labelOf = (label: Label, w: Words): string => (w === en ? label.en : label.zh) || label.zh;

export const useWords = (): Words => useContext(WordsOfPage);
