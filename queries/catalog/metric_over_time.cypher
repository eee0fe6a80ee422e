// title: 一个指标历年的值 | A metric over the years
// description: 实际值、目标值都列出；同一时期的不同来源并列。
// description: Actual figures and targets; several sources of one period side by side.
// parameter: subject string = region:430000 | 对象的 id | id of the subject
// parameter: metric string = metric:pass_rate | 指标的 id | id of the metric
MATCH (subject)<-[:ABOUT]-(observation:Observation)-[:MEASURES]->(metric:Metric {id: $metric})
WHERE subject.id = $subject
RETURN observation.id AS id, observation.metric AS metric, observation.period AS period, observation.value AS value,
  observation.low AS low, observation.high AS high, observation.text AS text, observation.unit AS unit,
  observation.bound AS bound, observation.value_kind AS value_kind, observation.scope AS scope,
  observation.passages AS passages
ORDER BY observation.start, value_kind, id
