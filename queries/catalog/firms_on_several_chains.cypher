// title: 在多条产业链上的企业 | Firms on several chains
// description: 同时属于至少这么多条产业链或集群的企业。
// description: Firms that belong to at least so many chains or clusters.
// parameter: at_least integer = 2 | 至少几条 | at least how many
MATCH (enterprise:Enterprise)-[:MEMBER_OF {polarity: 'stated'}]->(chain:Chain|Cluster)
WITH enterprise, count(DISTINCT chain.id) AS n
WHERE n >= $at_least
RETURN enterprise.id AS id, enterprise.name AS name, n
ORDER BY n DESC, name, id
