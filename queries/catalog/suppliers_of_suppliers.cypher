// title: 供应商的供应商 | Suppliers of suppliers
// description: 一家企业往上两级的供应关系。
// description: Two tiers up from a firm.
// parameter: firm string = enterprise:三一重工 | 企业的 id | id of the firm
MATCH (firm:Enterprise {id: $firm})<-[first:SUPPLIES {polarity: 'stated'}]-(supplier:Enterprise)
MATCH (supplier)<-[second:SUPPLIES {polarity: 'stated'}]-(before:Enterprise)
WHERE before.id <> $firm
RETURN supplier.id AS supplier_id, supplier.name AS supplier_name, first.product AS product, before.id AS id,
  before.name AS name, second.product AS its_product
ORDER BY supplier_name, name, product, its_product, supplier_id, id
