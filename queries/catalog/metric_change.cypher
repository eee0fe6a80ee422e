// title: 一个指标两个时期之间的变化 | Change of a metric between two periods
// description: 对象、单位、范围都相同的实际值之差（按基本单位）。
// description: Difference of actual figures of one subject, unit and scope, in base units.
// parameter: metric string = metric:pass_rate | 指标的 id | id of the metric
// parameter: before string = 2023 | 前一时期 | earlier period
// parameter: after string = 2024 | 后一时期 | later period
MATCH (subject)<-[:ABOUT]-(earlier:Observation)-[:MEASURES]->(metric:Metric {id: $metric})
WHERE earlier.period = $before AND earlier.value_kind = 'actual'
MATCH (subject)<-[:ABOUT]-(later:Observation)-[:MEASURES]->(same:Metric {id: $metric})
WHERE later.period = $after AND later.value_kind = 'actual'
  AND coalesce(earlier.base_unit, '') = coalesce(later.base_unit, '')
  AND coalesce(earlier.scope, '') = coalesce(later.scope, '')
RETURN subject.id AS id, subject.name AS name, earlier.value AS earlier_value, later.value AS later_value,
  later.unit AS unit, later.base_value - earlier.base_value AS difference, later.base_unit AS base_unit,
  earlier.id AS earlier_id, later.id AS later_id
ORDER BY difference DESC, name, earlier_id, later_id
