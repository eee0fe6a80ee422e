// title: 一种产品由谁供应给谁 | Who supplies a product to whom
// description: 按产品名中的字样查找。
// description: By a part of the product's name.
// parameter: product string = 齿轮 | 产品名中的字样 | part of the product's name
MATCH (supplier:Enterprise)-[supply:SUPPLIES {polarity: 'stated'}]->(buyer:Enterprise|Institution|Project)
WHERE supply.product CONTAINS $product
RETURN supply.product AS product, supplier.id AS supplier_id, supplier.name AS supplier_name, buyer.id AS buyer_id,
  buyer.name AS buyer_name, supply.year AS year, supply.passages AS passages
ORDER BY product, supplier_name, buyer_name, supplier_id, buyer_id
