// title: 一个地区的平台 | Platforms of a region
// description: 设在该地区（含下级地区和园区）的平台，以及它服务什么。
// description: Platforms that stand in the region, its parts or parks, and what they serve.
// parameter: region string = region:430000 | 地区的 id | id of the region
MATCH (platform:Platform)-[:LOCATED_IN {polarity: 'stated'}]->(:Region|Park)-[:PART_OF*0..6 {polarity: 'stated'}]->(:Region {id: $region})
OPTIONAL MATCH (platform)-[:SERVES {polarity: 'stated'}]->(served:Chain|Cluster|Enterprise|Park|Region)
RETURN DISTINCT platform.id AS id, platform.name AS name, platform.subtype AS subtype, served.id AS served_id,
  served.name AS served_name
ORDER BY name, served_name, id, served_id
