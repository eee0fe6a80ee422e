// title: 某地缺少某类平台的产业链 | Chains of a place that lack a kind of platform
// description: 一条产业链“有”平台，指它自己有（HAS_PLATFORM）或有平台服务它（SERVES）；denied 一列说明资料是否明确写着没有。
// description: A chain has a platform if it has one itself or if one serves it; denied tells whether a source says that there is none.
// parameter: region string = region:430000 | 地区的 id | id of the region
// parameter: subtype string = one_stop | 平台的类型 | subtype of the platform
MATCH (chain:Chain)
WHERE (EXISTS { MATCH (chain)-[:LOCATED_IN {polarity: 'stated'}]->(:Region|Park)-[:PART_OF*0..6 {polarity: 'stated'}]->(:Region {id: $region}) }
    OR EXISTS { MATCH (chain)<-[:MEMBER_OF {polarity: 'stated'}]-(:Enterprise)-[:LOCATED_IN {polarity: 'stated'}]->(:Region|Park)-[:PART_OF*0..6 {polarity: 'stated'}]->(:Region {id: $region}) })
  AND NOT EXISTS { MATCH (chain)-[:HAS_PLATFORM {polarity: 'stated'}]->(own:Platform) WHERE own.subtype = $subtype }
  AND NOT EXISTS { MATCH (chain)<-[:SERVES {polarity: 'stated'}]-(serving:Platform) WHERE serving.subtype = $subtype }
RETURN chain.id AS id, chain.name AS name,
  EXISTS { MATCH (chain)-[:HAS_PLATFORM {polarity: 'denied'}]->(said:Platform) WHERE said.subtype = $subtype } AS denied
ORDER BY name, id
