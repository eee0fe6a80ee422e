// title: 资料明确否定的关系 | What sources deny
// description: polarity 为 denied 的关系，如“尚未建成”。
// description: Relationships with the polarity denied, as in 尚未建成.
MATCH (source:Region|Park|Enterprise|Chain|Cluster|Industry|Product|Project|Platform|Institution|Policy|Task|Phase|Honour|Criterion|Standard|Person)-[link]->(target:Region|Park|Enterprise|Chain|Cluster|Industry|Product|Project|Platform|Institution|Policy|Task|Phase|Honour|Criterion|Standard|Person)
WHERE link.polarity = 'denied'
RETURN source.id AS source_id, source.name AS source_name, target.id AS target_id, target.name AS target_name,
  link.passages AS passages, link.id AS id
ORDER BY source_name, target_name, id
