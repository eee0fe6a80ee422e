// title: 一家企业的供应商和客户 | Suppliers and customers of a firm
// description: direction 为 in 表示供应给它，out 表示它供应出去。
// description: direction in: supplies it; out: is supplied by it.
// parameter: firm string = enterprise:三一重工 | 企业的 id | id of the firm
MATCH (firm:Enterprise {id: $firm})<-[supply:SUPPLIES {polarity: 'stated'}]-(other:Enterprise)
RETURN 'in' AS direction, other.id AS id, other.name AS name, supply.product AS product, supply.chain AS chain,
  supply.year AS year, supply.passages AS passages
ORDER BY name, product, id
UNION ALL
MATCH (firm:Enterprise {id: $firm})-[supply:SUPPLIES {polarity: 'stated'}]->(other:Enterprise|Institution|Project)
RETURN 'out' AS direction, other.id AS id, other.name AS name, supply.product AS product, supply.chain AS chain,
  supply.year AS year, supply.passages AS passages
ORDER BY name, product, id
