// title: 引用了哪些来源 | The sources that passages cite
// description: 文中编号的来源、等级和被引用的次数。
// description: Numbered sources, their grades, and how often they are cited.
MATCH (source:Source)
OPTIONAL MATCH (passage:Passage)-[:FROM_SOURCE]->(source)
RETURN source.id AS id, source.title AS title, source.grade AS grade, source.url AS url, count(passage.id) AS passages
ORDER BY passages DESC, title, id
