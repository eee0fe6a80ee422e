// title: 一条产业链上的企业和角色 | The firms on a chain and their roles
// description: 角色按资料原文；一家企业可以有几个角色。
// description: Roles as the sources put them; a firm may have several.
// parameter: chain string = chain:工程机械 | 产业链的 id | id of the chain
MATCH (enterprise:Enterprise)-[membership:MEMBER_OF {polarity: 'stated'}]->(chain:Chain {id: $chain})
OPTIONAL MATCH (enterprise)-[:LOCATED_IN {polarity: 'stated'}]->(site:Region|Park)
RETURN enterprise.id AS id, enterprise.name AS name, membership.role AS role, site.name AS place,
  membership.passages AS passages
ORDER BY role, name, place, id
