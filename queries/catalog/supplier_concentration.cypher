// title: 供应商的集中度 | Concentration of suppliers
// description: 每家供应商有多少客户、多少种产品；客户最多的在前。
// description: How many buyers and products each supplier has; the one with most buyers first.
MATCH (supplier:Enterprise)-[supply:SUPPLIES {polarity: 'stated'}]->(buyer:Enterprise|Institution|Project)
RETURN supplier.id AS id, supplier.name AS name, count(DISTINCT buyer.id) AS buyers,
  count(DISTINCT supply.product) AS products
ORDER BY buyers DESC, name, id
