import { describe, expect, it } from "vitest";
import type { Answer } from "../src/api/types";
import { chartable } from "../src/ask/chartable";
import { pieces, proofOf, referenceOf } from "../src/ask/evidence";
import { withNewest } from "../src/ask/history";
import { sorted } from "../src/ask/sort";
import { completed, fitting, overlap } from "../src/ask/suggest";
import { supports } from "../src/ask/supports";

describe("what is suggested", () => {
  it("goes on from where the text ends", () => expect(overlap("株洲哪些硬质", "硬质合金产业链")).toBe(2));
  it("a name that stands there already is none", () => expect(overlap("株洲有哪些", "株洲市")).toBe(0));
  it("letters may be initials", () => expect(overlap("哪些zzs", "株洲市")).toBe(3));
  it("questions take the place of everything", () => {
    const found = [
      { text: "株洲市", kind: "entity" as const, id: "region:430200", class: "Region" },
      { text: "株洲市有哪些产业链？", kind: "question" as const, id: "", class: "" },
    ];
    expect(fitting("株洲有哪", found).map((f) => [f.text, f.matched])).toEqual([["株洲市有哪些产业链？", 4]]);
  });
});

it("a name is completed at the caret", () => {
  const chosen = { id: "x", text: "硬质合金", kind: "entity" as const, class: "Chain", matched: 2 };
  expect(completed("株洲硬质有哪些", 4, chosen)).toEqual(["株洲硬质合金有哪些", 6]);
});

describe("sorting", () => {
  const rows = [["乙", "9.5%"], ["甲", "10.2%"], ["丙", ""]];
  it("as they come", () => expect(sorted(rows, undefined)).toEqual([0, 1, 2]));
  it("numbers by value, empty ones last", () => {
    expect(sorted(rows, { column: 1, up: true })).toEqual([0, 1, 2]);
    expect(sorted(rows, { column: 1, up: false })).toEqual([1, 0, 2]);
  });
  it("with thousands", () => expect(sorted([["1,200家"], ["900家"]], { column: 0, up: true })).toEqual([1, 0]));
});

describe("which passages speak of a cell", () => {
  const answer = (...quotes: string[]): Answer =>
    ({ evidence: quotes.map((quote) => ({ quote, document: "d", section: "", start: 0, end: 0, cells: null, url: null, grade: null })) }) as unknown as Answer;
  it("those with its number as itself", () => {
    expect(supports(answer("合格率95.2%", "合格率195.2%", "合格率95.21%"), "95.2%")).toEqual([0]);
  });
  it("with thousands or without", () => expect(supports(answer("共1,200家", "1200, 家"), "1200家")).toEqual([0, 1]));
  it("of these the ones about the same thing", () => {
    expect(supports(answer("长沙市为95.2%", "株洲市为95.2%"), "95.2%", ["株洲市", "95.2%"])).toEqual([1]);
  });
  it("none where none does", () => expect(supports(answer("别的"), "95.2%")).toEqual([]));
});

describe("what a number rests on", () => {
  const evidence = (start: number, quote: string) => ({ quote, document: "d", section: "", start, end: start + 9, cells: null, url: null, grade: null });
  const answer = {
    rows: [["甲", "2024", "95.2%"], ["乙", "2024", "91%"]],
    row_passages: [["d#5-14", "d#40-49"], ["d#90-99"]],
    evidence: [evidence(5, "别的"), evidence(40, "甲为95.2%")],
    answers: ["95.2%", "91%"],
  } as unknown as Answer;
  it("is the row's own passages, the one with the number first", () => {
    const proof = proofOf(answer, "95.2%", 0);
    expect(proof?.list.map(referenceOf)).toEqual(["d#5-14", "d#40-49"]);
    expect(proof?.at).toBe(1);
  });
  it("also where the answer does not quote them", () => {
    expect(proofOf(answer, "91%", 1)?.list.map((e) => [e.start, e.quote])).toEqual([[90, ""]]);
  });
  it("in a sentence each number, and no year", () => {
    const cut = pieces(answer, "甲2024年95.2%，乙191%和91%。");
    expect(cut.map((p) => (typeof p === "string" ? p : `[${p.text}]`))).toEqual(["甲2024年", "[95.2%]", "，乙191%和", "[91%]", "。"]);
  });
});

it("history holds each question once, the newest first", () => {
  const entry = (question: string, at: number) => ({ id: String(at), question, status: "answered" as const, at });
  const list = withNewest([entry("甲", 1), entry("乙", 2)], entry("甲", 3));
  expect(list.map((e) => e.at)).toEqual([3, 2]);
});

describe("charts", () => {
  const answer = (columns: string[], rows: string[][]): Answer => ({ columns, rows, row_basis: rows.map(() => null) }) as unknown as Answer;
  it("of one unit, named by what differs", () => {
    const found = chartable(answer(["对象", "指标", "值"], [["甲", "合格率", "95%"], ["乙", "合格率", "1,096%"], ["丙", "合格率", "97%"]]));
    expect(found?.kind).toBe("bar");
    expect(found?.bars.map((b) => [b.name, b.value])).toEqual([["甲", 95], ["乙", 1096], ["丙", 97]]);
  });
  it("in time as a line, the oldest first", () => {
    const found = chartable(answer(["时间", "值"], [["2024", "95%"], ["2022", "96%"], ["2023", "97%"]]));
    expect(found?.kind).toBe("line");
    expect(found?.bars.map((b) => b.name)).toEqual(["2022", "2023", "2024"]);
  });
  it("not of two units, nor of too little", () => {
    expect(chartable(answer(["对象", "值"], [["甲", "95%"], ["乙", "96家"], ["丙", "97%"]]))).toBeUndefined();
    expect(chartable(answer(["对象", "值"], [["甲", "95%"]]))).toBeUndefined();
  });
});
