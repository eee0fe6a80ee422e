// title: 一个对象的邻居 | The neighbourhood of a thing
// description: 与它直接有关系的所有对象，以及有几处原文。
// description: Everything that is directly linked to it, and by how many passages.
// parameter: id string = enterprise:三一重工 | 对象的 id | id of the thing
MATCH (thing:Region|Park|Enterprise|Chain|Cluster|Industry|Product|Project|Platform|Institution|Policy|Task|Phase|Honour|Criterion|Standard|Person)-[link]-(other:Region|Park|Enterprise|Chain|Cluster|Industry|Product|Project|Platform|Institution|Policy|Task|Phase|Honour|Criterion|Standard|Person)
WHERE thing.id = $id AND other.id <> $id
RETURN other.class AS class, other.id AS id, other.name AS name, link.polarity AS polarity, size(link.passages) AS passages,
  link.id AS link_id
ORDER BY class, name, id, link_id
