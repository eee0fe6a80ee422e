// title: 产业链上没有某类平台的龙头企业 | Lead firms whose chain lacks a kind of platform
// description: 链上没有、也没有平台直接服务该企业，如没有检测机构。
// description: Neither the chain has one nor does one serve the firm itself; for instance no testing body.
// parameter: subtype string = testing_body | 平台的类型 | subtype of the platform
MATCH (enterprise:Enterprise)-[lead:LEADS {polarity: 'stated'}]->(chain:Chain|Cluster)
WHERE NOT EXISTS { MATCH (chain)-[:HAS_PLATFORM {polarity: 'stated'}]->(own:Platform) WHERE own.subtype = $subtype }
  AND NOT EXISTS { MATCH (chain)<-[:SERVES {polarity: 'stated'}]-(serving:Platform) WHERE serving.subtype = $subtype }
  AND NOT EXISTS { MATCH (enterprise)<-[:SERVES {polarity: 'stated'}]-(direct:Platform) WHERE direct.subtype = $subtype }
RETURN enterprise.id AS id, enterprise.name AS name, lead.role AS role, chain.id AS chain_id, chain.name AS chain_name
ORDER BY chain_name, name, role, id, chain_id
