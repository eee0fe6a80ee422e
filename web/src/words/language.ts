import { keep, kept } from "../kept";

export type Language = "zh" | "en";

const NAME = "nqi.language";

export const chosen = (): Language => (kept(NAME) === "en" ? "en" : "zh");
export const choose = (language: Language): void => keep(NAME, language);
