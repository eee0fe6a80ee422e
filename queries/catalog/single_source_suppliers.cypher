// title: 只有一家供应商的产品 | Products that come from one supplier only
// description: 每个客户、每种产品只记录了一家供应商的供应关系；资料没有写产品的，product 为空。
// description: For each buyer and product that only one supplier is recorded for; product is empty where the source names none.
MATCH (buyer:Enterprise|Institution|Project)<-[supply:SUPPLIES {polarity: 'stated'}]-(supplier:Enterprise)
WITH buyer, supply.product AS product, count(DISTINCT supplier.id) AS suppliers, min(supplier.id) AS sole
WHERE suppliers = 1
MATCH (supplier:Enterprise {id: sole})
RETURN buyer.id AS id, buyer.name AS name, product, supplier.id AS supplier_id, supplier.name AS supplier_name
ORDER BY name, supplier_name, product, id
