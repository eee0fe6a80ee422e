// title: 各地区有多少企业 | Firms by region
// description: 按某一级地区汇总，园区和下级地区的企业计入上级。
// description: By regions of one level; firms in parks and smaller regions count in the larger one.
// parameter: within string = region:430000 | 在哪个地区之内 | within which region
// parameter: level string = prefecture | 地区的级别 | level of the regions
MATCH (region:Region)-[:PART_OF*0..6 {polarity: 'stated'}]->(:Region {id: $within})
WHERE region.subtype = $level
OPTIONAL MATCH (enterprise:Enterprise)-[:LOCATED_IN {polarity: 'stated'}]->(:Region|Park)-[:PART_OF*0..6 {polarity: 'stated'}]->(region)
RETURN region.id AS id, region.name AS name, count(DISTINCT enterprise.id) AS n
ORDER BY n DESC, name, id
