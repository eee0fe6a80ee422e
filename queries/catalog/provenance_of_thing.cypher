// title: 一个对象在哪里被提到 | Where a thing is mentioned
// description: 支持这个对象的每一处原文和章节；表格只有单元格的位置。
// description: Every passage that supports the thing, with its section; of tables only the cells.
// parameter: id string = enterprise:三一重工 | 对象的 id | id of the thing
MATCH (thing:Region|Park|Enterprise|Chain|Cluster|Industry|Product|Project|Platform|Institution|Policy|Task|Phase|Honour|Criterion|Standard|Person)
WHERE thing.id = $id
UNWIND thing.passages AS reference
OPTIONAL MATCH (passage:Passage {id: reference})
OPTIONAL MATCH (passage)-[:IN_SECTION]->(section:Section)
RETURN DISTINCT reference, passage.document AS document, section.title AS section_title, passage.text AS text
ORDER BY reference, section_title
