import { describe, expect, it } from "vitest";
import { blocks, cellsOf, headingLevel, placeOf, unitAt } from "../src/reader/text";

describe("offsets", () => {
  it("count characters, of which some are two units", () => {
    const text = "𠮷𠮷年报";
    expect(unitAt(text, 2)).toBe(4);
    expect(text.slice(unitAt(text, 2), unitAt(text, 4))).toBe("年报");
  });
  it("stop at the end", () => expect(unitAt("ab", 9)).toBe(2));
});

describe("headings", () => {
  it.each([
    ["# 标题", 1],
    ["## 一、总体", 2],
    ["第三章 保障", 1],
    ["二、主要任务", 2],
    ["（一）加强计量", 3],
    ["二、主要任务有以下几项，其中包括许多内容。", 0],
    ["平常的一句话", 0],
  ])("%s", (line, level) => expect(headingLevel(line)).toBe(level));
});

it("blocks keep their place", () => {
  const text = "第一行\n\n第二行";
  expect(blocks(text).map((b) => text.slice(b.start, b.end))).toEqual(["第一行", "第二行"]);
});

it.each([
  ["Sheet1!A9:P9", { sheet: "Sheet1", left: 1, first: 9, right: 16, last: 9 }],
  ["表 一!AA3", { sheet: "表 一", left: 27, first: 3, right: 27, last: 3 }],
])("cells %s", (reference, cells) => expect(cellsOf(reference)).toEqual(cells));
it("what is no cells", () => expect(cellsOf("第2节")).toBeUndefined());

it.each([
  ["a/b.md#12-34", "a/b.md", 12, 34, null],
  ["a#b.csv#Sheet1!A2:C2", "a#b.csv", null, null, "Sheet1!A2:C2"],
])("reference %s", (reference, document, start, end, cells) => {
  expect(placeOf(reference)).toEqual({ document, start, end, cells });
});
