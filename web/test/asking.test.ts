import { describe, expect, it } from "vitest";
import type { Answer } from "../src/api/types";
import { chartable } from "../src/ask/chartable";
import { withNewest } from "../src/ask/history";
import { sorted } from "../src/ask/sort";
import { beginnings, completed } from "../src/ask/suggest";
import { supports } from "../src/ask/supports";

describe("beginnings of names", () => {
  it("are the ends of what was typed, longest first", () => {
    expect(beginnings("株洲哪些硬质")).toEqual(["株洲哪些硬质", "洲哪些硬质", "哪些硬质", "些硬质", "硬质"]);
  });
  it("stop at signs", () => expect(beginnings("是吗？硬质")).toEqual(["硬质"]));
  it("one character is too little", () => expect(beginnings("硬")).toEqual([]));
});

it("a name is completed at the caret", () => {
  const chosen = { id: "x", name: "硬质合金", class: "Chain", matched: 2 };
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
