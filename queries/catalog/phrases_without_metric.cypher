// title: 本体没有收录的指标说法 | Phrases that the ontology has no metric for
// description: 原文的说法和次数；常见的可以加进自己的 .ttl。
// description: As written, and how often; frequent ones are candidates for a .ttl of one's own.
MATCH (observation:Observation)
WHERE NOT EXISTS { MATCH (observation)-[:MEASURES]->(:Metric) }
RETURN observation.metric AS metric, count(observation.id) AS n, min(observation.unit) AS unit
ORDER BY n DESC, metric
