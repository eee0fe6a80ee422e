// title: 政策文件、发文机关和依据 | Policies, issuers and what they follow
// description: 一个文件有几个发文机关或依据时各占一行。
// description: A row for each issuer and each policy that it follows.
MATCH (policy:Policy)
OPTIONAL MATCH (policy)-[:ISSUED_BY {polarity: 'stated'}]->(issuer:Institution)
OPTIONAL MATCH (policy)-[:FOLLOWS {polarity: 'stated'}]->(basis:Policy)
RETURN policy.id AS id, policy.name AS name, policy.number AS number, issuer.name AS issuer_name, basis.name AS basis_name
ORDER BY name, issuer_name, basis_name, id
