// title: 各地区有多少产业链 | Chains by region
// description: 按某一级地区汇总位于其中的产业链。
// description: The chains located in the regions of one level.
// parameter: within string = region:430000 | 在哪个地区之内 | within which region
// parameter: level string = prefecture | 地区的级别 | level of the regions
MATCH (region:Region)-[:PART_OF*0..6 {polarity: 'stated'}]->(:Region {id: $within})
WHERE region.subtype = $level
OPTIONAL MATCH (chain:Chain)-[:LOCATED_IN {polarity: 'stated'}]->(:Region|Park)-[:PART_OF*0..6 {polarity: 'stated'}]->(region)
RETURN region.id AS id, region.name AS name, count(DISTINCT chain.id) AS n
ORDER BY n DESC, name, id
