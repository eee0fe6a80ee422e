// title: 两个对象之间隔着什么 | What lies between two things
// description: 与两者都直接有关系的对象。
// description: What is directly linked to both.
// parameter: one string = enterprise:三一重工 | 一个对象的 id | id of one thing
// parameter: other string = region:430000 | 另一个对象的 id | id of the other
MATCH (one:Region|Park|Enterprise|Chain|Cluster|Industry|Product|Project|Platform|Institution|Policy|Task|Phase|Honour|Criterion|Standard|Person)-[first]-(middle:Region|Park|Enterprise|Chain|Cluster|Industry|Product|Project|Platform|Institution|Policy|Task|Phase|Honour|Criterion|Standard|Person)
WHERE one.id = $one AND first.polarity = 'stated' AND middle.id <> $other AND middle.id <> $one
WITH *
MATCH (middle)-[second]-(other:Region|Park|Enterprise|Chain|Cluster|Industry|Product|Project|Platform|Institution|Policy|Task|Phase|Honour|Criterion|Standard|Person)
WHERE other.id = $other AND second.polarity = 'stated'
RETURN DISTINCT middle.class AS class, middle.id AS id, middle.name AS name
ORDER BY class, name, id
