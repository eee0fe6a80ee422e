// title: 目标与实际 | Targets against actual figures
// description: 每个目标旁边是同一对象、同一单位、同一范围的实际值；difference 是实际减目标（按基本单位）。
// description: Beside every target the actual figures of the same subject, unit and scope; difference is actual less target, in base units.
// parameter: metric string = metric:pass_rate | 指标的 id | id of the metric
MATCH (subject)<-[:ABOUT]-(target:Observation)-[:MEASURES]->(metric:Metric {id: $metric})
WHERE target.value_kind = 'target'
MATCH (subject)<-[:ABOUT]-(actual:Observation)-[:MEASURES]->(same:Metric {id: $metric})
WHERE actual.value_kind = 'actual' AND coalesce(target.base_unit, '') = coalesce(actual.base_unit, '')
  AND coalesce(target.scope, '') = coalesce(actual.scope, '')
RETURN subject.id AS id, subject.name AS name, target.period AS target_period, target.bound AS bound,
  target.value AS target_value, actual.period AS period, actual.value AS value, actual.unit AS unit,
  actual.base_value - target.base_value AS difference, target.id AS target_id, actual.id AS actual_id
ORDER BY name, target_period, period, target_id, actual_id
