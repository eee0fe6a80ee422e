// title: 读入了哪些文档 | The documents
// description: 文号、发文机关、日期和原文段数。
// description: Number, issuer, date and how many passages.
MATCH (document:Document)
WHERE document.digest IS NOT NULL
OPTIONAL MATCH (passage:Passage)
WHERE passage.document = replace(document.id, 'document:', '')
RETURN document.id AS id, document.name AS name, document.number AS number, document.issuer AS issuer,
  document.dated AS dated, count(passage.id) AS passages
ORDER BY name, id
