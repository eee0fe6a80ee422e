// title: 一个数据的出处 | Where a figure stands
// description: 某对象某指标的每个值，和写着它的原文。
// description: Every figure of a subject and metric with the passages that state it.
// parameter: subject string = region:430000 | 对象的 id | id of the subject
// parameter: metric string = metric:pass_rate | 指标的 id | id of the metric
MATCH (subject:Region|Park|Enterprise|Chain|Cluster|Industry|Product|Project|Platform|Institution|Policy|Task|Phase|Honour|Criterion|Standard|Person)<-[:ABOUT]-(observation:Observation)-[:MEASURES]->(metric:Metric {id: $metric})
WHERE subject.id = $subject
UNWIND observation.passages AS reference
OPTIONAL MATCH (passage:Passage {id: reference})
RETURN observation.period AS period, observation.value AS value, observation.unit AS unit, reference,
  passage.document AS document, passage.text AS text, observation.id AS id
ORDER BY period, id, reference
