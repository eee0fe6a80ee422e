// title: 产业链上有多少企业 | Chains by the number of their firms
// description: 成员和龙头企业的数目。
// description: How many members and lead firms.
MATCH (chain:Chain)
OPTIONAL MATCH (member:Enterprise)-[:MEMBER_OF {polarity: 'stated'}]->(chain)
OPTIONAL MATCH (leader:Enterprise)-[:LEADS {polarity: 'stated'}]->(chain)
RETURN chain.id AS id, chain.name AS name, count(DISTINCT member.id) AS members, count(DISTINCT leader.id) AS leaders
ORDER BY members DESC, leaders DESC, name, id
