import { describe, expect, it } from "vitest";
import { idsIn, parametersIn, valueOf } from "../src/console/params";
import { csv, tsv } from "../src/export/csv";
import { xlsx } from "../src/export/xlsx";
import { crc32 } from "../src/export/zip";

describe("csv", () => {
  it("quotes what has to be", () => expect(csv([['a"b', "c,d", "e\nf"]])).toBe('\ufeff"a""b","c,d","e\nf"\r\n'));
  it("makes no formulas", () => {
    expect(csv([["=1+1", "-5.2%", "@x", "-x"]])).toBe("\ufeff'=1+1,-5.2%,'@x,'-x\r\n");
  });
  it("null is empty", () => expect(tsv([[null, 1, "a\tb"]])).toBe("\t1\ta b"));
});

it("the checksum is that of zip", () => expect(crc32(new TextEncoder().encode("123456789"))).toBe(0xcbf43926));
it("xlsx is a zip with numbers as numbers", () => {
  const file = new TextDecoder().decode(xlsx([["名", "值"], ["<甲>", 5]]));
  expect(file.startsWith("PK")).toBe(true);
  expect(file).toContain("<c><v>5</v></c>");
  expect(file).toContain("&lt;甲&gt;");
});

describe("parameters", () => {
  it("are those outside of strings and comments", () => {
    expect(parametersIn("MATCH (n {a: $a}) WHERE n.b = '$no' // $neither\nRETURN $名, $a")).toEqual(["a", "名"]);
  });
  it.each([
    ["5", "", 5],
    ["5", "string", "5"],
    ["甲", "", "甲"],
    ["a, b，c", "strings", ["a", "b", "c"]],
    ['["a"]', "", ["a"]],
  ])("%s as %s", (typed, type, value) => expect(valueOf(typed, type)).toEqual(value));
});

it("ids in a result", () => {
  const rows = [["enterprise:甲", 5, ["region:430100", "x:y"], { of: "chain:a/b" }], ["http://a.b", "说明: 无", "enterprise:甲"]];
  expect(idsIn(rows, ["Enterprise", "Region", "Chain"])).toEqual(["enterprise:甲", "region:430100", "chain:a/b"]);
});
