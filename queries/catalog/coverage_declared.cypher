// title: 声明过完整收录的范围 | What was declared to be listed completely
// description: 只有在这些范围内，没有记录才等于没有。
// description: Only there does nothing recorded mean that there is none.
MATCH (coverage:Coverage)
RETURN coverage.covers AS covers, coverage.region AS region, coverage.period AS period, coverage.source AS source,
  coverage.author AS author, coverage.id AS id
ORDER BY covers, region, period, id
