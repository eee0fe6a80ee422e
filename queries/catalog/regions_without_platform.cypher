// title: 没有某类平台的地区 | Regions that lack a kind of platform
// description: 某地之内、某一级的地区，其中（含下级地区和园区）没有记录这类平台的。
// description: Regions of one level in which, their parts and parks included, no such platform is recorded.
// parameter: within string = region:430000 | 在哪个地区之内 | within which region
// parameter: level string = prefecture | 地区的级别 | level of the regions
// parameter: subtype string = one_stop | 平台的类型 | subtype of the platform
MATCH (region:Region)-[:PART_OF*0..6 {polarity: 'stated'}]->(:Region {id: $within})
WHERE region.subtype = $level
  AND NOT EXISTS { MATCH (located:Platform)-[:LOCATED_IN {polarity: 'stated'}]->(:Region|Park)-[:PART_OF*0..6 {polarity: 'stated'}]->(region) WHERE located.subtype = $subtype }
  AND NOT EXISTS { MATCH (region)-[:HAS_PLATFORM {polarity: 'stated'}]->(own:Platform) WHERE own.subtype = $subtype }
RETURN DISTINCT region.id AS id, region.name AS name,
  EXISTS { MATCH (region)-[:HAS_PLATFORM {polarity: 'denied'}]->(said:Platform) WHERE said.subtype = $subtype } AS denied
ORDER BY name, id
