// title: 各年有多少数据 | Figures by year
// description: 按时期开始的年份和值的类型计数。
// description: Counted by the year in which the period begins, and by kind.
MATCH (observation:Observation)
WHERE observation.start IS NOT NULL
RETURN left(observation.start, 4) AS year, observation.value_kind AS value_kind, count(observation.id) AS n
ORDER BY year, value_kind
