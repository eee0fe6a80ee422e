// title: 按一个指标排名 | Ranking by a metric
// description: 某一时期的实际值，大的在前。
// description: Actual figures of one period, the largest first.
// parameter: metric string = metric:pass_rate | 指标的 id | id of the metric
// parameter: period string = 2024 | 时期 | period
MATCH (subject)<-[:ABOUT]-(observation:Observation)-[:MEASURES]->(metric:Metric {id: $metric})
WHERE observation.period = $period AND observation.value_kind = 'actual' AND observation.base_value IS NOT NULL
RETURN subject.id AS id, subject.name AS name, observation.value AS value, observation.unit AS unit,
  observation.bound AS bound, observation.scope AS scope, observation.base_value AS base_value,
  observation.passages AS passages, observation.id AS observation_id
ORDER BY base_value DESC, name, observation_id
