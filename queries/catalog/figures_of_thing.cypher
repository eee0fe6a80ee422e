// title: 一个对象的全部数据 | All figures of a thing
// description: 指标、时期、值和出处。
// description: Metric, period, value and passages.
// parameter: id string = enterprise:三一重工 | 对象的 id | id of the thing
MATCH (subject:Region|Park|Enterprise|Chain|Cluster|Industry|Product|Project|Platform|Institution|Policy|Task|Phase|Honour|Criterion|Standard|Person)<-[:ABOUT]-(observation:Observation)
WHERE subject.id = $id
RETURN observation.metric AS metric, observation.period AS period, observation.value_kind AS value_kind,
  observation.value AS value, observation.text AS text, observation.unit AS unit, observation.bound AS bound,
  observation.scope AS scope, observation.passages AS passages, observation.id AS id
ORDER BY metric, period, value_kind, id
