// title: 龙头和链主企业 | Lead firms
// description: 每条产业链或集群的龙头、链主，及其所在地。
// description: The lead firms of every chain and cluster, and where they are.
MATCH (enterprise:Enterprise)-[lead:LEADS {polarity: 'stated'}]->(chain:Chain|Cluster)
OPTIONAL MATCH (enterprise)-[:LOCATED_IN {polarity: 'stated'}]->(site:Region|Park)
RETURN chain.id AS chain_id, chain.name AS chain_name, enterprise.id AS id, enterprise.name AS name, lead.role AS role,
  site.name AS place, lead.passages AS passages
ORDER BY chain_name, name, role, place, chain_id, id
