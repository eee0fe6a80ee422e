// title: 同一指标同一时期的不同数值 | Figures that differ for one metric and period
// description: 对象、指标、时期、类型都相同而数值不同的每一对；范围或口径不同的不是矛盾，两列并排可见。
// description: Every pair of one subject, metric, period and kind with other values; where the scopes differ too it is no conflict.
// parameter: metric string = metric:pass_rate | 指标的 id | id of the metric
MATCH (one:Observation)-[:MEASURES]->(metric:Metric {id: $metric})
MATCH (one)-[:ABOUT]->(subject)
MATCH (subject)<-[:ABOUT]-(other:Observation)-[:MEASURES]->(same:Metric {id: $metric})
WHERE one.id < other.id AND one.period = other.period AND one.value_kind = other.value_kind
  AND one.base_unit = other.base_unit AND one.base_value <> other.base_value
RETURN subject.id AS subject, subject.name AS name, one.period AS period, one.value AS value,
  other.value AS other_value, one.unit AS unit, one.scope AS scope, other.scope AS other_scope,
  one.passages AS passages, other.passages AS other_passages, one.id AS id, other.id AS other_id
ORDER BY name, period, id, other_id
