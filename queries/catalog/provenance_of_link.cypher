// title: 两个对象之间的关系和出处 | Links between two things, and where they stand
// description: 两者之间的每条关系（含明确否定的）及写着它的原文。
// description: Every relationship between the two, denied ones too, with the passages that state it.
// parameter: one string = enterprise:三一重工 | 一个对象的 id | id of one thing
// parameter: other string = chain:工程机械 | 另一个对象的 id | id of the other
MATCH (one:Region|Park|Enterprise|Chain|Cluster|Industry|Product|Project|Platform|Institution|Policy|Task|Phase|Honour|Criterion|Standard|Person)-[link]-(other:Region|Park|Enterprise|Chain|Cluster|Industry|Product|Project|Platform|Institution|Policy|Task|Phase|Honour|Criterion|Standard|Person)
WHERE one.id = $one AND other.id = $other
UNWIND link.passages AS reference
OPTIONAL MATCH (passage:Passage {id: reference})
RETURN DISTINCT link.id AS id, link.polarity AS polarity, reference, passage.text AS text
ORDER BY id, reference
