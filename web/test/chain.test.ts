import { describe, expect, it } from "vitest";
import type { ChainPage, Link, Member } from "../src/api/graph";
import { boxes, MOST, READABLE } from "../src/chain/aggregate";
import { step, type Measured, scaleOf } from "../src/chain/colour";
import { choices, filtered, NO_FILTER } from "../src/chain/filter";
import { layout, ROW } from "../src/chain/layout";
import { boardOf } from "../src/chain/model";
import { picture } from "../src/chain/picture";

const ref = (name: string, cls = "Enterprise") => ({ id: `${cls}:${name}`, class: cls, name });
const member = (name: string, more: Partial<Member> = {}): Member => ({
  ...ref(name), roles: [], years: [], leads: false, polarity: "stated", places: [], passages: [], evidence: [], ...more,
});
let number = 0;
const link = (from: string, to: string, product = "", more: Partial<Link> = {}): Link => ({
  id: String(number++), type: "SUPPLIES", label: { zh: "供应", en: "supplies" }, source: ref(from), target: ref(to),
  polarity: "stated", qualifiers: product ? { product } : {}, passages: [], evidence: [], ...more,
});
const chain = (stages: Record<string, Member[]>, links: Link[] = []): ChainPage => ({
  id: "chain:x", class: "Chain", label: { zh: "", en: "" }, name: "某链", aliases: [], places: [],
  stages: Object.entries(stages).map(([stage, members]) => ({ stage, label: { zh: stage, en: stage }, members })),
  lead_firms: [], suppliers: links.filter((l) => l.type === "SUPPLIES").map((l) => l.source), links, relations: [], gaps: [], observations: [], truncated: false,
});

describe("the board", () => {
  it("puts suppliers that are no members outside, products nowhere", () => {
    const made = { ...link("甲", "齿轮"), type: "PRODUCES", target: ref("齿轮", "Product") };
    const board = boardOf(chain({ midstream: [member("甲")] }, [link("乙", "甲"), made]));
    expect(board.firms.map((f) => f.key)).toEqual(["midstream/Enterprise:甲", "suppliers/Enterprise:乙"]);
    expect(board.others.map((l) => l.type)).toEqual(["PRODUCES"]);
  });
  it("marks the only source of a product for a customer", () => {
    const links = [link("甲", "丙", "轴"), link("乙", "丙", "轴"), link("甲", "丙", "齿轮")];
    const board = boardOf(chain({ upstream: [member("甲"), member("乙")], midstream: [member("丙")] }, links));
    expect([...board.single]).toEqual([links[2]!.id]);
  });
  it("a denied link is no source", () => {
    const links = [link("甲", "丙", "轴", { polarity: "denied" })];
    expect(boardOf(chain({ upstream: [member("甲")], midstream: [member("丙")] }, links)).single.size).toBe(0);
  });
});

it("filters keep outsiders only while something leads to them", () => {
  const links = [link("乙", "甲", "", { qualifiers: { year: "2023" } })];
  const board = boardOf(chain({ midstream: [member("甲", { places: [ref("长沙", "Region")] })] }, links));
  expect(filtered(board, NO_FILTER).firms).toHaveLength(2);
  expect(filtered(board, { ...NO_FILTER, year: "2024" }).firms.map((f) => f.name)).toEqual(["甲"]);
  expect(filtered(board, { ...NO_FILTER, region: "Region:株洲" }).firms).toEqual([]);
});

it("a year keeps members that are said of it or of no year, and what its links join", () => {
  const links = [link("丁", "甲", "", { qualifiers: { year: "2022" } })];
  const members = [member("甲", { years: ["2023"] }), member("乙", { years: ["2022", "2024"] }), member("丙"), member("丁", { years: ["2024"] })];
  const board = boardOf(chain({ midstream: members }, links));
  expect(choices(board).years).toEqual(["2024", "2023", "2022"]);
  const names = (year: string) => filtered(board, { ...NO_FILTER, year }).firms.map((f) => f.name);
  expect([names("2022"), names("2023")]).toEqual([["甲", "乙", "丙", "丁"], ["甲", "丙"]]);
});

it("a wider region holds what lies in its parts", () => {
  const board = boardOf(chain({ midstream: [member("甲", { places: [ref("岳麓", "Region")] }), member("乙", { places: [ref("株洲", "Region")] })] }));
  const wider = new Map([["Region:岳麓", ref("长沙", "Region")], ["Region:长沙", ref("湖南", "Region")], ["Region:株洲", ref("湖南", "Region")]]);
  expect(choices(board, wider).regions.map((r) => r.name).sort()).toEqual(["岳麓", "长沙", "湖南", "株洲"].sort());
  const names = (region: string) => filtered(board, { ...NO_FILTER, region }, wider).firms.map((f) => f.name);
  expect([names("Region:长沙"), names("Region:湖南")]).toEqual([["甲"], ["甲", "乙"]]);
});

describe("many firms", () => {
  const firms = (n: number) =>
    boardOf(chain({ upstream: Array.from({ length: n }, (_, i) => member(`厂${i}`, { places: [ref(`市${i % 9}`, "Region")], leads: i === 0 })) })).firms;
  it("a readable number stands as it is", () => expect(boxes(firms(60), new Set(), "?")).toHaveLength(60));
  it("2 000 are put together, leaders alone", () => {
    const found = boxes(firms(2000), new Set(), "?");
    expect(found.length).toBeLessThanOrEqual(READABLE);
    expect(found.filter((b) => b.firms.length === 1).map((b) => b.title)).toEqual(["厂0"]);
    expect(found.reduce((sum, b) => sum + b.firms.length, 0)).toBe(2000);
  });
  it("an opened group shows its firms, as far as there is room", () => {
    const all = firms(2000);
    const key = boxes(all, new Set(), "?").find((b) => b.firms.length > 1)!.key;
    const found = boxes(all, new Set([key]), "?");
    expect(found.length).toBeGreaterThan(200);
    expect(found.length).toBeLessThanOrEqual(MOST);
  });
});

describe("the layout", () => {
  const links = [link("甲", "丁"), link("乙", "丙")];
  const board = boardOf(chain({ upstream: [member("甲"), member("乙")], midstream: [member("丙"), member("丁")] }, links));
  const made = layout(boxes(board.firms, new Set(), "?"), board.links, 1000, ["upstream", "midstream", "downstream"]);
  it("goes from upstream to downstream, empty stages too", () => {
    expect(made.columns.map((c) => c.column)).toEqual(["upstream", "midstream", "downstream"]);
  });
  it("puts linked firms at one height", () => {
    for (const edge of made.edges) expect(edge.from.y).toBe(edge.to.y);
  });
  it("no two boxes of a column overlap", () => {
    for (const { boxes: placed } of made.columns) placed.forEach((b, n) => expect(b.y - placed[0]!.y).toBe(n * ROW));
  });
  it("is drawn with names that are escaped", () => {
    const svg = picture(made, { title: "a<b&c", columns: {}, detail: String, role: String, single: new Set<string>() });
    expect(svg).toContain("a&lt;b&amp;c");
    expect(svg).toContain("甲");
  });
});

it("colours follow the latest figure", () => {
  const figure = (subject: string, period: string, value: number): Measured => ({ subject, metric: "m", name: "", period, value, shown: `${value}%`, unit: "%", passages: [] });
  const scale = scaleOf([figure("a", "2023", 1), figure("a", "2024", 90), figure("b", "2024", 50)], "m")!;
  expect([scale.low, scale.high]).toEqual([50, 90]);
  expect([step(scale, 50), step(scale, 90)]).toEqual([0, 4]);
});
