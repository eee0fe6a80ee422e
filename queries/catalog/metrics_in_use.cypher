// title: 有哪些指标，各有多少数据 | Metrics and how many figures they have
// description: 每个指标的观测值数和对象数。
// description: Figures and subjects of every metric.
MATCH (observation:Observation)-[:MEASURES]->(metric:Metric)
MATCH (observation)-[:ABOUT]->(subject)
RETURN metric.id AS id, metric.name AS name, count(DISTINCT observation.id) AS figures, count(DISTINCT subject.id) AS subjects
ORDER BY figures DESC, name, id
