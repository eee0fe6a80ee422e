// title: 没有任何链条或供应关系的企业 | Firms without chain or supply
// description: 图里有名字、但没有记录它在哪条产业链上、给谁供应、由谁供应的企业。
// description: Firms that are named but have no recorded chain, supplier or customer.
MATCH (enterprise:Enterprise)
WHERE NOT EXISTS { MATCH (enterprise)-[:MEMBER_OF|LEADS {polarity: 'stated'}]->(:Chain|Cluster) }
  AND NOT EXISTS { MATCH (enterprise)-[:SUPPLIES {polarity: 'stated'}]->(:Enterprise|Institution|Project) }
  AND NOT EXISTS { MATCH (enterprise)<-[:SUPPLIES {polarity: 'stated'}]-(:Enterprise) }
RETURN enterprise.id AS id, enterprise.name AS name, enterprise.passages AS passages
ORDER BY name, id
